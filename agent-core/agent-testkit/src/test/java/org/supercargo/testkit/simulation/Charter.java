package org.supercargo.testkit.simulation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.ApprovalTerms;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.MarketCondition;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.testkit.FakeApprover;
import org.supercargo.testkit.FakeCodec;

/// The small mandate every agent of the world has, and the same limits once more in the plainest
/// form, to check what happened on the chains against.
final class Charter {
  static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  static final Asset ETH = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  static final Asset USDC_ON_SOLANA = usdc(ChainId.SOLANA);
  static final Asset USDC_ON_BASE = usdc(ChainId.BASE);
  static final Address EXCHANGE = FakeCodec.account(ChainId.BASE, "exchange contract");
  static final List<String> PAYEES = List.of("alice", "bob", "carol");
  static final List<FakeApprover> APPROVERS =
      Stream.of("cfo", "ops", "cto").map(FakeApprover::named).toList();
  static final Duration DELAY = Duration.ofSeconds(30);
  static final Duration LAPSE = Duration.ofMinutes(10);

  /// Transfers of more than this many base units of USDC on Base need approval.
  static final BigInteger ASK_ABOVE = usd("3", USDC_ON_BASE);

  private static final Duration SHORT = Duration.ofMinutes(10);
  private static final Duration LONG = Duration.ofHours(1);
  private static final int COUNT = 40;
  private static final Map<AssetId, BigDecimal> VALUES =
      Map.of(
          SOL.id(),
          BigDecimal.valueOf(100),
          ETH.id(),
          BigDecimal.valueOf(2_500),
          USDC_ON_SOLANA.id(),
          BigDecimal.ONE,
          USDC_ON_BASE.id(),
          BigDecimal.ONE);
  private static final Valuations VALUATIONS = new Valuations(VALUES);
  private static final Map<AssetId, Asset> ASSETS =
      Stream.of(SOL, ETH, USDC_ON_SOLANA, USDC_ON_BASE)
          .collect(Collectors.toUnmodifiableMap(Asset::id, asset -> asset));

  /// A limit on what lands.
  ///
  /// @param counts which movements it is about
  /// @param value what each of them takes
  /// @param group those with equal groups share a sum
  record Limit(
      String name,
      Predicate<Movement> counts,
      Function<Movement, BigInteger> value,
      Function<Movement, Object> group,
      Duration window,
      BigInteger most) {}

  private final List<Limit> limits;
  private final List<Limit> fees;
  private final int scale;

  /// @param scale multiplies every cap but not the limits to check by: 1 for a mandate that holds
  ///   them
  Charter(int scale) {
    this.scale = scale;
    this.limits =
        List.of(
            sum("crew USDC on solana", USDC_ON_SOLANA, "crew", "12"),
            sum("crew USDC on base", USDC_ON_BASE, "crew", "12"),
            sum("trade USDC", USDC_ON_BASE, "trade", "15"),
            new Limit(
                "asked USDC",
                movement -> movement.rule().equals("ask"),
                Movement::baseUnits,
                _ -> "",
                LONG,
                usd("40", USDC_ON_BASE)),
            new Limit(
                "crew USDC on base for each payee",
                movement ->
                    movement.rule().equals("crew") && movement.asset().equals(USDC_ON_BASE.id()),
                Movement::baseUnits,
                Movement::payee,
                SHORT,
                usd("8", USDC_ON_BASE)),
            new Limit(
                "dollars of the crew",
                movement -> movement.rule().equals("crew"),
                Charter::dollars,
                _ -> "",
                LONG,
                usd("40", Asset.USD)),
            new Limit(
                "intents of the crew",
                movement -> movement.rule().equals("crew"),
                _ -> BigInteger.ONE,
                _ -> "",
                LONG,
                BigInteger.valueOf(COUNT)),
            new Limit(
                "dollars over all rules",
                _ -> true,
                Charter::dollars,
                _ -> "",
                LONG,
                usd("75", Asset.USD)));
    this.fees = List.of(feeLimit(SOL, "0.06"), feeLimit(ETH, "0.0004"));
  }

  private static Asset usdc(ChainId chain) {
    return new Asset(AssetId.token(FakeCodec.account(chain, "usdc contract")), "USDC", 6);
  }

  private static BigInteger usd(String number, Asset asset) {
    return Amount.parse(number, asset).baseUnits();
  }

  private static Limit sum(String name, Asset asset, String rule, String most) {
    return new Limit(
        name,
        movement -> movement.rule().equals(rule) && movement.asset().equals(asset.id()),
        Movement::baseUnits,
        _ -> "",
        SHORT,
        usd(most, asset));
  }

  private static Limit feeLimit(Asset coin, String most) {
    return new Limit(
        "fees in " + coin.symbol(),
        movement -> movement.coin().equals(coin.id()),
        Movement::cost,
        _ -> "",
        LONG,
        usd(most, coin));
  }

  /// In base units of [Asset#USD], rounded up.
  private static BigInteger dollars(Movement movement) {
    Amount value = VALUATIONS.usd(new Amount(asset(movement.asset()), movement.baseUnits()));
    return value == null ? BigInteger.ZERO : value.baseUnits();
  }

  static Asset asset(AssetId id) {
    return Objects.requireNonNull(ASSETS.get(id));
  }

  /// On what moves value.
  List<Limit> limits() {
    return limits;
  }

  /// On what costs fees or rent, whether it succeeds or not.
  List<Limit> fees() {
    return fees;
  }

  /// The rule a movement falls under.
  static String rule(boolean sells, AssetId asset, BigInteger baseUnits) {
    if (sells) {
      return "trade";
    }
    boolean large = asset.equals(USDC_ON_BASE.id()) && baseUnits.compareTo(ASK_ABOVE) > 0;
    return large ? "ask" : "crew";
  }

  AgentSpec spec(AgentId agent) {
    return new AgentSpec(
        agent,
        "It pays and trades.",
        ModelSpec.of("simulated"),
        List.of("trader"),
        Map.of(ChainId.SOLANA, "main", ChainId.BASE, "main"),
        List.of(SOL, USDC_ON_SOLANA, ETH, USDC_ON_BASE),
        addressBook(),
        mandate(),
        TickLimits.DEFAULT);
  }

  static Address payee(String name, ChainId chain) {
    return FakeCodec.account(chain, name);
  }

  private static AddressBook addressBook() {
    Map<String, List<Address>> entries = new TreeMap<>();
    for (String name : PAYEES) {
      entries.put(name, List.of(payee(name, ChainId.SOLANA), payee(name, ChainId.BASE)));
    }
    return new AddressBook(entries);
  }

  private Amount cap(String number, Asset asset) {
    Amount amount = Amount.parse(number, asset);
    return new Amount(asset, amount.baseUnits().multiply(BigInteger.valueOf(scale)));
  }

  private Mandate mandate() {
    Map<ChainId, FeeLimit> fees = new LinkedHashMap<>();
    fees.put(ChainId.SOLANA, feeLimit(SOL, "0.005", "0.06"));
    fees.put(ChainId.BASE, feeLimit(ETH, "0.0001", "0.0004"));
    Map<String, Bytes> approvers = new TreeMap<>();
    APPROVERS.forEach(approver -> approvers.put(approver.name(), approver.publicKey()));
    return new Mandate(
        Instant.parse("2040-01-01T00:00:00Z"),
        fees,
        VALUATIONS,
        null,
        List.of(new Cap.Budget(cap("75", Asset.USD), LONG, BudgetKey.Per.AGENT)),
        approvers,
        List.of(crew(), trade(), ask(approvers.keySet())));
  }

  private FeeLimit feeLimit(Asset coin, String once, String rolling) {
    return new FeeLimit(
        Amount.parse(once, coin), Amount.parse(once, coin), cap(rolling, coin), LONG);
  }

  private static List<Payee> everyone() {
    var payees = new ArrayList<Payee>();
    addressBook()
        .entries()
        .forEach((name, accounts) ->
            accounts.forEach(account -> payees.add(new Payee(name, account, Provenance.MANDATE))));
    return payees;
  }

  private Rule crew() {
    return new Rule(
        "crew",
        Rule.Decision.ALLOW,
        null,
        Set.of(Intent.Kind.TRANSFER),
        List.of(
            new Condition.OnChain(Set.of(ChainId.SOLANA, ChainId.BASE)),
            new Condition.Pays(everyone()),
            new Cap.PerTransaction(Amount.parse("3", USDC_ON_SOLANA)),
            new Cap.PerTransaction(Amount.parse("3", USDC_ON_BASE)),
            new Cap.Budget(cap("12", USDC_ON_SOLANA), SHORT, BudgetKey.Per.AGENT),
            new Cap.Budget(cap("12", USDC_ON_BASE), SHORT, BudgetKey.Per.AGENT),
            new Cap.Budget(cap("8", USDC_ON_BASE), SHORT, BudgetKey.Per.PAYEE),
            new Cap.Budget(cap("40", Asset.USD), LONG, BudgetKey.Per.AGENT),
            new Cap.Count(COUNT * scale, LONG, BudgetKey.Per.AGENT)));
  }

  private Rule trade() {
    return new Rule(
        "trade",
        Rule.Decision.ALLOW,
        null,
        Set.of(Intent.Kind.SWAP),
        List.of(
            new Condition.OnChain(Set.of(ChainId.BASE)),
            new Condition.Spends(Set.of(USDC_ON_BASE.id())),
            new Condition.Buys(Set.of(ETH.id())),
            new Condition.Contracts(Set.of(EXCHANGE)),
            new Cap.PerTransaction(Amount.parse("6", USDC_ON_BASE)),
            new Cap.Budget(cap("15", USDC_ON_BASE), SHORT, BudgetKey.Per.AGENT),
            new MarketCondition.MaximumLoss(BigDecimal.TEN)));
  }

  private Rule ask(Set<String> approvers) {
    return new Rule(
        "ask",
        Rule.Decision.APPROVE,
        new ApprovalTerms(approvers, 2, DELAY, LAPSE),
        Set.of(Intent.Kind.TRANSFER),
        List.of(
            new Condition.OnChain(Set.of(ChainId.BASE)),
            new Condition.Spends(Set.of(USDC_ON_BASE.id())),
            new Condition.Pays(everyone()),
            new Condition.Above(new Amount(USDC_ON_BASE, ASK_ABOVE)),
            new Cap.PerTransaction(Amount.parse("12", USDC_ON_BASE)),
            new Cap.Budget(cap("40", USDC_ON_BASE), LONG, BudgetKey.Per.AGENT)));
  }
}
