package org.supercargo.engine.file;

import java.time.Duration;
import java.time.LocalTime;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.MarketCondition;
import org.supercargo.api.mandate.Rule;

/// Whether one rule applies to everything that another applies to, before anything is spent.
///
/// Errs on the side of silence: what it cannot compare it takes for different.
record RuleCover(Rule broad, Rule narrow) {
  private static final int MINUTES_OF_DAY = 24 * 60;
  private static final int MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;

  boolean isTotal() {
    return broad.kinds().containsAll(narrow.kinds())
        && broad.conditions().stream().allMatch(this::isImplied);
  }

  private <T> Stream<T> narrower(Class<T> type) {
    return narrow.conditions().stream().filter(type::isInstance).map(type::cast);
  }

  private <T> boolean has(Class<T> type, java.util.function.Predicate<T> enough) {
    return narrower(type).anyMatch(enough);
  }

  /// Whether whatever meets the narrow rule's conditions meets this one.
  private boolean isImplied(Condition condition) {
    return switch (condition) {
      case Condition.OnChain on ->
          has(Condition.OnChain.class, own -> on.chains().containsAll(own.chains()));
      case Condition.Spends spends ->
          has(Condition.Spends.class, own -> spends.assets().containsAll(own.assets()));
      case Condition.Pays pays ->
          has(Condition.Pays.class, own -> accounts(pays).containsAll(accounts(own)));
      case Condition.Buys buys ->
          has(Condition.Buys.class, own -> buys.assets().containsAll(own.assets()));
      case Condition.Contracts contracts ->
          has(Condition.Contracts.class, own -> contracts.addresses().containsAll(own.addresses()));
      case Condition.Functions functions ->
          has(
              Condition.Functions.class,
              own -> functions.signatures().containsAll(own.signatures()));
      case Condition.Argument argument ->
          has(
              Condition.Argument.class,
              own ->
                  own.index() == argument.index() && argument.values().containsAll(own.values()));
      case Condition.Hosts hosts ->
          has(Condition.Hosts.class, own -> hosts.hosts().containsAll(own.hosts()));
      case Condition.Shops shops ->
          has(Condition.Shops.class, own -> shops.shops().containsAll(own.shops()));
      case Condition.Products products ->
          has(Condition.Products.class, own -> isWithin(own.most(), products.most()));
      case Condition.During hours ->
          has(
              Condition.During.class,
              own -> own.zone().equals(hours.zone()) && contains(minutes(hours), minutes(own)));
      case Condition.Above above ->
          !spends(above.threshold())
              || has(
                  Condition.Above.class,
                  own ->
                      own.threshold().asset().equals(above.threshold().asset())
                          && !above.threshold().isMoreThan(own.threshold()));
      case Condition.KnownFor known ->
          has(Condition.KnownFor.class, own -> isAtLeast(own.time(), known.time()));
      case Condition.Origin origin ->
          has(
              Condition.Origin.class,
              own -> own.field() == origin.field() && origin.allowed().containsAll(own.allowed()));
      case Cap cap -> isImplied(cap);
      case MarketCondition.MaximumLoss loss ->
          has(
              MarketCondition.MaximumLoss.class,
              own -> own.percent().compareTo(loss.percent()) <= 0);
      case MarketCondition.MaximumSlippage slippage ->
          has(
              MarketCondition.MaximumSlippage.class,
              own -> own.percent().compareTo(slippage.percent()) <= 0);
    };
  }

  private boolean isImplied(Cap cap) {
    return switch (cap) {
      case Cap.PerTransaction once -> isCappedWithin(once.cap());
      case Cap.Budget budget -> isCappedWithin(budget.cap());
      case Cap.Count _ -> true;
      case Cap.ShareOfBalance share ->
          has(Cap.ShareOfBalance.class, own -> own.percent().compareTo(share.percent()) <= 0);
    };
  }

  /// Whether the narrow rule lets through no more of the asset, or none at all.
  private boolean isCappedWithin(Amount cap) {
    return !spends(cap)
        || narrow.conditions().stream()
            .map(RuleCover::amount)
            .anyMatch(
                own -> own != null && own.asset().equals(cap.asset()) && !own.isMoreThan(cap));
  }

  /// Whether an amount says anything about what the narrow rule spends.
  private boolean spends(Amount amount) {
    return amount.asset().id().equals(AssetId.USD)
        || RuleInspection.spends(narrow).contains(amount.asset().id());
  }

  private static @Nullable Amount amount(Condition condition) {
    return switch (condition) {
      case Cap.PerTransaction once -> once.cap();
      case Cap.Budget budget -> budget.cap();
      default -> null;
    };
  }

  private static Set<Address> accounts(Condition.Pays pays) {
    return pays.payees().stream().map(Payee::address).collect(Collectors.toSet());
  }

  private static boolean isWithin(Map<String, Integer> own, Map<String, Integer> most) {
    return own.entrySet().stream()
        .allMatch(entry -> most.getOrDefault(entry.getKey(), 0) >= entry.getValue());
  }

  private static boolean isAtLeast(Duration own, Duration least) {
    return own.compareTo(least) >= 0;
  }

  private static boolean contains(BitSet all, BitSet some) {
    BitSet rest = (BitSet) some.clone();
    rest.andNot(all);
    return rest.isEmpty();
  }

  /// The minutes of a week, from Monday midnight, that hours hold.
  private static BitSet minutes(Condition.During hours) {
    var minutes = new BitSet(MINUTES_OF_WEEK);
    int from = minute(hours.from());
    int until = minute(hours.until());
    int length = until > from ? until - from : until - from + MINUTES_OF_DAY;
    hours
        .days()
        .forEach(day -> {
          int start = (day.getValue() - 1) * MINUTES_OF_DAY + from;
          for (int at = start; at < start + length; at++) {
            minutes.set(at % MINUTES_OF_WEEK);
          }
        });
    return minutes;
  }

  private static int minute(LocalTime time) {
    return time.toSecondOfDay() / 60;
  }
}
