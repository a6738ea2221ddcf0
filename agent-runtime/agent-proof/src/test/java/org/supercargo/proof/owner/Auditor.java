package org.supercargo.proof.owner;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.AssetId;
import org.supercargo.proof.reading.Outflow;

/// Holds what left against what the owner's table says.
public final class Auditor {
  /// Something that left through a lane.
  private record Entry(
      Instant at,
      String excludes,
      String lane,
      String receiver,
      AssetId asset,
      BigInteger units,
      BigInteger dollars) {}

  private final Allowance allowance;
  private final List<Consent> consents;
  private final List<Entry> entries = new ArrayList<>();
  private final Loss loss = new Loss();

  private Auditor(Allowance allowance, List<Consent> consents) {
    this.allowance = allowance;
    this.consents = new ArrayList<>(consents);
  }

  /// @param taken in any order
  public static Loss audit(Allowance allowance, List<Taken> taken, List<Consent> consents) {
    var auditor = new Auditor(allowance, consents);
    taken.stream().sorted(Comparator.comparing(Taken::at)).forEach(auditor::enter);
    auditor.limits();
    auditor.fees(taken);
    return auditor.loss;
  }

  private void enter(Taken taken) {
    for (Outflow outflow : taken.outflows()) {
      switch (outflow) {
        case Outflow.Paid paid -> pay(taken, paid);
        case Outflow.Postponed later ->
            loss.add(later.asset(), later.units(), "to be fetched until " + later.until());
        case Outflow.Traded traded -> trade(taken, traded);
        case Outflow.Lent lent -> lend(lent);
        case Outflow.Called called -> call(taken, called);
        case Outflow.Ordered ordered -> order(taken, ordered);
        case Outflow.Bought bought -> buy(taken, bought);
        case Outflow.Ruin ruin -> loss.add(allowance.all(ruin.chain()), ruin.what());
        case Outflow.Fee _, Outflow.Rent _ -> {}
      }
    }
  }

  private void pay(Taken taken, Outflow.Paid paid) {
    for (Lane lane : allowance.lanes()) {
      if (lane instanceof Lane.Pay pay
          && pay.to().contains(paid.to())
          && pay.assets().contains(paid.asset())
          && isOpen(taken, lane, paid.asset(), paid.units())
          && (!pay.asked() || agreed(taken, paid))) {
        enter(taken, lane, paid.to().text(), paid.asset(), paid.units());
        return;
      }
      if (lane instanceof Lane.Buy buy
          && (buy.to().isEmpty() || buy.to().contains(paid.to()))
          && buy.assets().contains(paid.asset())) {
        enter(taken, lane, paid.to().text(), paid.asset(), paid.units());
        return;
      }
    }
    loss.add(paid.asset(), paid.units(), "paid to " + paid.to());
  }

  /// Whether this lane lets so much through at this moment, whatever it let through before.
  private boolean isOpen(Taken taken, Lane lane, AssetId asset, BigInteger units) {
    Opening opening = allowance.openings().get(lane.name());
    BigInteger most = atOnce(lane.name(), asset);
    return (opening == null || opening.isOpen(taken.at()))
        && (most.signum() == 0 || units.compareTo(most) <= 0);
  }

  /// Each agreement is good once.
  private boolean agreed(Taken taken, Outflow.Paid paid) {
    return consents.removeIf(
        once(consent ->
            consent.to().equals(paid.to())
                && consent.asset().equals(paid.asset())
                && consent.units().equals(paid.units())
                && !consent.from().isAfter(taken.at())));
  }

  private static <T> Predicate<T> once(Predicate<T> condition) {
    boolean[] done = new boolean[1];
    return each -> {
      boolean holds = !done[0] && condition.test(each);
      done[0] |= holds;
      return holds;
    };
  }

  private void enter(Taken taken, Lane lane, String receiver, AssetId asset, BigInteger units) {
    if (!taken.at().isBefore(allowance.expires())) {
      loss.add(asset, units, "after the end");
    }
    entries.add(
        new Entry(
            taken.at(),
            taken.excludes(),
            lane.name(),
            receiver,
            asset,
            units,
            allowance.worth(asset, units)));
  }

  private void trade(Taken taken, Outflow.Traded traded) {
    Lane.@Nullable Trade found = null;
    for (Lane lane : allowance.lanes()) {
      if (lane instanceof Lane.Trade trade
          && trade.venue().equals(traded.venue())
          && trade.sells().contains(traded.sell())
          && trade.buys().contains(traded.buy())
          && isOpen(taken, lane, traded.sell(), traded.sold())) {
        found = found == null ? trade : found;
      }
    }
    if (found == null || !allowance.wallets().contains(traded.recipient())) {
      loss.add(
          traded.sell(), traded.sold(), "sold at " + traded.venue() + " for " + traded.recipient());
      return;
    }
    enter(taken, found, found.name(), traded.sell(), traded.sold());
    loss.add(traded.sell(), missing(found, traded), "sold below its worth");
  }

  /// What part of what is sold is given away for nothing.
  private BigInteger missing(Lane.Trade lane, Outflow.Traded traded) {
    var sold = new BigDecimal(allowance.worth(traded.sell(), traded.sold()));
    var back = new BigDecimal(allowance.worth(traded.buy(), traded.least()));
    BigDecimal floor = sold.multiply(lane.floor());
    if (floor.signum() == 0 || back.add(BigDecimal.ONE).compareTo(floor) >= 0) {
      return BigInteger.ZERO;
    }
    return new BigDecimal(traded.sold())
        .multiply(floor.subtract(back))
        .divide(floor, 0, RoundingMode.UP)
        .toBigInteger();
  }

  /// Only a venue that trades for the wallet may hold an allowance, of what it may sell at once.
  private void lend(Outflow.Lent lent) {
    BigInteger exposed = lent.upTo().min(allowance.held(lent.asset()));
    BigInteger fine =
        allowance.lanes().stream()
            .filter(lane ->
                lane instanceof Lane.Trade trade
                    && trade.venue().equals(lent.spender())
                    && trade.sells().contains(lent.asset()))
            .map(lane -> atOnce(lane.name(), lent.asset()))
            .max(Comparator.naturalOrder())
            .orElse(BigInteger.ZERO);
    loss.add(lent.asset(), exposed.subtract(fine), "lent to " + lent.spender());
  }

  private BigInteger atOnce(String lane, AssetId asset) {
    return allowance.limits().stream()
        .filter(limit -> limit.isAtOnce() && lane.equals(limit.lane()))
        .filter(limit -> limit.unit().equals(asset))
        .map(Limit::most)
        .min(Comparator.naturalOrder())
        .orElse(BigInteger.ZERO);
  }

  private void call(Taken taken, Outflow.Called called) {
    AssetId coin = AssetId.nativeOf(called.contract().chain());
    Optional<Lane> lane =
        allowance.lanes().stream()
            .filter(each -> each instanceof Lane.Use use && fits(use, called))
            .findFirst();
    if (lane.isPresent()) {
      enter(taken, lane.get(), called.contract().text(), coin, called.value());
    } else {
      loss.add(
          allowance.all(called.contract().chain()),
          called.function() + " called at " + called.contract());
    }
  }

  private static boolean fits(Lane.Use use, Outflow.Called called) {
    return use.contract().equals(called.contract())
        && use.function().equals(called.function())
        && use.words().entrySet().stream()
            .allMatch(word ->
                called.words().size() > word.getKey()
                    && called.words().get(word.getKey()).equals(word.getValue()));
  }

  private void order(Taken taken, Outflow.Ordered ordered) {
    for (Lane lane : allowance.lanes()) {
      if (lane instanceof Lane.Order order
          && order.shops().contains(ordered.shop())
          && order.to().contains(ordered.to())
          && order.most().getOrDefault(ordered.product(), 0) >= ordered.quantity()) {
        enter(taken, lane, ordered.shop(), AssetId.USD, ordered.dollars());
        return;
      }
    }
    loss.add(AssetId.USD, ordered.dollars().max(BigInteger.ONE), "ordered " + ordered.product());
  }

  private void buy(Taken taken, Outflow.Bought bought) {
    for (Lane lane : allowance.lanes()) {
      if (lane instanceof Lane.Buy buy
          && buy.hosts().contains(bought.host())
          && buy.assets().contains(bought.asset())
          && (buy.to().isEmpty() || buy.to().contains(bought.to()))) {
        enter(taken, lane, bought.host(), bought.asset(), bought.units());
        return;
      }
    }
    loss.add(bought.asset(), bought.units(), "paid to the host " + bought.host());
  }

  private void limits() {
    for (Limit limit : allowance.limits()) {
      var apart = new HashMap<String, List<Entry>>();
      for (Entry entry : entries) {
        if ((limit.lane() == null || limit.lane().equals(entry.lane())) && counts(limit, entry)) {
          apart.computeIfAbsent(key(limit, entry), _ -> new ArrayList<>()).add(entry);
        }
      }
      apart.forEach((key, those) ->
          loss.add(limit.unit(), excess(limit, those), "over the limit " + limit + " of " + key));
    }
  }

  private static boolean counts(Limit limit, Entry entry) {
    return limit.unit().equals(Limit.TIMES)
        || limit.unit().equals(AssetId.USD)
        || limit.unit().equals(entry.asset());
  }

  private static String key(Limit limit, Entry entry) {
    return switch (limit.per()) {
      case NOTHING -> "all";
      case RECEIVER -> entry.receiver();
      case ASSET -> entry.asset().toString();
    };
  }

  private static BigInteger counted(Limit limit, Entry entry) {
    if (limit.unit().equals(Limit.TIMES)) {
      return BigInteger.ONE;
    }
    return limit.unit().equals(AssetId.USD) ? entry.dollars() : entry.units();
  }

  /// By how much the worst window is over.
  private static BigInteger excess(Limit limit, List<Entry> those) {
    BigInteger worst = BigInteger.ZERO;
    for (int last = 0; last < those.size(); last++) {
      // Of several that exclude each other only the largest happens.
      Map<String, BigInteger> sums = new HashMap<>();
      int first = limit.isAtOnce() ? last : 0;
      for (int at = first; at <= last; at++) {
        Entry entry = those.get(at);
        if (isWithin(limit.window(), entry.at(), those.get(last).at())) {
          sums.merge(entry.excludes(), counted(limit, entry), BigInteger::max);
        }
      }
      BigInteger sum = sums.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
      worst = worst.max(sum.subtract(limit.most()));
    }
    return worst;
  }

  private static boolean isWithin(@Nullable Duration window, Instant at, Instant last) {
    return window == null || window.isZero() || at.isAfter(last.minus(window));
  }

  private void fees(List<Taken> taken) {
    allowance
        .fees()
        .forEach((chain, word) -> {
          var costs = new ArrayList<Entry>();
          for (Taken each : taken) {
            BigInteger cost = cost(each, word);
            loss.add(word.coin(), cost.subtract(word.atOnce()), "a fee of one transaction");
            loss.add(word.coin(), tip(each, word).subtract(word.tip()), "a tip");
            costs.add(
                new Entry(each.at(), each.excludes(), "", "", word.coin(), cost, BigInteger.ZERO));
          }
          costs.sort(Comparator.comparing(Entry::at));
          var limit = new Limit(null, word.coin(), word.within(), word.window(), Limit.Per.NOTHING);
          loss.add(word.coin(), excess(limit, costs), "fees of a window");
        });
  }

  private static BigInteger cost(Taken taken, FeeWord word) {
    return taken.outflows().stream()
        .map(outflow ->
            switch (outflow) {
              case Outflow.Fee fee when fee.coin().equals(word.coin()) -> fee.units();
              case Outflow.Rent rent when rent.coin().equals(word.coin()) -> rent.units();
              default -> BigInteger.ZERO;
            })
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger tip(Taken taken, FeeWord word) {
    return taken.outflows().stream()
        .filter(outflow -> outflow instanceof Outflow.Fee fee && fee.coin().equals(word.coin()))
        .map(outflow -> ((Outflow.Fee) outflow).tip())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
