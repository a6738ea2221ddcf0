package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.OrderReport;
import org.supercargo.engine.TickReport;
import org.supercargo.engine.store.StoredIntent;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;
import org.supercargo.testkit.SeededFaults;

/// Payments that are signed and handed to a host, which puts them on the chain.
final class PaymentTest extends StandingOrders {
  private static final int SEEDS = 200;

  private static final String REFILL =
      """
      orders:
        refill:
          do: refill
          with: {host: oracle.example.com, amount: 5 USDC, chain: base}
          when: {prepaid: oracle.example.com, below: $2}
          most: 10
      """;

  private static ActionCall refill(String amount) {
    return new ActionCall(
        "1",
        "refill",
        "{\"host\":\"oracle.example.com\",\"amount\":\"" + amount + "\",\"chain\":\"base\"}");
  }

  private String cashier() {
    return harbour.balance(harbour.oracle.payTo(), harbour.asset("USDC", ChainId.BASE)).number();
  }

  private static Amount dollars(String number) {
    return Amount.parse(number, Asset.USD);
  }

  @Test
  void a_payment_is_handed_to_its_host_and_settles_on_the_chain_without_a_fee() {
    harbour = harbour(REFILL);
    var model =
        ScriptedModel.byTurn(Harbour.calls(refill("5 USDC")), Harbour.answer("Paid the oracle."));
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      TickReport report = runtime.run(new Goal("Refill the oracle."));
      assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.DONE);
    }
    assertThat(cashier()).isEqualTo("5");
    assertThat(harbour.oracle.prepaid()).contains(dollars("5"));
    assertThat(harbour.balance(harbour.wallet(ChainId.BASE), harbour.asset("ETH", ChainId.BASE)))
        .as("ether, of which a payment takes none")
        .isEqualTo(harbour.amount("1", "ETH", ChainId.BASE));
    new Books(harbour, "one payment").mustBeTrue();
  }

  @Test
  void a_payment_beyond_the_rule_of_its_host_is_refused_and_nothing_is_handed_over() {
    harbour = harbour(REFILL);
    var model = ScriptedModel.byTurn(Harbour.calls(refill("11 USDC")), Harbour.answer("Too much."));
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      runtime.run(new Goal("Refill the oracle."));
    }
    assertThat(harbour.oracle.handovers()).isZero();
    assertThat(cashier()).isEqualTo("0");
    new Books(harbour, "too much").mustBeTrue();
  }

  @Test
  void an_order_pays_while_less_is_left_than_it_says_and_asks_no_model() {
    harbour = harbour(REFILL);
    OrderReport first = only(look());
    assertThat(first.due()).as(first.reason()).isTrue();
    assertThat(outcome(first)).isEqualTo(Outcome.DONE);
    OrderReport second = only(look());
    assertThat(second.due()).isFalse();
    assertThat(second.reason()).isEqualTo("5 USD left at oracle.example.com, enough");
    harbour.oracle.use(dollars("3"));
    assertThat(only(look()).due()).as("with exactly 2 dollars left").isFalse();
    harbour.oracle.use(dollars("0.000001"));
    assertThat(only(look()).due()).as("with a little less").isTrue();
    assertThat(cashier()).isEqualTo("10");
    new Books(harbour, "an order that refills").mustBeTrue();
  }

  @Test
  void a_host_that_always_says_nothing_is_left_gets_what_the_mandate_allows_and_no_more() {
    harbour = harbour(REFILL);
    for (int round = 0; round < 12; round++) {
      look();
      harbour.oracle.use(dollars("5"));
      harbour.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(cashier()).as("30 USDC a day are allowed").isEqualTo("30");
    assertThat(acted("refill").orElseThrow().times()).isEqualTo(10);
    new Books(harbour, "a greedy host").mustBeTrue();
  }

  @Test
  void a_process_that_ends_at_any_point_pays_its_host_once() {
    int number = 1;
    for (; number <= MOST_CRASHES; number++) {
      harbour = harbour(REFILL);
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
      String story = "crash " + number + " " + points.crash();
      assertThat(cashier()).as("%s: what the host received", story).isEqualTo("5");
      assertThat(new Books(harbour, story).intents())
          .as(story)
          .extracting(StoredIntent::state)
          .containsExactly(IntentState.SETTLED);
      new Books(harbour, story).mustBeTrue();
      if (!crashed) {
        break;
      }
    }
    assertThat(number).as("crashes until a run went through").isBetween(25, MOST_CRASHES);
  }

  @Test
  void lost_replies_and_crashes_together_never_pay_a_host_twice_for_one_order() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      harbour =
          new Harbour(Harbour.FILE + REFILL, new ScriptedFaults(), new SeededFaults(seed, 10, 25));
      var random = new Random(seed);
      var told = new StringBuilder("seed " + seed);
      List<AgentRuntime> opened = new ArrayList<>();
      for (int life = 0; life < 8; life++) {
        var points = new CrashPoints(1 + random.nextInt(40));
        try {
          liveOn(points, opened);
          break;
        } catch (CrashPoints.SimulatedCrash crash) {
          told.append(", ").append(crash.getMessage());
        }
      }
      for (int life = 0; life < 6 && (life == 0 || !isQuiet()); life++) {
        liveOn(new CrashPoints(0), opened);
      }
      opened.forEach(AgentRuntime::close);
      new Books(harbour, told.toString()).mustBeTrue();
    }
  }

  private boolean isQuiet() {
    return harbour.store.read(view -> view.openIntents(Harbour.AGENT)).isEmpty();
  }

  private void liveOn(CrashPoints points, List<AgentRuntime> opened) {
    AgentRuntime runtime =
        AgentRuntime.open(
            harbour.file, harbour.wiring(ScriptedModel.inOrder(), points), Harbour.OWNER);
    opened.add(runtime);
    runtime.sweep();
    Patiently.until(runtime::reconcile);
    runtime.runOrders();
  }
}
