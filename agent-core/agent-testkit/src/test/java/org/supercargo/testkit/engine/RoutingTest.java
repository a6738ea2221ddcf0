package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.GoalSpec;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.Privacy;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.TickReport;
import org.supercargo.engine.model.Measurement;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.testkit.ManualClock;
import org.supercargo.testkit.ScriptedFaults;

/// Which of several models is asked, and who stands in for whom.
final class RoutingTest {
  private static final ChatReply DONE = Harbour.answer("All is well.");

  private @Nullable Harbour harbour;
  private final PricedModel cheap = model("cheap", "0.1", _ -> DONE);
  private final PricedModel middle = model("middle", "1", _ -> DONE);
  private final PricedModel dear = model("dear", "10", _ -> DONE);

  private static PricedModel model(
      String name, String price, Function<ChatRequest, ChatReply> script) {
    return new PricedModel(name, price, Privacy.PROVIDER, script);
  }

  private static Function<ChatRequest, ChatReply> always(ChatReply reply) {
    return _ -> reply;
  }

  private TickReport run(String modelLines, PricedModel... models) {
    return run(modelLines, List.of(), models);
  }

  private TickReport run(String modelLines, List<Measurement> measurements, PricedModel... models) {
    var world =
        new Harbour(
            Harbour.FILE.replace("model: scripted", modelLines),
            new ScriptedFaults(),
            new ScriptedFaults());
    harbour = world;
    var pool = new ModelPool(List.of(models), measurements, world.clock, new Random(1));
    try (AgentRuntime runtime =
        AgentRuntime.open(
            world.file,
            world.wiring(world.store, world.signer, pool, new CrashPoints(0)),
            Harbour.OWNER)) {
      runtime.reconcile();
      TickReport report = runtime.run(new Goal("Look after things."));
      new Books(world, "routing").replayIsIdentical();
      return report;
    }
  }

  private List<String> asked() {
    return new Books(java.util.Objects.requireNonNull(harbour), "routing")
        .records().stream()
            .map(record -> record.event())
            .filter(JournalEvent.ModelAsked.class::isInstance)
            .map(event -> ((JournalEvent.ModelAsked) event).model())
            .toList();
  }

  @Test
  void the_cheapest_able_model_is_asked_first_whatever_the_order_in_the_file() {
    run("model: {use: [dear, middle, cheap], route: cheapest}", dear, middle, cheap);
    assertThat(asked()).containsExactly("cheap/one");
  }

  @Test
  void without_a_route_the_first_is_asked() {
    run("model: {use: [dear, middle, cheap]}", cheap, middle, dear);
    assertThat(asked()).containsExactly("dear/one");
  }

  @Test
  void a_model_that_fails_is_stood_in_for_at_once_and_left_alone_for_a_while() {
    PricedModel broken =
        model("cheap", "0.1", always(new ChatReply.Failed(Failure.SERVER_ERROR, "500", null)));
    PricedModel standIn = model("middle", "1", RoutingTest::readThenAnswer);
    TickReport report = run("model: {use: [cheap, middle], route: cheapest}", broken, standIn);
    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(asked())
        .as("the broken one is not asked again for the next step")
        .containsExactly("cheap/one", "middle/one", "middle/one");
  }

  private static ChatReply readThenAnswer(ChatRequest request) {
    return request.messages().getLast() instanceof ChatMessage.Result
        ? DONE
        : Harbour.calls(new ActionCall("1", "balance", "{\"asset\":\"USDC\",\"chain\":\"base\"}"));
  }

  @Test
  void a_cascade_goes_to_a_dearer_model_when_the_cheaper_ones_call_is_malformed() {
    PricedModel careless =
        model(
            "cheap", "0.1", always(Harbour.calls(new ActionCall("1", "balance", "{\"asset\":7}"))));
    PricedModel careful = model("middle", "1", always(DONE));
    TickReport report =
        run("model: {use: [cheap, middle, dear], route: cascade}", careless, careful, dear);
    assertThat(report.text()).isEqualTo("All is well.");
    assertThat(asked()).startsWith("cheap/one", "middle/one").doesNotContain("dear/one");
  }

  @Test
  void a_cascade_climbs_on_every_unusable_reply_and_ends_at_the_top() {
    ChatReply leaked = new ChatReply.Unusable(Defect.LEAKED_MARKUP, "<tool_call>", Harbour.usage());
    TickReport report =
        run(
            "model: {use: [cheap, middle, dear], route: cascade}",
            model("cheap", "0.1", always(leaked)),
            model("middle", "1", always(leaked)),
            model("dear", "10", always(leaked)));
    assertThat(report.outcome()).isEqualTo(Outcome.MODEL_FAILED);
    assertThat(report.text()).startsWith("LEAKED_MARKUP");
    assertThat(asked())
        .as("the best one gets a second chance")
        .containsExactly("cheap/one", "middle/one", "dear/one", "dear/one");
  }

  @Test
  void a_model_with_less_privacy_than_the_file_asks_for_is_never_asked_even_when_all_others_fail() {
    PricedModel secret =
        new PricedModel(
            "secret",
            "5",
            Privacy.PRIVATE,
            always(new ChatReply.Failed(Failure.OVERLOADED, "503", Duration.ofMinutes(1))));
    TickReport report =
        run("model: {use: [cheap, secret], route: cheapest, privacy: private}", cheap, secret);
    assertThat(report.outcome()).isEqualTo(Outcome.MODEL_FAILED);
    assertThat(cheap.requests()).as("what the model without privacy was shown").isEmpty();
  }

  @Test
  void a_model_that_has_to_attest_and_does_not_is_not_asked() {
    PricedModel claimed = new PricedModel("claimed", "5", Privacy.ATTESTED, always(DONE));
    TickReport report = run("model: {use: claimed, privacy: attested}", claimed);
    assertThat(report.text()).contains("no model attests");
    assertThat(claimed.requests()).isEmpty();
  }

  @Test
  void measured_quality_bars_the_cheap_and_bad_as_well_as_the_unmeasured() {
    List<Measurement> measured =
        List.of(
            new Measurement("cheap/one", 3, 10, Duration.ofSeconds(1), LocalDate.EPOCH),
            new Measurement("dear/one", 10, 10, Duration.ofSeconds(1), LocalDate.EPOCH));
    run(
        "model: {use: [cheap, middle, dear], route: cheapest, quality: 80}",
        measured,
        cheap,
        middle,
        dear);
    assertThat(asked()).containsExactly("dear/one");
  }

  @Test
  void a_model_that_is_not_here_is_a_clear_error_before_anything_runs() {
    assertThatThrownBy(() -> run("model: nowhere/big", cheap))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("There is no model backend \"nowhere\"");
    assertThatThrownBy(() -> run("model: cheap/two", cheap))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("cheap has no model \"two\" with a price");
  }

  /// Double from noon to two o'clock every day; the clock starts at midnight.
  private static final PeakHours NOON =
      new PeakHours(
          ZoneId.of("UTC"),
          EnumSet.allOf(DayOfWeek.class),
          List.of(new PeakHours.Window(LocalTime.of(12, 0), LocalTime.of(14, 0))),
          Set.of(),
          2);

  private Optional<Instant> waits(String modelLines, GoalSpec goal, Duration after) {
    var world =
        new Harbour(
            Harbour.FILE.replace("model: scripted", modelLines),
            new ScriptedFaults(),
            new ScriptedFaults());
    world.clock.advance(after);
    var atNoon = new PricedModel("noon", "1", Privacy.PROVIDER, NOON, _ -> DONE);
    var pool = new ModelPool(List.of(atNoon, middle, dear), List.of(), world.clock, new Random(1));
    try (AgentRuntime runtime =
        AgentRuntime.open(
            world.file,
            world.wiring(world.store, world.signer, pool, new CrashPoints(0)),
            Harbour.OWNER)) {
      return runtime.waitsUntil(goal);
    }
  }

  private static GoalSpec goal(boolean offPeak) {
    return new GoalSpec("digest", new Goal("Write the digest."), List.of(), offPeak);
  }

  @Test
  void a_goal_that_can_wait_is_not_begun_while_its_model_charges_for_peak_hours() {
    Instant end = ManualClock.START.plus(Duration.ofHours(14));
    assertThat(waits("model: noon/one", goal(true), Duration.ofHours(11))).isEmpty();
    assertThat(waits("model: noon/one", goal(true), Duration.ofHours(12))).contains(end);
    assertThat(waits("model: noon/one", goal(true), Duration.ofMinutes(839))).contains(end);
    assertThat(waits("model: noon/one", goal(true), Duration.ofHours(14))).isEmpty();
    assertThat(waits("model: noon/one", goal(false), Duration.ofHours(12)))
        .as("a goal that cannot wait")
        .isEmpty();
  }

  @Test
  void a_goal_that_can_wait_does_not_wait_for_a_model_that_would_not_be_asked() {
    String dearest = "model: {use: [noon/one, dear/one], route: in-order}";
    assertThat(waits(dearest, goal(true), Duration.ofHours(12))).isPresent();
    String cheapest = "model: {use: [noon/one, middle/one], route: cheapest}";
    assertThat(waits(cheapest, goal(true), Duration.ofHours(12)))
        .as("the other one costs half as much now")
        .isEmpty();
  }
}
