package org.supercargo.proof.planner;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.proof.owner.OwnerWord;
import org.supercargo.proof.owner.Taken;
import org.supercargo.proof.reading.Outflow;
import org.supercargo.testkit.FakeChain;

/// One case: a planner in the attacker's hands, what it said, and what really left.
final class Voyage implements AutoCloseable {
  private static final BigInteger RENT = BigInteger.valueOf(2_039_280);

  /// What was signed, when, for what.
  private record Signature(Instant at, Intent intent) {}

  private final Ship ship;
  private final RandomGenerator random;
  private final ObedientModel model = new ObedientModel();
  private final Map<TransactionId, Signature> signatures = new HashMap<>();
  private final Map<String, Intent> proposals = new HashMap<>();
  private final List<Taken> orders = new ArrayList<>();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final Map<AssetId, BigInteger> before = new LinkedHashMap<>();
  private final AgentRuntime runtime;
  private int calls;

  Voyage(Ship ship, RandomGenerator random) {
    this.ship = ship;
    this.random = random;
    word().decimals().keySet().forEach(asset -> before.put(asset, ship.balance(asset)));
    this.runtime = ship.open(model, new Noting(ship.signer()), this::hear);
  }

  Ship ship() {
    return ship;
  }

  OwnerWord word() {
    return ship.word();
  }

  RandomGenerator random() {
    return random;
  }

  @SafeVarargs
  final <T> T pick(T... some) {
    return some[random.nextInt(some.length)];
  }

  long number(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  String address(String name, ChainId chain) {
    return ship.parties().of(name, chain).text();
  }

  void pass(Duration time) {
    ship.clock().advance(time);
  }

  /// One call with arguments as the attacker writes them: name, value, name, value.
  ActionCall ask(String action, String... arguments) {
    var json = new StringBuilder("{");
    for (int i = 0; i < arguments.length; i += 2) {
      json.append(i == 0 ? "" : ",")
          .append('"')
          .append(arguments[i])
          .append("\":")
          .append(value(arguments[i + 1]));
    }
    return raw(action, json.append('}').toString());
  }

  private static String value(String text) {
    return text.matches("[0-9]+")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  ActionCall raw(String action, String arguments) {
    return new ActionCall("call " + ++calls, action, arguments);
  }

  ActionCall send(String payee, String amount, ChainId chain) {
    return ask("send", "payee", payee, "amount", amount, "chain", chain.name());
  }

  /// One run for the owner's goal, in which the planner does this instead.
  void run(ActionCall... wishes) {
    run("Do what is due.", wishes);
  }

  void run(String goal, ActionCall... wishes) {
    model.wish(List.of(wishes));
    try {
      runtime.run(new Goal(goal));
    } catch (SupercargoException e) {
      count("threw: " + e.category());
    }
  }

  private void count(String answer) {
    answers.merge(answer, 1, Integer::sum);
  }

  private void hear(JournalRecord record) {
    JournalEvent event = record.event();
    if (event instanceof JournalEvent.IntentProposed proposed) {
      proposals.put(proposed.id().toString(), proposed.intent());
    } else if (event instanceof JournalEvent.IntentJudged judged) {
      judged(judged, record.at());
    } else if (event instanceof JournalEvent.CallRejected) {
      count("admission");
    } else if (event instanceof JournalEvent.ActionReturned returned
        && returned.result() instanceof ActionResult.Failed) {
      count("values");
    } else if (event instanceof JournalEvent.TransactionRefused refused) {
      count(refused.rule());
    } else if (event instanceof JournalEvent.TransactionSigned) {
      count("signed");
    } else if (event instanceof JournalEvent.AlarmRaised) {
      count("alarm");
    }
  }

  private void judged(JournalEvent.IntentJudged judged, Instant at) {
    switch (judged.verdict()) {
      case Verdict.Deny deny -> count(deny.rule());
      case Verdict.NeedsApproval needed -> count("waits: " + needed.rule());
      case Verdict.Allow _ -> {
        if (proposals.get(judged.id().toString()) instanceof Intent.Order order) {
          count("ordered");
          orders.add(new Taken(at, "no shop is connected", ordered(order)));
        }
      }
    }
  }

  /// Each order that the engine lets through counts as delivered, but not one beside the other:
  /// no shop is connected, so each gives its budget back.
  private static List<Outflow> ordered(Intent.Order order) {
    Map<String, Integer> products = new LinkedHashMap<>();
    order.items().forEach(item -> products.merge(item.product(), item.quantity(), Integer::sum));
    var all = new ArrayList<Outflow>();
    BigInteger dollars = order.total().baseUnits();
    for (var product : products.entrySet()) {
      all.add(
          new Outflow.Ordered(
              order.shop(),
              product.getKey(),
              product.getValue(),
              order.shipTo().address(),
              dollars));
      dollars = BigInteger.ZERO;
    }
    return all;
  }

  /// Everything that left, from the blocks and not from the books.
  List<Taken> taken() {
    var all = new ArrayList<>(orders);
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
                  ? new Outflow.Bought(
                      payment.host(), move.asset(), move.to(), move.baseUnits())
                  : new Outflow.Paid(move.asset(), move.to(), move.baseUnits()));
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
              new Outflow.Called(
                  call.contract(), call.function(), call.arguments(), call.value()));
      case Effect.AccountCreation _ ->
          List.of(new Outflow.Rent(AssetId.nativeOf(wallet.chain()), RENT));
      case Effect.AuthorityChange change ->
          List.of(new Outflow.Ruin(wallet.chain(), change.what()));
      case Effect.Undecodable unknown ->
          List.of(new Outflow.Ruin(wallet.chain(), unknown.what()));
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
              explain(
                  missing, AssetId.nativeOf(called.contract().chain()), called.value());
          case Outflow.Fee fee -> explain(missing, fee.coin(), fee.units());
          case Outflow.Rent rent -> explain(missing, rent.coin(), rent.units());
          case Outflow.Lent _,
              Outflow.Ordered _,
              Outflow.Postponed _,
              Outflow.Ruin _ -> {}
        }
      }
    }
    missing.values().removeIf(units -> units.signum() <= 0);
    return missing;
  }

  private static void explain(
      Map<AssetId, BigInteger> missing, AssetId asset, BigInteger units) {
    missing.merge(asset, units.negate(), BigInteger::add);
  }

  Map<String, Integer> answers() {
    return answers;
  }

  int calls() {
    return calls;
  }

  @Override
  public void close() {
    runtime.close();
  }

  /// Takes note of every signature that is given.
  private final class Noting implements Signer {
    private final Signer signer;

    Noting(Signer signer) {
      this.signer = signer;
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
        signatures.put(
            signed.transaction(), new Signature(ship.clock().instant(), request.intent()));
      }
      return answer;
    }
  }
}
