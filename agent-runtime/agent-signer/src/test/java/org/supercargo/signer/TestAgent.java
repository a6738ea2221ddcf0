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
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.mandate.ApprovalTerms;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignRequest;

/// An agent that may pay alice 25 USDC at once and 60 a day, must ask before it pays bob, and may
/// sell 20 USDC a day for SOL through one contract.
public final class TestAgent {
  public static final AgentId ID = new AgentId("treasurer");
  public static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
  public static final Instant EXPIRY = Instant.parse("2028-01-01T00:00:00Z");

  static final Duration DAY = Duration.ofHours(24);
  static final ChainId CHAIN = ChainId.SOLANA;
  static final Address ALICE = new Address(CHAIN, "alice1111");
  static final Address BOB = new Address(CHAIN, "bob1111");
  static final Address MALLORY = new Address(CHAIN, "mallory1111");
  static final Address ROUTER = new Address(CHAIN, "router1111");
  static final Asset SOL = new Asset(AssetId.nativeOf(CHAIN), "SOL", 9);
  static final Asset USDC = new Asset(new AssetId(CHAIN, "token", "usdc1111"), "USDC", 6);
  static final Asset ETHER = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  static final Person OPS = Person.named("ops");

  private TestAgent() {}

  public static AgentSpec spec() {
    return spec(ID, "main");
  }

  static AgentSpec spec(AgentId id, String key) {
    return new AgentSpec(
        id,
        "Pays suppliers.",
        ModelSpec.of("offline"),
        List.of("wallet"),
        Map.of(CHAIN, key, ChainId.BASE, key),
        List.of(SOL, USDC, ETHER),
        new AddressBook(Map.of("alice", List.of(ALICE), "bob", List.of(BOB))),
        mandate(List.of(), rules()),
        TickLimits.DEFAULT);
  }

  static AgentSpec with(AgentSpec spec, Mandate mandate) {
    return new AgentSpec(
        spec.id(),
        spec.purpose(),
        spec.model(),
        spec.plugins(),
        spec.wallets(),
        spec.assets(),
        spec.addressBook(),
        mandate,
        spec.limits());
  }

  static AgentSpec with(AgentSpec spec, AddressBook book) {
    return new AgentSpec(
        spec.id(),
        spec.purpose(),
        spec.model(),
        spec.plugins(),
        spec.wallets(),
        spec.assets(),
        book,
        spec.mandate(),
        spec.limits());
  }

  static AgentSpec ruledBy(Rule... rules) {
    return with(spec(), mandate(List.of(), List.of(rules)));
  }

  static Mandate mandate(List<Cap> limits, List<Rule> rules) {
    return new Mandate(
        EXPIRY,
        Map.of(CHAIN, fees("0.01", "1", SOL), ChainId.BASE, fees("0.001", "0.1", ETHER)),
        Valuations.NONE,
        null,
        limits,
        Map.of(OPS.name(), OPS.publicKey()),
        rules);
  }

  static FeeLimit fees(String each, String rolling, Asset coin) {
    Amount most = Amount.parse(each, coin);
    return new FeeLimit(most, most, Amount.parse(rolling, coin), DAY);
  }

  private static List<Rule> rules() {
    var alice = new Payee("alice", ALICE, Provenance.MANDATE);
    var bob = new Payee("bob", BOB, Provenance.MANDATE);
    return List.of(
        allow(
            "pay alice",
            Intent.Kind.TRANSFER,
            new Condition.Pays(List.of(alice)),
            new Cap.PerTransaction(usdc("25")),
            daily("60")),
        approve(
            "ask for bob",
            new ApprovalTerms(Set.of(OPS.name()), 1, Duration.ZERO, DAY),
            new Condition.Pays(List.of(bob))),
        allow("buy coins", Intent.Kind.SWAP, new Condition.Contracts(Set.of(ROUTER)), daily("20")));
  }

  static Rule allow(String name, Intent.Kind kind, Condition... conditions) {
    return new Rule(name, Rule.Decision.ALLOW, null, Set.of(kind), List.of(conditions));
  }

  static Rule approve(String name, ApprovalTerms terms, Condition... conditions) {
    return new Rule(
        name, Rule.Decision.APPROVE, terms, Set.of(Intent.Kind.TRANSFER), List.of(conditions));
  }

  static Cap.Budget daily(String number) {
    return new Cap.Budget(usdc(number), DAY, BudgetKey.Per.AGENT);
  }

  static Amount usdc(String number) {
    return Amount.parse(number, USDC);
  }

  static IntentId intent(int number) {
    return intent(ID, number);
  }

  static IntentId intent(AgentId agent, int number) {
    return new IntentId(new TickId(agent, number), 0);
  }

  static Intent.Transfer pay(Address payee, String number) {
    return new Intent.Transfer(new Payee("someone", payee, Provenance.OWNER), usdc(number), "");
  }

  static Intent.Swap swap(String number) {
    return new Intent.Swap(usdc(number), Amount.parse("0.1", SOL), "venue");
  }

  static Effect fee(Address wallet) {
    return fee(wallet, 5_000);
  }

  static Effect fee(Address wallet, long lamports) {
    return new Effect.Fee(wallet, SOL.id(), BigInteger.valueOf(lamports), BigInteger.ZERO);
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
    return request(intent(number), attempt, intent, unsigned);
  }

  static SignRequest request(IntentId id, int attempt, Intent intent, Bytes unsigned) {
    return new SignRequest(
        id,
        attempt,
        CHAIN,
        intent,
        unsigned,
        new Validity.UntilHeight(1_000),
        1,
        0,
        Evidence.of(simulation(intent)));
  }

  /// A prediction of nothing but what a swap promises.
  static Simulation simulation(Intent intent) {
    return new Simulation(
        null,
        intent instanceof Intent.Swap swap
            ? List.of(new BalanceChange(swap.minimum().asset().id(), swap.minimum().baseUnits()))
            : List.of(),
        List.of());
  }
}
