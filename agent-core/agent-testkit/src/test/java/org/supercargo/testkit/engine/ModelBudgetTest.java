package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Privacy;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.TickReport;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.testkit.ScriptedFaults;

/// A budget for models holds whatever the model, the provider and the process do.
final class ModelBudgetTest {
  private static final Amount CENT = Amount.parse("0.01", Asset.USD);
  private static final int MOST_LIVES = 400;

  private final AtomicReference<BigInteger> billed = new AtomicReference<>(BigInteger.ZERO);
  private int calls;

  private Harbour harbour(String budget) {
    return new Harbour(
        Harbour.FILE.replace("model: scripted", "model: {use: talker, budget: " + budget + "}")
            + "limits: {model-calls: 200}\n",
        new ScriptedFaults(),
        new ScriptedFaults());
  }

  /// Never done: asks for something new each time, and bills every token it was allowed.
  private PricedModel talker() {
    var self = new AtomicReference<PricedModel>();
    var model =
        new PricedModel(
            "talker",
            "0.60",
            Privacy.PROVIDER,
            request -> bill(java.util.Objects.requireNonNull(self.get()), request));
    self.set(model);
    return model;
  }

  private ChatReply bill(PricedModel model, ChatRequest request) {
    calls++;
    long output = Math.min(600, request.options().longestReply());
    var usage = model.used(1_000, output);
    billed.updateAndGet(before -> before.add(usage.cost().baseUnits()));
    return new ChatReply.Calls(
        "", null, List.of(new ActionCall("c" + calls, "nothing", "{\"n\":" + calls + "}")), usage);
  }

  private static AgentRuntime open(Harbour harbour, PricedModel model, CrashPoints points) {
    var crashing = new CrashingModel(model, points);
    var pool = new ModelPool(List.of(crashing), List.of(), harbour.clock, new Random(1));
    return AgentRuntime.open(
        harbour.file, harbour.wiring(harbour.store, harbour.signer, pool, points), Harbour.OWNER);
  }

  private static BigInteger booked(Harbour harbour) {
    return harbour.store.read(
        view -> view.spent(Harbour.AGENT, "expense/model/", AssetId.USD, Instant.MIN));
  }

  @Test
  void an_agent_with_a_budget_of_a_cent_stops_before_it_is_overdrawn_and_says_so() {
    Harbour harbour = harbour("{in-all: 0.01 USD}");
    PricedModel model = talker();
    TickReport last = null;
    try (AgentRuntime runtime = open(harbour, model, new CrashPoints(0))) {
      for (int run = 0; run < 10; run++) {
        last = runtime.run(new Goal("Talk, part " + run + "."));
        if (last.outcome() == Outcome.LIMIT_REACHED && last.text().startsWith("BUDGET")) {
          break;
        }
      }
    }
    assertThat(java.util.Objects.requireNonNull(last).text())
        .startsWith("BUDGET: another call could go beyond the model budget of 0.01 USD in all");
    assertThat(calls).as("calls that a cent pays").isGreaterThan(3);
    assertThat(billed.get()).as("billed, in 10⁻¹² USD").isLessThanOrEqualTo(CENT.baseUnits());
    assertThat(booked(harbour)).isEqualTo(billed.get());
    new Books(harbour, "a cent").replayIsIdentical();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_process_that_is_killed_again_and_again_spends_no_more_than_the_budget(long seed) {
    Harbour harbour = harbour("{in-all: 0.01 USD}");
    PricedModel model = talker();
    var random = new Random(seed);
    String ending = "";
    int life = 0;
    while (!ending.startsWith("BUDGET") && life++ < MOST_LIVES) {
      var points = new CrashPoints(1 + random.nextInt(30));
      try (AgentRuntime runtime = open(harbour, model, points)) {
        runtime.resume();
        ending = runtime.run(new Goal("Talk, life " + life + ".")).text();
      } catch (CrashPoints.SimulatedCrash _) {
        harbour.clock.advance(Duration.ofSeconds(20));
      }
    }
    assertThat(ending).as("seed %d after %d lives", seed, life).startsWith("BUDGET");
    assertThat(billed.get())
        .as("seed %d: billed over %d lives, in 10⁻¹² USD", seed, life)
        .isLessThanOrEqualTo(CENT.baseUnits());
    assertThat(booked(harbour))
        .as("seed %d: the books may think it was more, never less", seed)
        .isBetween(billed.get(), CENT.baseUnits());
    new Books(harbour, "seed " + seed).replayIsIdentical();
  }

  @Test
  void a_reply_that_never_came_counts_with_all_it_could_have_cost() {
    Harbour harbour = harbour("{per-run: 0.05 USD}");
    var silent =
        new PricedModel(
            "talker",
            "1",
            Privacy.PROVIDER,
            _ -> new ChatReply.Failed(Failure.TIMED_OUT, "nothing came", null));
    try (AgentRuntime runtime = open(harbour, silent, new CrashPoints(0))) {
      assertThat(runtime.run(new Goal("Talk.")).outcome()).isEqualTo(Outcome.MODEL_FAILED);
    }
    assertThat(booked(harbour)).isPositive();
  }

  @Test
  void the_budget_of_a_day_is_there_again_a_day_later() {
    Harbour harbour = harbour("{per-day: 0.002 USD}");
    PricedModel model = talker();
    try (AgentRuntime runtime = open(harbour, model, new CrashPoints(0))) {
      assertThat(runtime.run(new Goal("Talk.")).text()).startsWith("BUDGET");
      int before = calls;
      assertThat(runtime.run(new Goal("Talk on.")).text()).startsWith("BUDGET");
      assertThat(calls).as("calls on the same day").isEqualTo(before);
      harbour.clock.advance(Duration.ofHours(24).plusSeconds(1));
      runtime.run(new Goal("Talk again."));
      assertThat(calls).as("calls a day later").isGreaterThan(before);
    }
  }

  @Test
  void tokens_have_budgets_too() {
    Harbour harbour = harbour("{tokens-per-day: 8000}");
    PricedModel model = talker();
    try (AgentRuntime runtime = open(harbour, model, new CrashPoints(0))) {
      assertThat(runtime.run(new Goal("Talk.")).text())
          .startsWith("BUDGET")
          .contains("8000 tokens per day");
    }
    BigInteger used =
        harbour.store.read(
            view -> view.spent(Harbour.AGENT, "usage/model/", AssetId.MODEL_TOKENS, Instant.MIN));
    assertThat(used).isPositive().isLessThanOrEqualTo(BigInteger.valueOf(8_000));
  }
}
