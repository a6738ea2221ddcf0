package org.supercargo.engine.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.MarketCondition;
import org.supercargo.api.mandate.Rule;

/// Looks at one rule: whether it can apply at all, and whether its bounds bind.
///
/// @param path of the rule in its file
record RuleInspection(AgentSpec spec, Rule rule, String path) {
  private static final BigDecimal LOOSE = BigDecimal.TEN;

  void inspect(MandateInspection.Report report) {
    if (rule.decision() == Rule.Decision.DENY) {
      return;
    }
    inspectChains(report);
    inspectCaps(report);
    inspectValues(report);
    inspectOrigins(report);
    new CallInspection(spec, rule, path).inspect(report);
    if (!bounded(rule.conditions()) && !bounded(mandate().limits())) {
      report.warn(
          path,
          "nothing bounds how often " + named() + " applies",
          "Add rolling, lifetime or count to it, or to the mandate's limits.");
    }
  }

  private Mandate mandate() {
    return spec.mandate();
  }

  private String named() {
    return "rule \"" + rule.name() + "\"";
  }

  private static boolean bounded(List<? extends Condition> caps) {
    return caps.stream().anyMatch(cap -> cap instanceof Cap.Budget || cap instanceof Cap.Count);
  }

  private static <T> Stream<T> all(Rule rule, Class<T> type) {
    return rule.conditions().stream().filter(type::isInstance).map(type::cast);
  }

  /// What a rule may spend; dollars for one about orders.
  static Set<AssetId> spends(Rule rule) {
    var spends = new LinkedHashSet<AssetId>();
    all(rule, Condition.Spends.class).forEach(each -> spends.addAll(each.assets()));
    if (rule.kinds().contains(Intent.Kind.ORDER)) {
      spends.add(AssetId.USD);
    }
    return spends;
  }

  /// The asset a cap counts in; null when it counts none.
  static @Nullable AssetId asset(Condition condition) {
    Amount cap = amount(condition);
    return cap == null ? null : cap.asset().id();
  }

  private static @Nullable Amount amount(Condition condition) {
    return switch (condition) {
      case Cap.PerTransaction once -> once.cap();
      case Cap.Budget budget -> budget.cap();
      default -> null;
    };
  }

  private void inspectChains(MandateInspection.Report report) {
    all(rule, Condition.OnChain.class)
        .flatMap(on -> on.chains().stream())
        .forEach(chain -> {
          if (!spec.wallets().containsKey(chain)) {
            report.warn(
                path + ".chains",
                named() + " applies on " + chain.name() + ", where the agent has no wallet",
                "Add one to wallets, or remove the chain.");
          }
          inspectFees(chain, report);
        });
  }

  private void inspectFees(ChainId chain, MandateInspection.Report report) {
    FeeLimit fees = mandate().fees().get(chain);
    if (fees == null) {
      report.warn(
          path + ".chains",
          named() + " never applies on " + chain.name() + ": the mandate sets no fees there",
          "Add " + chain.name() + " to the mandate's fees.");
    } else if (rule.kinds().contains(Intent.Kind.SWAP)
        && fees.perTransaction()
                .baseUnits()
                .multiply(BigInteger.TWO)
                .compareTo(fees.rolling().baseUnits())
            > 0) {
      report.warn(
          path,
          named()
              + " never applies: a swap may take two transactions of "
              + fees.perTransaction()
              + ", more than the rolling fees of "
              + fees.rolling(),
          "Raise the rolling fee limit.");
    }
  }

  private void inspectCaps(MandateInspection.Report report) {
    all(rule, Cap.PerTransaction.class)
        .map(Cap.PerTransaction::cap)
        .forEach(once -> {
          Stream.concat(rule.conditions().stream(), mandate().limits().stream())
              .map(RuleInspection::amount)
              .filter(cap -> cap != null && cap.asset().equals(once.asset()))
              .filter(once::isMoreThan)
              .findFirst()
              .ifPresent(cap ->
                  report.warn(
                      path + ".per-transaction",
                      money(once) + " at once is never reached: only " + money(cap) + " is allowed",
                      "Lower per-transaction, or raise the other cap."));
        });
    all(rule, Condition.Above.class)
        .forEach(above ->
            all(rule, Cap.PerTransaction.class)
                .filter(once -> once.cap().asset().equals(above.threshold().asset()))
                .filter(once -> !once.cap().isMoreThan(above.threshold()))
                .findFirst()
                .ifPresent(once ->
                    report.warn(
                        path + ".above",
                        named()
                            + " never applies: nothing is above "
                            + money(above.threshold())
                            + " and at most "
                            + money(once.cap()),
                        "Lower above, or raise per-transaction.")));
    all(rule, Cap.ShareOfBalance.class)
        .filter(share -> share.percent().compareTo(BigDecimal.valueOf(100)) == 0)
        .forEach(_ ->
            report.warn(
                path + ".share-of-balance",
                "100 % of a balance is all of it and bounds nothing",
                "Use a share such as 10%."));
  }

  private static String money(Amount amount) {
    return amount.asset().id().equals(AssetId.USD) ? "$" + amount.number() : amount.toString();
  }

  private void inspectValues(MandateInspection.Report report) {
    boolean dollars =
        Stream.concat(rule.conditions().stream(), mandate().limits().stream())
            .anyMatch(cap -> AssetId.USD.equals(asset(cap)));
    boolean loss = all(rule, MarketCondition.MaximumLoss.class).findAny().isPresent();
    boolean slippage = all(rule, MarketCondition.MaximumSlippage.class).findAny().isPresent();
    var needed = new LinkedHashSet<AssetId>();
    if (dollars || loss) {
      needed.addAll(spends(rule));
    }
    if (loss) {
      all(rule, Condition.Buys.class).forEach(buys -> needed.addAll(buys.assets()));
    }
    needed.remove(AssetId.USD);
    needed.removeAll(mandate().valuations().usdPerUnit().keySet());
    if (mandate().quoteAge() != null && dollars) {
      inspectUnits(needed, report);
    }
    if (mandate().quoteAge() == null) {
      for (AssetId asset : needed) {
        String symbol = spec.asset(asset).map(Asset::symbol).orElse(asset.toString());
        report.warn(
            path,
            named() + " never applies to " + symbol + ": nothing says what it is worth",
            "Add " + symbol + " to the valuations, or \"quote-age: 5m\" to the mandate.");
      }
      if (slippage) {
        report.warn(
            path + ".maximum-slippage",
            named() + " never applies: without quote-age no price counts",
            "Add \"quote-age: 5m\" to the mandate.");
      }
    }
    inspectLosses(report);
  }

  /// Valuations are the owner's; prices are what the runtime brings to the signer.
  private void inspectUnits(Set<AssetId> unvalued, MandateInspection.Report report) {
    for (AssetId asset : spends(rule)) {
      if (unvalued.contains(asset)
          && rule.conditions().stream().noneMatch(cap -> asset.equals(asset(cap)))) {
        String symbol = spec.asset(asset).map(Asset::symbol).orElse(asset.toString());
        report.warn(
            path,
            named()
                + " bounds "
                + symbol
                + " by its price alone, and a false price makes much look like little",
            "Cap " + symbol + " in its own units too, or add it to the valuations.");
      }
    }
  }

  private void inspectLosses(MandateInspection.Report report) {
    all(rule, MarketCondition.MaximumLoss.class)
        .filter(loss -> loss.percent().compareTo(LOOSE) > 0)
        .forEach(loss -> loose(report, "maximum-loss", loss.percent()));
    all(rule, MarketCondition.MaximumSlippage.class)
        .filter(slippage -> slippage.percent().compareTo(LOOSE) > 0)
        .forEach(slippage -> loose(report, "maximum-slippage", slippage.percent()));
  }

  private void loose(MandateInspection.Report report, String key, BigDecimal percent) {
    report.warn(
        path + "." + key,
        "each swap under " + named() + " may lose " + percent.toPlainString() + " %",
        "Use 1% to 3%; a swap that needs more is a bad one.");
  }

  private void inspectOrigins(MandateInspection.Report report) {
    boolean trustedPayee =
        rule.kinds().contains(Intent.Kind.TRANSFER) || rule.kinds().contains(Intent.Kind.ORDER);
    all(rule, Condition.Origin.class)
        .forEach(origin -> {
          boolean never =
              origin.field() == Field.AMOUNT
                  ? origin.allowed().equals(Set.of(Provenance.MANDATE))
                  : trustedPayee && origin.allowed().stream().noneMatch(Provenance::isTrusted);
          if (never) {
            report.warn(
                path + "." + origin.field().word() + "-from",
                named()
                    + " never applies: no "
                    + origin.field().word()
                    + " that is allowed comes"
                    + " from there",
                origin.field() == Field.AMOUNT
                    ? "Use owner for amounts in the goal's own words."
                    : "Use owner or mandate; nothing else may say who is paid.");
          }
        });
  }
}
