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

  static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
  static final Instant EXPIRY = Instant.parse("2027-06-30T00:00:00Z");
  static final Duration DAY = Duration.ofHours(24);

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

  static Intent.Swap swap(String usdc, String eth) {
    return new Intent.Swap(Amount.parse(usdc, USDC_ON_BASE), Amount.parse(eth, ETH), "uniswap-v3");
  }

  static Amount usd(String number) {
    return Amount.parse(number, Asset.USD);
  }

  static Rule rule(String name, Rule.Decision decision, Intent.Kind kind, Condition... conditions) {
    return new Rule(name, decision, Set.of(kind), List.of(conditions));
  }

  static Rule transfers(String name, Rule.Decision decision, Condition... conditions) {
    return rule(name, decision, Intent.Kind.TRANSFER, conditions);
  }

  static Rule swaps(String name, Condition... conditions) {
    return rule(name, Rule.Decision.ALLOW, Intent.Kind.SWAP, conditions);
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
        EXPIRY,
        Map.of(
            ChainId.SOLANA, Amount.parse("0.001", SOL),
            ChainId.BASE, Amount.parse("0.0005", ETH)),
        valuations,
        Arrays.asList(rules));
  }

  static Facts nothingSpent(Mandate mandate) {
    return spent(mandate, NOW, Map.of());
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
    return new Facts(now, sums);
  }
}
