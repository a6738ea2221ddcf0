package org.supercargo.signer;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.engine.signing.SignRequest;

/// An agent that may pay alice 25 USDC at once and 60 a day, must ask before it pays bob, and may
/// sell 20 USDC a day for SOL through one contract.
public final class TestAgent {
  public static final AgentId ID = new AgentId("treasurer");
  public static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
  public static final Instant EXPIRY = Instant.parse("2028-01-01T00:00:00Z");

  static final ChainId CHAIN = ChainId.SOLANA;
  static final Address ALICE = new Address(CHAIN, "alice1111");
  static final Address BOB = new Address(CHAIN, "bob1111");
  static final Address MALLORY = new Address(CHAIN, "mallory1111");
  static final Address ROUTER = new Address(CHAIN, "router1111");
  static final Asset SOL = new Asset(AssetId.nativeOf(CHAIN), "SOL", 9);
  static final Asset USDC = new Asset(new AssetId(CHAIN, "token", "usdc1111"), "USDC", 6);
  static final Asset ETHER = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);

  private TestAgent() {}

  public static AgentSpec spec() {
    return spec(ID, "main");
  }

  static AgentSpec spec(AgentId id, String key) {
    return new AgentSpec(
        id,
        "Pays suppliers.",
        new ModelSpec("offline", ""),
        List.of("wallet"),
        Map.of(CHAIN, key, ChainId.BASE, key),
        List.of(SOL, USDC, ETHER),
        new AddressBook(Map.of("alice", List.of(ALICE), "bob", List.of(BOB))),
        mandate(),
        TickLimits.DEFAULT);
  }

  private static Mandate mandate() {
    var alice = new Payee("alice", ALICE, Provenance.MANDATE);
    var bob = new Payee("bob", BOB, Provenance.MANDATE);
    return new Mandate(
        EXPIRY,
        Map.of(CHAIN, Amount.parse("0.01", SOL), ChainId.BASE, Amount.parse("0.001", ETHER)),
        Valuations.NONE,
        List.of(
            new Rule(
                "pay alice",
                Rule.Decision.ALLOW,
                Set.of(Intent.Kind.TRANSFER),
                List.of(
                    new Condition.Pays(List.of(alice)),
                    new Condition.PerTransaction(usdc("25")),
                    new Condition.Rolling(usdc("60"), Duration.ofHours(24)))),
            new Rule(
                "ask for bob",
                Rule.Decision.APPROVE,
                Set.of(Intent.Kind.TRANSFER),
                List.of(new Condition.Pays(List.of(bob)))),
            new Rule(
                "buy coins",
                Rule.Decision.ALLOW,
                Set.of(Intent.Kind.SWAP),
                List.of(
                    new Condition.Contracts(Set.of(ROUTER)),
                    new Condition.Rolling(usdc("20"), Duration.ofHours(24))))));
  }

  static Amount usdc(String number) {
    return Amount.parse(number, USDC);
  }

  static IntentId intent(int number) {
    return new IntentId(new TickId(ID, number), 0);
  }

  static Intent.Transfer pay(Address payee, String number) {
    return new Intent.Transfer(new Payee("someone", payee, Provenance.OWNER), usdc(number), "");
  }

  static Intent.Swap swap(String number) {
    return new Intent.Swap(usdc(number), Amount.parse("0.1", SOL), "venue");
  }

  static Effect fee(Address wallet) {
    return new Effect.Fee(wallet, SOL.id(), BigInteger.valueOf(5_000));
  }

  static Effect move(Address wallet, Intent.Transfer transfer) {
    return new Effect.Move(
        transfer.amount().asset().id(),
        wallet,
        transfer.payee().address(),
        transfer.amount().baseUnits());
  }

  static Effect exchange(Address wallet, Intent.Swap swap) {
    return new Effect.Exchange(
        wallet,
        swap.sell().asset().id(),
        swap.sell().baseUnits(),
        swap.minimum().asset().id(),
        swap.minimum().baseUnits(),
        wallet,
        ROUTER);
  }

  static Effect approval(Address wallet, Intent.Swap swap) {
    return new Effect.Approval(swap.sell().asset().id(), wallet, ROUTER, swap.sell().baseUnits());
  }

  /// An honest request for a payment; `nonce` sets its bytes apart from others.
  public static SignRequest payment(int number, int nonce, Address wallet, String amount) {
    return payment(number, 1, nonce, wallet, amount);
  }

  static SignRequest payment(int number, int attempt, int nonce, Address wallet, String amount) {
    Intent.Transfer transfer = pay(ALICE, amount);
    return request(
        number,
        attempt,
        transfer,
        PlainCodec.transaction(nonce, fee(wallet), move(wallet, transfer)));
  }

  static SignRequest request(int number, int attempt, Intent intent, Bytes unsigned) {
    return new SignRequest(intent(number), attempt, CHAIN, intent, unsigned);
  }
}
