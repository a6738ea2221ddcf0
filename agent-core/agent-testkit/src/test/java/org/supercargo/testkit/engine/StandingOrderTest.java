package org.supercargo.testkit.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.mandate.Field;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.OrderReport;
import org.supercargo.engine.OrderRound;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.testkit.FakeCodec;
import org.supercargo.testkit.ScriptedModel;

/// What an owner wants done whenever something holds is done once each time, without a model.
final class StandingOrderTest extends StandingOrders {
  @Test
  void an_order_that_is_not_due_leaves_no_trace() {
    look();
    Optional<JournalRow> before = lastRow();
    OrderRound round = look();
    assertThat(only(round))
        .isEqualTo(new OrderReport("weekly", false, "", "its first moment is " + FIRST, null));
    assertThat(round.next()).isEqualTo(FIRST);
    assertThat(round.watchesPrices()).isFalse();
    assertThat(lastRow()).isEqualTo(before);
    assertThat(ticks()).isZero();
    assertThat(acted("weekly")).isEmpty();
  }

  @Test
  void an_order_with_a_schedule_acts_once_at_each_of_its_moments() {
    until(FIRST.minusNanos(1));
    assertThat(only(look()).due()).isFalse();
    for (int moment = 0; moment < 3; moment++) {
      until(FIRST.plus(WEEK.multipliedBy(moment)));
      OrderRound round = look();
      assertThat(only(round).due()).as("moment %d", moment).isTrue();
      assertThat(outcome(only(round))).isEqualTo(Outcome.DONE);
      assertThat(round.next()).isEqualTo(FIRST.plus(WEEK.multipliedBy(moment + 1L)));
      assertThat(only(look()).due()).as("once more at moment %d", moment).isFalse();
      assertThat(alice()).isEqualTo(String.valueOf(2 * (moment + 1)));
    }
    assertThat(acted("weekly")).contains(new ActedOrder(3, FIRST.plus(WEEK.multipliedBy(2))));
    new Books(harbour, "three weeks").mustBeTrue();
  }

  @Test
  void of_moments_that_passed_while_nothing_ran_only_the_last_counts() {
    until(FIRST.plus(WEEK.multipliedBy(5)).plus(DAY));
    OrderRound round = look();
    assertThat(only(round).reason())
        .isEqualTo("its moment was " + FIRST.plus(WEEK.multipliedBy(5)));
    assertThat(acted("weekly")).contains(new ActedOrder(1, FIRST.plus(WEEK.multipliedBy(5))));
    assertThat(round.next()).isEqualTo(FIRST.plus(WEEK.multipliedBy(6)));
    assertThat(only(look()).due()).isFalse();
    assertThat(alice()).isEqualTo("2");
  }

  @Test
  void the_record_of_an_order_says_what_was_seen_and_that_no_model_was_asked() {
    harbour = harbour(STOP_LOSS);
    price("2400.5");
    look();
    List<JournalEvent> events =
        new Books(harbour, "one order")
            .records().stream()
                .filter(journalled -> journalled.tick() == 1)
                .map(JournalRecord::event)
                .toList();
    assertThat(events.get(0))
        .isEqualTo(
            new JournalEvent.TickStarted(
                "standing order stop-loss: swap, minimum: 0.0099 ETH, sell: 25 USDC",
                harbour.file.digest(),
                "none"));
    assertThat(events.get(1))
        .isEqualTo(
            new JournalEvent.OrderChecked(
                "stop-loss",
                "2400.5 USDC by exchange",
                true,
                "the price is at or below 2400.5 USDC"));
    assertThat(events).noneMatch(JournalEvent.ModelAsked.class::isInstance);
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            JournalEvent.TickEnded.class,
            ended -> assertThat(ended.text()).startsWith("Standing order stop-loss: "));
  }

  @Test
  void an_order_at_or_below_a_price_acts_at_it_and_not_a_base_unit_above() {
    harbour = harbour(STOP_LOSS);
    price("2400.500001");
    OrderRound round = look();
    assertThat(only(round))
        .isEqualTo(
            new OrderReport(
                "stop-loss",
                false,
                "2400.500001 USDC by exchange",
                "the price is not at or below 2400.5 USDC",
                null));
    assertThat(round.next()).isNull();
    assertThat(round.watchesPrices()).isTrue();
    price("2400.5");
    assertThat(outcome(only(look()))).isEqualTo(Outcome.DONE);
  }

  @Test
  void an_order_at_or_above_a_price_acts_at_it_and_not_a_base_unit_below() {
    harbour = harbour(STOP_LOSS.replace("at-or-below", "at-or-above"));
    price("2400.499999");
    assertThat(only(look()).due()).isFalse();
    price("2400.5");
    assertThat(outcome(only(look()))).isEqualTo(Outcome.DONE);
  }

  @Test
  void an_order_at_a_price_acts_as_often_as_it_may_and_once_at_a_time() {
    harbour = harbour(STOP_LOSS + "    most: 2\n");
    price("2000");
    try (AgentRuntime runtime = harbour.openWithBooks(ScriptedModel.inOrder())) {
      assertThat(only(runtime.runOrders()).due()).isTrue();
      harbour.clock.advance(Duration.ofMillis(1));
      assertThat(only(runtime.runOrders()).due()).isTrue();
      harbour.clock.advance(DAY);
      OrderRound third = runtime.runOrders();
      assertThat(only(third).reason()).isEqualTo("it has acted 2 times, which is all it may");
      assertThat(third.watchesPrices()).isFalse();
    }
    assertThat(ticks()).isEqualTo(2);
  }

  @Test
  void an_order_with_a_schedule_ends_after_as_many_times_as_it_may_act() {
    harbour = harbour(WEEKLY + "    most: 1\n");
    until(FIRST);
    assertThat(look().next()).isNull();
    until(FIRST.plus(WEEK));
    assertThat(only(look()).due()).isFalse();
    assertThat(alice()).isEqualTo("2");
  }

  @Test
  void an_order_does_nothing_from_its_end_on_not_even_what_it_missed() {
    harbour = harbour(WEEKLY + "    until: %s\n".formatted(FIRST.plus(DAY)));
    assertThat(look().next()).isEqualTo(FIRST);
    until(FIRST.plus(DAY));
    OrderRound round = look();
    assertThat(only(round).reason()).isEqualTo("it ended at " + FIRST.plus(DAY));
    assertThat(round.next()).isNull();
    assertThat(alice()).isEqualTo("0");
  }

  @Test
  void an_order_that_acted_is_not_due_again_before_its_end() {
    harbour = harbour(WEEKLY + "    until: %s\n".formatted(FIRST.plus(DAY)));
    until(FIRST);
    assertThat(look().next()).as("the moment after the end").isNull();
    assertThat(alice()).isEqualTo("2");
  }

  @Test
  void an_order_the_mandate_refuses_has_had_its_turn() {
    harbour = harbour(WEEKLY.replace("2 USDC", "11 USDC"));
    until(FIRST);
    OrderReport refused = only(look());
    assertThat(outcome(refused)).isEqualTo(Outcome.REFUSED);
    assertThat(requireNonNull(refused.tick()).text()).contains("11 USDC");
    assertThat(only(look()).due()).isFalse();
    assertThat(acted("weekly")).contains(new ActedOrder(1, FIRST));
    assertThat(alice()).isEqualTo("0");
    new Books(harbour, "a refused order").mustBeTrue();
  }

  @Test
  void an_order_for_an_action_nobody_has_is_refused_and_asks_no_model() {
    harbour = harbour(WEEKLY.replace("do: send", "do: dance"));
    until(FIRST);
    assertThat(outcome(only(look()))).isEqualTo(Outcome.REFUSED);
    new Books(harbour, "an unknown action").replayIsIdentical();
  }

  @Test
  void an_alarm_holds_orders_back_and_costs_none_of_them_its_turn() {
    look();
    harbour.someoneElsePaysFrom(ChainId.BASE);
    until(FIRST);
    OrderRound held = look();
    assertThat(only(held).reason()).startsWith("it waits until the owner has looked at an alarm: ");
    assertThat(held.next()).isEqualTo(FIRST);
    assertThat(acted("weekly")).isEmpty();
    assertThat(ticks()).isZero();
  }

  @Test
  void an_address_and_an_amount_in_an_order_are_the_owners_words() {
    String zoe = FakeCodec.account(ChainId.BASE, "zoe").text();
    harbour = harbour(WEEKLY.replace("payee: alice", "payee: " + zoe));
    until(FIRST);
    assertThat(outcome(only(look()))).as("the mandate pays nobody else").isEqualTo(Outcome.REFUSED);
    assertThat(new Books(harbour, "an address").records())
        .extracting(JournalRecord::event)
        .filteredOn(JournalEvent.IntentProposed.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            JournalEvent.IntentProposed.class,
            proposed ->
                assertThat(proposed.origins())
                    .containsEntry(Field.PAYEE, Provenance.OWNER)
                    .containsEntry(Field.AMOUNT, Provenance.OWNER));
  }

  @Test
  void orders_are_looked_at_in_the_files_order_and_each_gets_its_turn() {
    harbour = harbour(WEEKLY + STOP_LOSS.replace("orders:\n", ""));
    until(FIRST);
    price("2000");
    assertThat(look().orders())
        .allSatisfy(report -> assertThat(outcome(report)).isEqualTo(Outcome.DONE))
        .extracting(OrderReport::order)
        .containsExactly("weekly", "stop-loss");
    assertThat(ticks()).isEqualTo(2);
    new Books(harbour, "two orders").mustBeTrue();
  }
}
