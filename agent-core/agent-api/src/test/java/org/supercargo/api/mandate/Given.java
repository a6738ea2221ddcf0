package org.supercargo.api.mandate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// Assets, people, intents and mandates that the tests of this package speak of.
final class Given {
  static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  static final Asset ETH = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  static final Asset USDC = token(ChainId.SOLANA, "usdc-mint", "USDC");
  static final Asset USDC_ON_BASE = token(ChainId.BASE, "0xUSDC", "USDC");

  static final Address WALLET = new Address(ChainId.SOLANA, "captain");
  static final Address WALLET_ON_BASE = new Address(ChainId.BASE, "0xCaptain");
  static final Address ALICE = new Address(ChainId.SOLANA, "alice");
  static final Address MALLORY = new Address(ChainId.SOLANA, "mallory");
  static final Address VENUE = new Address(ChainId.BASE, "0xVenue");
  static final Address CONTRACT = new Address(ChainId.BASE, "0xRewards");
  static final Address HOST_ACCOUNT = new Address(ChainId.BASE, "0xHost");
  static final Address HOME = new Address(ChainId.OFF_CHAIN, "1 Quay Street");

  static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
  static final Instant EXPIRY = Instant.parse("2027-06-30T00:00:00Z");
  static final Duration DAY = Duration.ofHours(24);
  static final Duration QUOTE_AGE = Duration.ofMinutes(5);

  private static final Map<ChainId, FeeLimit> FEES =
      Map.of(
          ChainId.SOLANA,
          new FeeLimit(
              Amount.parse("0.001", SOL), Amount.parse("0.0001", SOL), Amount.parse("1", SOL), DAY),
          ChainId.BASE,
          new FeeLimit(
              Amount.parse("0.0005", ETH),
              Amount.parse("0.0001", ETH),
              Amount.parse("1", ETH),
              DAY));

  private Given() {}

  private static Asset token(ChainId chain, String contract, String symbol) {
    return new Asset(AssetId.token(new Address(chain, contract)), symbol, 6);
  }

  static Payee payee(Address address, Provenance provenance) {
    return new Payee(address.text(), address, provenance);
  }

  static Intent.Transfer pay(Address payee, String number) {
    return new Intent.Transfer(payee(payee, Provenance.MANDATE), Amount.parse(number, USDC), "");
  }

  static Intent.Transfer paySol(Address payee, String number) {
    return new Intent.Transfer(payee(payee, Provenance.MANDATE), Amount.parse(number, SOL), "");
  }

  static Intent.Swap swap(String usdc, String eth) {
    return new Intent.Swap(Amount.parse(usdc, USDC_ON_BASE), Amount.parse(eth, ETH), "uniswap-v3");
  }

  static Intent.Call call(String function, String... arguments) {
    return new Intent.Call(
        CONTRACT, function, Arrays.asList(arguments), Amount.zero(ETH), Amount.zero(ETH));
  }

  static Intent.Payment request(String host, String number) {
    return new Intent.Payment(
        payee(HOST_ACCOUNT, Provenance.TOOL),
        Amount.parse(number, USDC_ON_BASE),
        host,
        "/v1/prices");
  }

  static Intent.Order order(String shop, String dollars, Intent.Order.Item... items) {
    return new Intent.Order(
        shop, Arrays.asList(items), payee(HOME, Provenance.MANDATE), usd(dollars));
  }

  static Intent.Order.Item item(int quantity, String product) {
    return new Intent.Order.Item(product, quantity);
  }

  static Amount usd(String number) {
    return Amount.parse(number, Asset.USD);
  }

  static Rule rule(String name, Rule.Decision decision, Intent.Kind kind, Condition... conditions) {
    return new Rule(
        name,
        decision,
        decision == Rule.Decision.APPROVE ? terms(1, Duration.ZERO) : null,
        Set.of(kind),
        List.of(conditions));
  }

  static ApprovalTerms terms(int quorum, Duration delay) {
    return new ApprovalTerms(Set.of("ops", "cfo", "owner"), quorum, delay, DAY);
  }

  static Rule transfers(String name, Rule.Decision decision, Condition... conditions) {
    return rule(name, decision, Intent.Kind.TRANSFER, conditions);
  }

  static Rule swaps(String name, Condition... conditions) {
    return rule(name, Rule.Decision.ALLOW, Intent.Kind.SWAP, conditions);
  }

  static Rule allowing(Intent intent, Condition... conditions) {
    return rule("tested", Rule.Decision.ALLOW, intent.kind(), conditions);
  }

  static Valuations valuations(String usdc, String eth) {
    return new Valuations(
        Map.of(
            USDC.id(), new BigDecimal(usdc),
            USDC_ON_BASE.id(), new BigDecimal(usdc),
            ETH.id(), new BigDecimal(eth)));
  }

  static Mandate mandate(Rule... rules) {
    return mandate(valuations("1", "2500"), rules);
  }

  static Mandate mandate(Valuations valuations, Rule... rules) {
    return new Mandate(
        EXPIRY, FEES, valuations, QUOTE_AGE, List.of(), approvers(), Arrays.asList(rules));
  }

  static Mandate limited(List<Cap> limits, Rule... rules) {
    return new Mandate(
        EXPIRY, FEES, valuations("1", "2500"), null, limits, approvers(), Arrays.asList(rules));
  }

  static Mandate withFees(Map<ChainId, FeeLimit> fees, Rule... rules) {
    return new Mandate(
        EXPIRY, fees, valuations("1", "2500"), null, List.of(), Map.of(), Arrays.asList(rules));
  }

  private static Map<String, Bytes> approvers() {
    return Map.of(
        "ops",
        Bytes.of(new byte[32]),
        "cfo",
        Bytes.of(new byte[32]),
        "owner",
        Bytes.of(new byte[32]));
  }

  static Cap once(Amount cap) {
    return new Cap.PerTransaction(cap);
  }

  static Cap daily(Amount cap) {
    return new Cap.Budget(cap, DAY, BudgetKey.Per.AGENT);
  }

  static Amount usdc(String number) {
    return Amount.parse(number, USDC);
  }

  static Facts nothingSpent(Mandate mandate) {
    return spent(mandate, NOW, Map.of());
  }

  static Facts nothingSpent(Mandate mandate, Instant now) {
    return spent(mandate, now, Map.of());
  }

  static Facts spent(Mandate mandate, String rule, Amount before) {
    return spent(mandate, NOW, Map.of(rule, before));
  }

  /// @param before what each rule's sums hold, where the unit is that of the amount
  static Facts spent(Mandate mandate, Instant now, Map<String, Amount> before) {
    var sums = new HashMap<BudgetKey, BigInteger>();
    for (BudgetKey key : mandate.budgets()) {
      Amount amount = before.get(key.rule());
      sums.put(
          key,
          amount != null && amount.asset().id().equals(key.unit())
              ? amount.baseUnits()
              : BigInteger.ZERO);
    }
    return Facts.of(now, sums);
  }

  static Facts prices(Facts facts, Price... prices) {
    return new Facts(
        facts.now(),
        facts.spent(),
        facts.payeeSince(),
        facts.balance(),
        Arrays.asList(prices),
        facts.origins(),
        facts.approvals());
  }

  static Facts balance(Facts facts, long baseUnits) {
    return new Facts(
        facts.now(),
        facts.spent(),
        facts.payeeSince(),
        BigInteger.valueOf(baseUnits),
        facts.prices(),
        facts.origins(),
        facts.approvals());
  }

  static Facts payeeSince(Facts facts, Instant since) {
    return new Facts(
        facts.now(),
        facts.spent(),
        since,
        facts.balance(),
        facts.prices(),
        facts.origins(),
        facts.approvals());
  }

  static Facts origin(Facts facts, Field field, Provenance origin) {
    return new Facts(
        facts.now(),
        facts.spent(),
        facts.payeeSince(),
        facts.balance(),
        facts.prices(),
        Map.of(field, origin),
        facts.approvals());
  }

  static Price price(Asset asset, String dollars, Instant at) {
    return new Price(asset.id(), new BigDecimal(dollars), at, "test");
  }
}
