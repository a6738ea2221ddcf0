package org.supercargo.testkit.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.OrderReport;
import org.supercargo.engine.OrderRound;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.testkit.ManualClock;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// A harbour with an agent that has standing orders, and how tests look at them.
abstract class StandingOrders {
  static final int MOST_CRASHES = 200;
  static final Duration DAY = Duration.ofDays(1);
  static final Duration WEEK = Duration.ofDays(7);

  /// The clock starts a day before the first moment.
  static final Instant FIRST = ManualClock.START.plus(DAY);

  static final String WEEKLY =
      """
      orders:
        weekly:
          do: send
          with: {payee: alice, amount: 2 USDC, chain: base}
          every: 7d
          from: %s
      """
          .formatted(FIRST);

  static final String STOP_LOSS =
      """
      orders:
        stop-loss:
          do: swap
          with: {sell: 25 USDC, minimum: 0.0099 ETH}
          when: {price-of: ETH, in: USDC, chain: base, at-or-below: 2400.5}
      """;

  Harbour harbour = harbour(WEEKLY);

  static Harbour harbour(String orders) {
    return new Harbour(Harbour.FILE + orders, new ScriptedFaults(), new ScriptedFaults());
  }

  /// An agent of this process; its model has no script, so whoever asks it anything fails the test.
  OrderRound look() {
    return look(harbour.wiring(ScriptedModel.inOrder()));
  }

  OrderRound look(Wiring wiring) {
    try (var runtime = AgentRuntime.open(harbour.file, wiring, Harbour.OWNER)) {
      runtime.reconcile();
      return runtime.runOrders();
    }
  }

  static OrderReport only(OrderRound round) {
    assertThat(round.orders()).hasSize(1);
    return round.orders().getFirst();
  }

  static Outcome outcome(OrderReport report) {
    assertThat(report.tick()).as("tick of %s", report).isNotNull();
    return requireNonNull(report.tick()).outcome();
  }

  String alice() {
    return harbour.balance(Harbour.ALICE_ON_BASE, harbour.asset("USDC", ChainId.BASE)).number();
  }

  void price(String usdc) {
    harbour.venue.price(
        harbour.amount("1", "ETH", ChainId.BASE), harbour.amount(usdc, "USDC", ChainId.BASE));
  }

  long ticks() {
    return harbour.store.read(view -> view.lastTick(Harbour.AGENT));
  }

  Optional<ActedOrder> acted(String order) {
    return harbour.store.read(view -> view.order(Harbour.AGENT, order));
  }

  Optional<JournalRow> lastRow() {
    return harbour.store.read(view -> view.lastJournalRow(Harbour.AGENT));
  }

  void until(Instant moment) {
    harbour.clock.advance(Duration.between(harbour.clock.instant(), moment));
  }
}
