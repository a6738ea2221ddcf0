package org.supercargo.proof.planner;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.proof.owner.Taken;
import org.supercargo.proof.reading.Outflow;
import org.supercargo.testkit.FakeChain;

/// Stands beside the signer, notes when what was signed, and later tells what became of it by the
/// blocks and the balances of the chains, and by nothing that the agent wrote down.
///
/// Safe for use by several threads.
final class Witness implements Signer {
  private static final BigInteger RENT = BigInteger.valueOf(2_039_280);

  /// What was signed, when, for what.
  private record Signature(Instant at, Intent intent) {}

  private final Ship ship;
  private final Signer signer;
  private final Map<TransactionId, Signature> signatures = new ConcurrentHashMap<>();
  private final Map<AssetId, BigInteger> before = new LinkedHashMap<>();

  Witness(Ship ship) {
    this.ship = ship;
    this.signer = ship.signer();
    ship.word().decimals().keySet().forEach(asset -> before.put(asset, ship.balance(asset)));
  }

  @Override
  public Map<ChainId, Address> wallets(AgentId agent) {
    return signer.wallets(agent);
  }

  @Override
  public Standing enter(AgentId agent, long fence) {
    return signer.enter(agent, fence);
  }

  @Override
  public List<GivenSignature> history(AgentId agent, long after, int limit) {
    return signer.history(agent, after, limit);
  }

  @Override
  public SignAnswer sign(SignRequest request) {
    SignAnswer answer = signer.sign(request);
    if (answer instanceof SignAnswer.Signed signed) {
      signatures.put(signed.transaction(), new Signature(ship.clock().instant(), request.intent()));
    }
    return answer;
  }

  /// Everything that left, from the blocks and not from the books.
  List<Taken> taken() {
    var all = new ArrayList<Taken>();
    for (FakeChain chain : ship.chains()) {
      for (FakeChain.Landed landed : chain.landed()) {
        Signature signature = signatures.get(landed.id());
        if (signature != null) {
          all.add(new Taken(signature.at(), landed.id().text(), outflows(landed, signature)));
        }
      }
    }
    return all;
  }

  private List<Outflow> outflows(FakeChain.Landed landed, Signature signature) {
    var all = new ArrayList<Outflow>();
    Address wallet = landed.transaction().payer();
    for (Effect effect : landed.transaction().effects()) {
      if (effect instanceof Effect.Fee fee) {
        all.add(new Outflow.Fee(fee.asset(), fee.baseUnits(), fee.tip()));
      } else if (landed.succeeded()) {
        all.addAll(outflows(effect, wallet, signature.intent()));
      }
    }
    return all;
  }

  private static List<Outflow> outflows(Effect effect, Address wallet, Intent intent) {
    return switch (effect) {
      case Effect.Move move when move.to().equals(wallet) -> List.of();
      case Effect.Move move ->
          List.of(
              intent instanceof Intent.Payment payment
                  ? new Outflow.Bought(payment.host(), move.asset(), move.to(), move.baseUnits())
                  : new Outflow.Paid(move.asset(), move.to(), move.baseUnits()));
      case Effect.Authorization authorization ->
          List.of(
              intent instanceof Intent.Payment payment
                  ? new Outflow.Bought(
                      payment.host(),
                      authorization.asset(),
                      authorization.to(),
                      authorization.baseUnits())
                  : new Outflow.Paid(
                      authorization.asset(), authorization.to(), authorization.baseUnits()));
      case Effect.Exchange exchange ->
          List.of(
              new Outflow.Traded(
                  exchange.sell(),
                  exchange.sold(),
                  exchange.buy(),
                  exchange.bought(),
                  exchange.recipient(),
                  exchange.venue()));
      case Effect.Approval approval ->
          List.of(new Outflow.Lent(approval.asset(), approval.spender(), approval.baseUnits()));
      case Effect.Call call ->
          List.of(
              new Outflow.Called(call.contract(), call.function(), call.arguments(), call.value()));
      case Effect.AccountCreation _ ->
          List.of(new Outflow.Rent(AssetId.nativeOf(wallet.chain()), RENT));
      case Effect.AuthorityChange change ->
          List.of(new Outflow.Ruin(wallet.chain(), change.what()));
      case Effect.Undecodable unknown -> List.of(new Outflow.Ruin(wallet.chain(), unknown.what()));
      case Effect.Memo _, Effect.Fee _ -> List.of();
    };
  }

  /// What is missing from the wallet besides what its transactions say, in base units.
  Map<AssetId, BigInteger> unexplained() {
    Map<AssetId, BigInteger> missing = new HashMap<>();
    before.forEach((asset, had) -> missing.put(asset, had.subtract(ship.balance(asset))));
    for (Taken taken : taken()) {
      for (Outflow outflow : taken.outflows()) {
        switch (outflow) {
          case Outflow.Paid paid -> explain(missing, paid.asset(), paid.units());
          case Outflow.Bought bought -> explain(missing, bought.asset(), bought.units());
          case Outflow.Traded traded -> explain(missing, traded.sell(), traded.sold());
          case Outflow.Called called ->
              explain(missing, AssetId.nativeOf(called.contract().chain()), called.value());
          case Outflow.Fee fee -> explain(missing, fee.coin(), fee.units());
          case Outflow.Rent rent -> explain(missing, rent.coin(), rent.units());
          case Outflow.Lent _, Outflow.Ordered _, Outflow.Postponed _, Outflow.Ruin _ -> {}
        }
      }
    }
    missing.values().removeIf(units -> units.signum() <= 0);
    return missing;
  }

  private static void explain(Map<AssetId, BigInteger> missing, AssetId asset, BigInteger units) {
    missing.merge(asset, units.negate(), BigInteger::add);
  }
}
