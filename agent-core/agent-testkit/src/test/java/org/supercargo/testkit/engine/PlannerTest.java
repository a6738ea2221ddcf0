package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Defect;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.TickReport;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// Whatever a model does wrong ends in a typed outcome, after a bounded number of calls.
final class PlannerTest {
  private static final ChatReply DONE = Harbour.answer("All is well.");

  private Harbour harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());

  private TickReport run(ScriptedModel model) {
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      return runtime.run(new Goal("Look after things."));
    } finally {
      new Books(harbour, "planner").replayIsIdentical();
    }
  }

  private static ChatReply unusable(Defect defect) {
    return new ChatReply.Unusable(defect, "what was seen", Harbour.usage());
  }

  private static ChatReply failed(Failure failure, @Nullable Duration retryAfter) {
    return new ChatReply.Failed(failure, "what was said", retryAfter);
  }

  private static ScriptedModel always(ChatReply reply) {
    return ScriptedModel.answering(
        IntStream.range(0, 50)
            .<Function<ChatRequest, ChatReply>>mapToObj(_ -> _ -> reply)
            .toList());
  }

  @ParameterizedTest
  @EnumSource(Defect.class)
  void an_unusable_reply_is_asked_for_once_more_and_then_ends_the_tick(Defect defect) {
    ScriptedModel model = always(unusable(defect));
    TickReport report = run(model);
    assertThat(report.outcome()).isEqualTo(Outcome.MODEL_FAILED);
    assertThat(report.text()).isEqualTo(defect.name() + ": what was seen");
    assertThat(model.requests()).as("calls").hasSize(defect == Defect.REFUSED ? 1 : 2);
    assertThat(harbour.solana.landed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Defect.class, mode = EnumSource.Mode.EXCLUDE, names = "REFUSED")
  void a_model_that_recovers_from_an_unusable_reply_goes_on(Defect defect) {
    ScriptedModel model = ScriptedModel.inOrder(unusable(defect), DONE);
    assertThat(run(model).outcome()).isEqualTo(Outcome.DONE);
    ChatRequest first = model.requests().get(0);
    boolean thinksLess = defect == Defect.EMPTY || defect == Defect.REASONING_LOST;
    assertThat(model.requests().get(1))
        .as("the second question")
        .isEqualTo(
            new ChatRequest(
                first.model(),
                first.messages(),
                first.actions(),
                thinksLess ? first.options().withEffort(Effort.NONE) : first.options()));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void a_failure_ends_the_tick_with_its_name_after_bounded_tries(Failure failure) {
    ScriptedModel model = always(failed(failure, null));
    TickReport report = run(model);
    assertThat(report.outcome()).isEqualTo(Outcome.MODEL_FAILED);
    assertThat(report.text()).isEqualTo(failure.name() + ": what was said");
    assertThat(model.requests())
        .as("calls")
        .hasSize(
            switch (failure) {
              case RATE_LIMITED, OVERLOADED -> 3;
              case UNAUTHORISED,
                  FUNDS_EXHAUSTED,
                  TIMED_OUT,
                  UNREACHABLE,
                  BROKEN_OFF,
                  CONTEXT_OVERFLOW,
                  INVALID_REQUEST,
                  SERVER_ERROR,
                  CANCELLED ->
                  1;
            });
  }

  @Test
  void a_model_that_is_busy_is_asked_again_after_growing_waits() {
    Instant start = harbour.clock.instant();
    ScriptedModel model =
        ScriptedModel.inOrder(
            failed(Failure.OVERLOADED, null), failed(Failure.RATE_LIMITED, null), DONE);
    assertThat(run(model).outcome()).isEqualTo(Outcome.DONE);
    assertThat(Duration.between(start, harbour.clock.instant()))
        .isEqualTo(Duration.ofMillis(500 + 1_000));
  }

  @Test
  void the_wait_a_provider_asks_for_is_kept_unless_it_is_too_long() {
    Instant start = harbour.clock.instant();
    assertThat(
            run(ScriptedModel.inOrder(failed(Failure.RATE_LIMITED, Duration.ofSeconds(10)), DONE))
                .outcome())
        .isEqualTo(Outcome.DONE);
    assertThat(Duration.between(start, harbour.clock.instant())).isEqualTo(Duration.ofSeconds(10));
    ScriptedModel model =
        ScriptedModel.inOrder(failed(Failure.RATE_LIMITED, Duration.ofSeconds(10).plusMillis(1)));
    assertThat(run(model).outcome()).isEqualTo(Outcome.MODEL_FAILED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void the_limit_on_model_calls_counts_every_call_whatever_came_of_it(int limit) {
    harbour =
        new Harbour(
            Harbour.FILE + "limits: {model-calls: " + limit + "}\n",
            new ScriptedFaults(),
            new ScriptedFaults());
    for (ChatReply reply :
        List.of(
            unusable(Defect.EMPTY),
            failed(Failure.RATE_LIMITED, null),
            Harbour.calls(new ActionCall("1", "nothing", "{}")))) {
      ScriptedModel model = always(reply);
      assertThat(run(model).outcome()).isIn(Outcome.LIMIT_REACHED, Outcome.MODEL_FAILED);
      assertThat(model.requests())
          .as("calls of a model that always says %s", reply)
          .hasSizeLessThanOrEqualTo(limit);
    }
  }

  @Test
  void every_call_that_cost_something_is_booked_usable_or_not() {
    run(ScriptedModel.inOrder(unusable(Defect.TRUNCATED), failed(Failure.OVERLOADED, null), DONE));
    assertThat(new Books(harbour, "planner").balances())
        .filteredOn(balance -> balance.account().equals("expense/model/scripted"))
        .extracting(AccountBalance::baseUnits)
        .singleElement()
        .isEqualTo(Harbour.usage().cost().baseUnits().multiply(BigInteger.TWO));
  }

  @Test
  void a_conversation_only_ever_grows() {
    ActionCall look = new ActionCall("1", "balance", "{\"asset\":\"SOL\",\"chain\":\"solana\"}");
    ScriptedModel model =
        ScriptedModel.inOrder(
            Harbour.calls(look), unusable(Defect.EMPTY), Harbour.calls(look), DONE);
    run(model);
    List<ChatMessage> before = new ArrayList<>();
    for (var request : model.requests()) {
      assertThat(request.messages().subList(0, before.size())).isEqualTo(before);
      before = request.messages();
    }
    assertThat(model.requests().getLast().messages())
        .extracting(message -> message.getClass().getSimpleName())
        .containsExactly("Instructions", "Owner", "Assistant", "Result", "Assistant", "Result");
  }

  @Test
  void the_model_sees_no_key_of_an_effect() {
    ScriptedModel model =
        ScriptedModel.inOrder(
            Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base")),
            Harbour.calls(Harbour.send("2", "bob", "11 USDC", "base")),
            DONE);
    run(model);
    assertThat(model.requests().toString()).doesNotContain("captain:1:");
  }

  @Test
  void a_reply_is_in_the_journal_before_anything_in_it_is_done() {
    run(ScriptedModel.inOrder(Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base")), DONE));
    var events = new Books(harbour, "planner").records();
    int replied = -1;
    int proposed = -1;
    for (int index = 0; index < events.size(); index++) {
      if (replied < 0 && events.get(index).event() instanceof JournalEvent.ModelReplied) {
        replied = index;
      }
      if (events.get(index).event() instanceof JournalEvent.IntentProposed) {
        proposed = index;
      }
    }
    assertThat(replied).isNotNegative().isLessThan(proposed);
  }
}
