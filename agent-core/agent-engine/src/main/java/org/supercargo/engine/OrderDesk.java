package org.supercargo.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.StandingOrder;
import org.supercargo.api.agent.StandingOrder.Trigger;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.store.ActedOrder;

/// Knows which standing orders are due, and begins their ticks.
final class OrderDesk {
  private final Execution execution;
  private final OrderPrices prices;

  OrderDesk(Execution execution, OrderPrices prices) {
    this.execution = execution;
    this.prices = prices;
  }

  /// What a look at an order found.
  ///
  /// @param price that was seen, in words; empty if none was looked at
  /// @param moment it acts for; null if it is not due
  record Look(String price, @Nullable Instant moment, String reason) {
    private static Look notDue(String reason) {
      return new Look("", null, reason);
    }
  }

  /// Looks whether an order is due, and writes nothing.
  Look look(StandingOrder order) {
    Instant now = execution.now();
    Optional<ActedOrder> acted = acted(order);
    String over = over(order, acted, now);
    if (over != null) {
      return Look.notDue(over);
    }
    Optional<String> alarm = execution.store().read(view -> view.alarm(execution.spec().id()));
    if (alarm.isPresent()) {
      // An order that acted into an alarm would have had its turn for nothing.
      return Look.notDue("it waits until the owner has looked at an alarm: " + alarm.get());
    }
    return switch (order.trigger()) {
      case Trigger.Every every -> look(every, acted, now);
      case Trigger.AtPrice price -> look(price, acted, now);
      case Trigger.PrepaidBelow prepaid -> look(prepaid, acted, now);
    };
  }

  /// What is under way is not in the balance yet.
  private Look look(Trigger.PrepaidBelow prepaid, Optional<ActedOrder> acted, Instant now) {
    if (acted.isPresent() && !acted.get().last().isBefore(now)) {
      return Look.notDue("it acted at " + acted.get().last());
    }
    String host = prepaid.host();
    boolean isUnderWay =
        execution.store().read(view -> view.openIntents(execution.spec().id())).stream()
            .anyMatch(open ->
                open.intent() instanceof Intent.Payment payment && payment.host().equals(host));
    if (isUnderWay) {
      return Look.notDue("a payment to " + host + " is under way");
    }
    Optional<Amount> left;
    try {
      left = execution.host(host).prepaid();
    } catch (SupercargoException e) {
      return Look.notDue("what is left at " + host + " is not known: " + e.what());
    }
    if (left.isEmpty()) {
      return Look.notDue("nothing is paid to " + host + " in advance");
    }
    String words = left.get() + " left at " + host;
    return left.get().baseUnits().compareTo(prepaid.below().baseUnits()) < 0
        ? new Look(words, now, words + ", less than " + prepaid.below())
        : new Look(words, null, words + ", enough");
  }

  private Optional<ActedOrder> acted(StandingOrder order) {
    return execution.store().read(view -> view.order(execution.spec().id(), order.name()));
  }

  /// Why an order never acts again, or null if it may.
  private static @Nullable String over(
      StandingOrder order, Optional<ActedOrder> acted, Instant now) {
    int times = acted.map(ActedOrder::times).orElse(0);
    if (times >= order.most()) {
      return "it has acted " + times + " times, which is all it may";
    }
    Instant until = order.until();
    return until == null || now.isBefore(until) ? null : "it ended at " + until;
  }

  private static Look look(Trigger.Every every, Optional<ActedOrder> acted, Instant now) {
    if (now.isBefore(every.first())) {
      return Look.notDue("its first moment is " + every.first());
    }
    Instant moment = lastMoment(every, now);
    return acted.isPresent() && !acted.get().last().isBefore(moment)
        ? Look.notDue("its next moment is " + moment.plus(every.every()))
        : new Look("", moment, "its moment was " + moment);
  }

  private static Instant lastMoment(Trigger.Every every, Instant now) {
    long passed = Duration.between(every.first(), now).dividedBy(every.every());
    return every.first().plus(every.every().multipliedBy(passed));
  }

  private Look look(Trigger.AtPrice price, Optional<ActedOrder> acted, Instant now) {
    if (acted.isPresent() && !acted.get().last().isBefore(now)) {
      return Look.notDue("it acted at " + acted.get().last());
    }
    OrderPrices.Seen seen = prices.look(price, now);
    return new Look(seen.price(), seen.isReached() ? now : null, seen.reason());
  }

  /// Begins the tick of an order that is due. In one transaction with what makes it an order's tick
  /// and with its count: whoever finds the tick finds the order, and nobody acts again.
  ///
  /// @return what is recorded of the tick
  List<JournalEvent.OfTick> begin(
      TickId tick, JournalEvent.TickStarted started, StandingOrder order, Look look, Instant at) {
    var checked = new JournalEvent.OrderChecked(order.name(), look.price(), true, look.reason());
    execution.transact(transaction -> {
      transaction.actOn(order.name(), at);
      execution.journal().append(transaction, tick.agent(), tick.number(), started);
      execution.journal().append(transaction, tick.agent(), tick.number(), checked);
    });
    return List.of(started, checked);
  }

  /// When the next order with a schedule is due.
  Optional<Instant> next() {
    Instant now = execution.now();
    return execution.spec().orders().stream()
        .map(order -> next(order, now))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private Optional<Instant> next(StandingOrder order, Instant now) {
    Optional<ActedOrder> acted = acted(order);
    if (over(order, acted, now) != null || !(order.trigger() instanceof Trigger.Every every)) {
      return Optional.empty();
    }
    Instant next = every.first();
    if (!now.isBefore(next)) {
      Instant moment = lastMoment(every, now);
      boolean isPast = acted.isPresent() && !acted.get().last().isBefore(moment);
      next = isPast ? moment.plus(every.every()) : moment;
    }
    Instant until = order.until();
    return until == null || next.isBefore(until) ? Optional.of(next) : Optional.empty();
  }

  /// Whether an order waits for a price or for a balance.
  boolean watchesPrices() {
    Instant now = execution.now();
    return execution.spec().orders().stream()
        .filter(order -> !(order.trigger() instanceof Trigger.Every))
        .anyMatch(order -> over(order, acted(order), now) == null);
  }
}
