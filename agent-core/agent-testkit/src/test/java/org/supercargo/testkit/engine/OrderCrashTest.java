package org.supercargo.testkit.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.OrderRound;
import org.supercargo.engine.Replay;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoredIntent;
import org.supercargo.testkit.FakeSigner;
import org.supercargo.testkit.ScriptedModel;

/// What a crash, a replay and a forged record make of standing orders.
final class OrderCrashTest extends StandingOrders {

  @Test
  void a_process_that_ends_at_any_point_acts_once_for_the_moment() {
    int number = 1;
    for (; number <= MOST_CRASHES; number++) {
      harbour = harbour(WEEKLY + STOP_LOSS.replace("orders:\n", ""));
      price("2000");
      until(FIRST);
      var points = new CrashPoints(number);
      List<AgentRuntime> opened = new ArrayList<>();
      boolean crashed = false;
      try {
        liveOn(points, opened);
      } catch (CrashPoints.SimulatedCrash crash) {
        crashed = true;
        liveOn(new CrashPoints(0), opened);
      }
      opened.forEach(AgentRuntime::close);
      actedOnce("crash " + number + " " + points.crash());
      if (!crashed) {
        break;
      }
    }
    assertThat(number).as("crashes until a run went through").isBetween(40, MOST_CRASHES);
  }

  private void liveOn(CrashPoints points, List<AgentRuntime> opened) {
    AgentRuntime runtime =
        AgentRuntime.open(
            harbour.file, harbour.wiring(ScriptedModel.inOrder(), points), Harbour.OWNER);
    opened.add(runtime);
    runtime.sweep();
    runtime.reconcile();
    runtime.runOrders();
    runtime.runOrders();
  }

  private void actedOnce(String story) {
    assertThat(ticks()).as("%s: ticks", story).isEqualTo(2);
    assertThat(acted("weekly")).as(story).contains(new ActedOrder(1, FIRST));
    assertThat(acted("stop-loss").map(ActedOrder::times)).as(story).contains(1);
    assertThat(alice()).as("%s: what alice received", story).isEqualTo("2");
    assertThat(new Books(harbour, story).intents())
        .as("%s: intents", story)
        .extracting(StoredIntent::state)
        .containsExactly(IntentState.SETTLED, IntentState.SETTLED);
    new Books(harbour, story).mustBeTrue();
  }

  @Test
  void the_tick_of_an_order_that_was_interrupted_is_finished_and_reported() {
    until(FIRST);
    AgentRuntime crashed =
        AgentRuntime.open(
            harbour.file,
            harbour.wiring(ScriptedModel.inOrder(), new CrashPoints("before a signature")),
            Harbour.OWNER);
    crashed.reconcile();
    assertThat(catchThrowable(crashed::runOrders)).isInstanceOf(CrashPoints.SimulatedCrash.class);
    OrderRound round = look();
    assertThat(requireNonNull(round.resumed()))
        .satisfies(tick -> assertThat(tick.outcome()).isEqualTo(Outcome.DONE))
        .satisfies(tick -> assertThat(tick.resumed()).isTrue());
    assertThat(only(round).due()).isFalse();
    assertThat(alice()).isEqualTo("2");
    crashed.close();
  }

  @Test
  void a_goal_that_is_worded_like_an_order_is_planned_by_the_model() {
    until(FIRST);
    String words = "standing order weekly: send, amount: 2 USDC, chain: base, payee: alice";
    var model = ScriptedModel.inOrder(Harbour.answer("I looked and did nothing."));
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      assertThat(runtime.run(new Goal(words)).text()).isEqualTo("I looked and did nothing.");
    }
    assertThat(model.requests()).hasSize(1);
    assertThat(alice()).isEqualTo("0");
    assertThat(acted("weekly")).isEmpty();
    look();
    assertThat(alice()).isEqualTo("2");
    new Books(harbour, "a goal and an order of the same words").replayIsIdentical();
  }

  @Test
  void an_interrupted_goal_that_is_worded_like_an_order_goes_on_with_the_model() {
    until(FIRST);
    String words = "standing order weekly: send, amount: 2 USDC, chain: base, payee: alice";
    AgentRuntime crashed =
        AgentRuntime.open(
            harbour.file,
            harbour.wiring(ScriptedModel.inOrder(), new CrashPoints("before a model call")),
            Harbour.OWNER);
    crashed.reconcile();
    assertThat(catchThrowable(() -> crashed.run(new Goal(words))))
        .isInstanceOf(CrashPoints.SimulatedCrash.class);
    var model = ScriptedModel.inOrder(Harbour.answer("I did nothing."));
    try (AgentRuntime runtime = harbour.open(model)) {
      assertThat(runtime.resume().orElseThrow().text()).isEqualTo("I did nothing.");
    }
    assertThat(alice()).isEqualTo("0");
    crashed.close();
  }

  private String replayed(UnaryOperator<List<JournalRow>> change) {
    return new Replay(
            harbour.file,
            harbour.wiring(
                new AlteredStore(harbour.store, change),
                FakeSigner.judging(harbour.clock),
                ScriptedModel.inOrder(),
                new CrashPoints(0)))
        .all()
        .getFirst()
        .difference();
  }

  private static UnaryOperator<List<JournalRow>> changing(String was, String is) {
    return rows ->
        rows.stream()
            .map(row ->
                new JournalRow(
                    row.agent(),
                    row.sequence(),
                    row.tick(),
                    row.at(),
                    row.type(),
                    row.payload().replace(was, is),
                    row.hash()))
            .toList();
  }

  @Test
  void the_tick_of_an_order_replays_to_the_same_decisions_and_a_changed_record_does_not() {
    until(FIRST);
    look();
    assertThat(replayed(rows -> rows)).isEmpty();
    assertThat(replayed(changing("\"order\":\"weekly\"", "\"order\":\"hourly\"")))
        .contains("hourly");
    assertThat(replayed(changing("standing order weekly: send", "standing order weekly: take")))
        .contains("the order's is");
    assertThat(replayed(changing("\"due\":true", "\"due\":false"))).contains("differs");
    assertThat(replayed(changing("2 USDC\\\"", "3 USDC\\\""))).contains("differs");
    assertThat(
            replayed(
                rows -> rows.stream().filter(row -> !row.type().equals("OrderChecked")).toList()))
        .isNotEmpty();
  }
}
