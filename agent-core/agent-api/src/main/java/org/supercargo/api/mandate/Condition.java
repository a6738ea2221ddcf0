package org.supercargo.api.mandate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// One requirement of a [Rule]. A rule applies when all of its conditions hold.
public sealed interface Condition {
  /// Why a condition does not hold, and what would make it hold.
  record Miss(String reason, String remedy) {}

  /// Null when it holds.
  @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations);

  /// The intent settles on one of these chains.
  record OnChain(Set<ChainId> chains) implements Condition {
    public OnChain {
      chains = Set.copyOf(chains);
    }

    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      return chains.contains(intent.chain())
          ? null
          : new Miss(
              "it happens on " + intent.chain().name(),
              "add " + intent.chain().name() + " to the chains of rule \"" + rule + "\"");
    }
  }

  /// What is spent is one of these assets.
  record Spends(Set<AssetId> assets) implements Condition {
    public Spends {
      assets = Set.copyOf(assets);
    }

    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      Asset asset = intent.spends().asset();
      return assets.contains(asset.id())
          ? null
          : new Miss(
              "it spends " + asset.symbol(),
              "add " + asset.symbol() + " to the assets of rule \"" + rule + "\"");
    }
  }

  /// The payee is one of these addresses. Holds for nothing that pays no one.
  record Pays(List<Payee> payees) implements Condition {
    public Pays {
      payees = List.copyOf(payees);
    }

    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      if (!(intent instanceof Intent.Transfer transfer)) {
        return new Miss("it pays no one", "use a rule without payees");
      }
      Address address = transfer.payee().address();
      if (payees.stream().anyMatch(payee -> payee.address().equals(address))) {
        return null;
      }
      String names = payees.stream().map(Payee::name).distinct().collect(Collectors.joining(", "));
      return new Miss(
          "it pays " + transfer.payee().name() + ", and only " + names + " may be paid",
          "add the payee to the address book and to the payees of rule \"" + rule + "\"");
    }
  }

  /// What is received is one of these assets.
  record Buys(Set<AssetId> assets) implements Condition {
    public Buys {
      assets = Set.copyOf(assets);
    }

    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      if (!(intent instanceof Intent.Swap swap)) {
        return new Miss("it buys nothing", "use a rule without bought assets");
      }
      Asset bought = swap.minimum().asset();
      return assets.contains(bought.id())
          ? null
          : new Miss(
              "it buys " + bought.symbol(),
              "add " + bought.symbol() + " to the bought assets of rule \"" + rule + "\"");
    }
  }

  /// The only contracts that may be approved or called. Checked on decoded bytes.
  record Contracts(Set<Address> addresses) implements Condition {
    public Contracts {
      addresses = Set.copyOf(addresses);
    }

    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      return null;
    }
  }

  /// At most this much at once, if the intent spends this asset.
  record PerTransaction(Amount cap) implements Condition {
    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      Amount spends = intent.spends();
      if (!spends.asset().id().equals(cap.asset().id()) || !spends.isMoreThan(cap)) {
        return null;
      }
      return new Miss(
          spends + " is more than " + cap + " at once",
          "spend at most " + cap + " per transaction");
    }
  }

  /// At most this many dollars at once, by the mandate's own valuations.
  record UsdPerTransaction(Amount cap) implements Condition {
    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      Amount value = valuations.usd(intent.spends());
      if (value == null) {
        return unvalued(intent.spends().asset());
      }
      return value.isMoreThan(cap)
          ? new Miss(
              intent.spends() + " is valued at " + usd(value) + ", more than " + usd(cap),
              "spend at most " + usd(cap) + " per transaction")
          : null;
    }
  }

  /// At most this much within any window of this length, if the intent spends this asset.
  record Rolling(Amount cap, Duration window) implements Condition {
    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      Amount spends = intent.spends();
      if (!spends.asset().id().equals(cap.asset().id())) {
        return null;
      }
      return over(rule, spends, cap, window, facts, spends.toString(), cap.toString());
    }
  }

  /// At most this many dollars within any window of this length.
  record UsdRolling(Amount cap, Duration window) implements Condition {
    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      Amount value = valuations.usd(intent.spends());
      if (value == null) {
        return unvalued(intent.spends().asset());
      }
      return over(
          rule, value, cap, window, facts, intent.spends() + " (" + usd(value) + ")", usd(cap));
    }
  }

  /// What is received is worth at least what is sold, less this share, by the mandate's valuations.
  ///
  /// @param percent 0 to 100
  record MaximumLoss(BigDecimal percent) implements Condition {
    @Override
    public @Nullable Miss check(String rule, Intent intent, Facts facts, Valuations valuations) {
      if (!(intent instanceof Intent.Swap swap)) {
        return new Miss("it is no swap", "use a rule without maximum-loss");
      }
      Amount sold = valuations.usd(swap.sell());
      Amount bought = valuations.usd(swap.minimum());
      if (sold == null) {
        return unvalued(swap.sell().asset());
      }
      if (bought == null) {
        return unvalued(swap.minimum().asset());
      }
      BigDecimal floor =
          new BigDecimal(sold.baseUnits())
              .multiply(BigDecimal.valueOf(100).subtract(percent))
              .movePointLeft(2);
      return new BigDecimal(bought.baseUnits()).compareTo(floor) >= 0
          ? null
          : new Miss(
              swap.sell()
                  + " is valued at "
                  + usd(sold)
                  + ", but the swap may return as little as "
                  + usd(bought),
              "ask for a minimum worth at least "
                  + usd(new Amount(Asset.USD, floor.setScale(0, RoundingMode.UP).toBigInteger()))
                  + ", or renew the mandate's valuations");
    }
  }

  private static Miss unvalued(Asset asset) {
    return new Miss(
        "the mandate does not value " + asset.symbol(),
        "add " + asset.symbol() + " to the mandate's valuations");
  }

  private static @Nullable Miss over(
      String rule,
      Amount spends,
      Amount cap,
      Duration window,
      Facts facts,
      String spendsText,
      String capText) {
    BigInteger before = facts.spent(new BudgetKey(rule, cap.asset().id(), window));
    Amount left = new Amount(cap.asset(), cap.baseUnits().subtract(before).max(BigInteger.ZERO));
    if (!spends.isMoreThan(left)) {
      return null;
    }
    String leftText = cap.asset().id().equals(AssetId.USD) ? usd(left) : left.toString();
    return new Miss(
        spendsText
            + " is more than the "
            + leftText
            + " left of "
            + capText
            + " per "
            + text(window),
        "spend at most " + leftText + " now, or wait until earlier spending leaves the window");
  }

  private static String text(Duration window) {
    if (window.toDays() > 0 && window.equals(Duration.ofDays(window.toDays()))) {
      return window.toDays() == 1 ? "24 hours" : window.toDays() + " days";
    }
    return window.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }

  private static String usd(Amount amount) {
    return "$"
        + new BigDecimal(amount.baseUnits(), Asset.USD.decimals())
            .setScale(2, RoundingMode.HALF_UP)
            .toPlainString();
  }
}
