package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.TickReport;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.store.StoredIntent;
import org.supercargo.testkit.ChainFaults.Submission;
import org.supercargo.testkit.FakeChain;
import org.supercargo.testkit.FakeCodec;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// Whole ticks, from a goal to what is on the chains and in the books.
final class TickTest {
  private static final Goal GOAL = new Goal("Pay the crew.");

  private final ScriptedFaults onSolana = new ScriptedFaults();
  private final ScriptedFaults onBase = new ScriptedFaults();
  private final Harbour harbour = new Harbour(onSolana, onBase);

  private TickReport run(ScriptedModel model) {
    return run(model, GOAL);
  }

  private TickReport run(ScriptedModel model, Goal goal) {
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      return runtime.run(goal);
    }
  }

  private TickReport run(ActionCall... calls) {
    return run(ScriptedModel.byTurn(Harbour.calls(calls), Harbour.answer("That is all.")));
  }

  private Books books() {
    return new Books(harbour, "test");
  }

  private static String lastResult(ScriptedModel model) {
    ChatMessage last = model.requests().getLast().messages().getLast();
    assertThat(last).isInstanceOf(ChatMessage.Result.class);
    return ((ChatMessage.Result) last).text();
  }

  private String paid(Address payee, String symbol) {
    return harbour.balance(payee, harbour.asset(symbol, payee.chain())).number();
  }

  @Test
  void a_payment_is_judged_signed_sent_booked_and_reported_as_settled() {
    ScriptedModel model =
        ScriptedModel.byTurn(
            Harbour.calls(Harbour.send("1", "alice", "2.5 USDC", "solana")),
            Harbour.answer("Paid."));
    TickReport report = run(model);
    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(report.text()).isEqualTo("Paid.");
    assertThat(paid(Harbour.ALICE_ON_SOLANA, "USDC")).isEqualTo("2.5");
    assertThat(lastResult(model))
        .startsWith("Settled: pay 2.5 USDC to alice on solana, transaction ");
    assertThat(books().records())
        .extracting(record -> record.event().getClass().getSimpleName())
        .containsSubsequence(
            "TickStarted",
            "ModelAsked",
            "ModelReplied",
            "IntentProposed",
            "IntentJudged",
            "TransactionPrepared",
            "TransactionSigned",
            "TransactionSent",
            "TransactionFinal",
            "IntentFinished",
            "IntentConcluded",
            "ModelAsked",
            "ModelReplied",
            "TickEnded");
    books().mustBeTrue();
  }

  @Test
  void the_books_explain_every_base_unit_by_payee_fee_rent_and_model() {
    run(
        Harbour.send("1", "alice", "2.5 USDC", "solana"),
        Harbour.swap("2", "25 USDC", "0.0099 ETH"));
    assertThat(books().balances())
        .extracting(balance -> balance.account() + " " + balance.baseUnits())
        .contains(
            "expense/payee/alice 2500000",
            "expense/fees/solana 5000",
            "expense/rent/solana 2039280",
            "expense/fees/base 4000000000000",
            "exchange/exchange 25000000",
            "exchange/exchange -10000000000000000",
            "expense/model/scripted 246000000",
            "liability/model/scripted -246000000",
            "wallet/base 175000000");
    books().mustBeTrue();
  }

  @Test
  void what_the_mandate_refuses_moves_nothing_and_says_why() {
    ScriptedModel model =
        ScriptedModel.byTurn(
            Harbour.calls(Harbour.send("1", "alice", "10.000001 USDC", "solana")),
            Harbour.answer("Refused."));
    TickReport report = run(model);
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(lastResult(model))
        .startsWith("Refused by \"default deny\": pay 10.000001 USDC to alice on solana")
        .contains("more than 10 USDC at once");
    assertThat(harbour.solana.landed()).isEmpty();
    assertThat(harbour.signer.signatures()).isZero();
    books().mustBeTrue();
  }

  @Test
  void a_rolling_cap_counts_over_ticks_and_frees_itself_with_time() {
    for (int payment = 1; payment <= 4; payment++) {
      assertThat(run(Harbour.send("1", "alice", "10 USDC", "solana")).outcome())
          .as("payment %s", payment)
          .isEqualTo(Outcome.DONE);
    }
    assertThat(run(Harbour.send("1", "alice", "0.000001 USDC", "solana")).outcome())
        .isEqualTo(Outcome.REFUSED);
    harbour.clock.advance(Duration.ofHours(24).plusMillis(1));
    assertThat(run(Harbour.send("1", "alice", "10 USDC", "solana")).outcome())
        .isEqualTo(Outcome.DONE);
    books().mustBeTrue();
  }

  @Test
  void a_payment_that_two_fast_calls_could_overdraw_is_refused_within_one_tick() {
    TickReport report =
        run(
            Harbour.swap("1", "40 USDC", "0.0158 ETH"),
            Harbour.swap("2", "20.000001 USDC", "0.0079 ETH"),
            Harbour.swap("3", "20 USDC", "0.0079 ETH"));
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(books().intents())
        .extracting(stored -> stored.intent().spends().number())
        .containsExactly("40", "20");
    books().mustBeTrue();
  }

  @Test
  void an_address_the_model_made_up_is_never_paid() {
    Address mallory = FakeCodec.account(ChainId.SOLANA, "mallory");
    TickReport report = run(Harbour.send("1", mallory.text(), "1 USDC", "solana"));
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(books().records())
        .extracting(JournalRecord::event)
        .filteredOn(JournalEvent.IntentJudged.class::isInstance)
        .singleElement()
        .asString()
        .contains("payee provenance");
    assertThat(harbour.solana.landed()).isEmpty();
  }

  @Test
  void a_tick_that_understood_nothing_says_so() {
    TickReport report =
        run(ScriptedModel.byTurn(Harbour.answer("I did not understand who is to be paid.")));
    assertThat(report.outcome()).isEqualTo(Outcome.NOT_UNDERSTOOD);
  }

  @Test
  void a_call_that_makes_no_sense_is_told_to_the_planner_and_the_rest_goes_on() {
    TickReport report =
        run(
            new ActionCall("1", "steal", "{}"),
            new ActionCall("2", "send", "{\"payee\":\"alice\",\"amou"),
            Harbour.send("3", "bob", "1 USDC", "base"));
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(paid(Harbour.BOB_ON_BASE, "USDC")).isEqualTo("1");
    books().mustBeTrue();
  }

  @Test
  void the_same_payment_asked_for_twice_in_a_tick_is_made_once() {
    ScriptedModel model =
        ScriptedModel.byTurn(
            Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base")),
            Harbour.calls(Harbour.send("2", "Bob", "1.00 usdc", "BASE")),
            Harbour.answer("Paid."));
    assertThat(run(model).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(paid(Harbour.BOB_ON_BASE, "USDC")).isEqualTo("1");
  }

  @Test
  void leaving_out_the_chain_does_not_make_it_another_payment() {
    ScriptedModel model =
        ScriptedModel.byTurn(
            Harbour.calls(Harbour.send("1", "alice", "0.25 SOL", "solana")),
            Harbour.calls(
                new ActionCall("2", "send", "{\"payee\":\"alice\",\"amount\":\"0.25 SOL\"}")),
            Harbour.answer("Paid."));
    assertThat(run(model).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(books().intents()).hasSize(1);
  }

  @Test
  void a_swap_asked_for_again_with_the_next_quote_is_made_once() {
    ScriptedModel model =
        ScriptedModel.byTurn(
            Harbour.calls(Harbour.swap("1", "25 USDC", "0.0099 ETH")),
            Harbour.calls(Harbour.swap("2", "25 USDC", "0.0098 ETH")),
            Harbour.answer("Swapped."));
    assertThat(run(model).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(books().intents()).hasSize(1);
  }

  @Test
  void a_payment_the_wallet_cannot_make_is_refused_before_anything_is_signed() {
    run(Harbour.send("1", "alice", "1 SOL", "solana"));
    TickReport report = run(Harbour.send("1", "alice", "0.999999 SOL", "solana"));
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(books().intents())
        .extracting(StoredIntent::state)
        .containsExactly(IntentState.SETTLED, IntentState.REFUSED);
    assertThat(harbour.signer.signatures()).isEqualTo(1);
    books().mustBeTrue();
  }

  @Test
  void a_swap_that_would_get_too_little_is_refused_after_its_approval() {
    TickReport report = run(Harbour.swap("1", "25 USDC", "0.0101 ETH"));
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    StoredIntent swap = books().intents().getFirst();
    assertThat(swap.state()).isEqualTo(IntentState.REFUSED);
    assertThat(books().attempts(swap.id())).as("the approval that landed before").hasSize(1);
    books().mustBeTrue();
  }

  @Test
  void a_swap_whose_price_falls_on_the_way_fails_with_its_fee_and_frees_its_budget() {
    harbour.signer.beforeSignature(
        2,
        () ->
            harbour.venue.price(
                harbour.amount("2600", "USDC", ChainId.BASE),
                harbour.amount("1", "ETH", ChainId.BASE)));
    TickReport report = run(Harbour.swap("1", "25 USDC", "0.0099 ETH"));
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(harbour.base.landed())
        .extracting(FakeChain.Landed::error)
        .containsExactly(null, "too little received");
    assertThat(books().balances())
        .extracting(balance -> balance.account() + " " + balance.baseUnits())
        .contains("expense/fees/base 4000000000000", "wallet/base 200000000");
    books().mustBeTrue();
  }

  @Test
  void bytes_that_do_something_else_are_refused_by_the_runtime() {
    Address thief = FakeCodec.account(ChainId.BASE, "thief");
    harbour.venueSends(
        List.of(
            new Effect.Approval(
                harbour.asset("USDC", ChainId.BASE).id(),
                harbour.wallet(ChainId.BASE),
                thief,
                harbour.amount("25", "USDC", ChainId.BASE).baseUnits())));
    TickReport report = run(Harbour.swap("1", "25 USDC", "0.0099 ETH"));
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(harbour.signer.signatures()).isZero();
    assertThat(books().records())
        .extracting(JournalRecord::event)
        .filteredOn(JournalEvent.TransactionRefused.class::isInstance)
        .singleElement()
        .asString()
        .contains("by=runtime", "decoded effects", "it lets " + thief);
    books().mustBeTrue();
  }

  @Test
  void a_signer_that_refuses_ends_the_intent_and_gives_its_budget_and_number_back() {
    harbour.signer.refuseNext("own counter", "too much today");
    assertThat(run(Harbour.send("1", "bob", "1 USDC", "base")).outcome())
        .isEqualTo(Outcome.REFUSED);
    assertThat(run(Harbour.send("1", "bob", "2 USDC", "base")).outcome()).isEqualTo(Outcome.DONE);
    assertThat(paid(Harbour.BOB_ON_BASE, "USDC")).isEqualTo("2");
    books().mustBeTrue();
  }

  @Test
  void a_refusal_behind_which_another_payment_waits_leaves_no_gap_in_the_numbering() {
    int longerThanPatience = 1_000;
    harbour.signer.unreachable(longerThanPatience);
    assertThat(run(Harbour.send("1", "bob", "1 USDC", "base")).outcome())
        .isEqualTo(Outcome.UNRESOLVED);
    harbour.signer.reachable();
    assertThat(run(Harbour.send("1", "bob", "2 USDC", "base")).outcome())
        .as("a payment that waits for the number of the first")
        .isEqualTo(Outcome.UNRESOLVED);
    harbour.signer.refuseNext("own counter", "not the first one");
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      assertThat(runtime.sweep()).hasSize(2);
    }
    for (String number : List.of("3", "4", "5")) {
      assertThat(run(Harbour.send("1", "bob", number + " USDC", "base")).outcome())
          .as("a later payment of %s USDC", number)
          .isEqualTo(Outcome.DONE);
    }
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      runtime.sweep();
    }
    assertThat(paid(Harbour.BOB_ON_BASE, "USDC")).isEqualTo("14");
    books().mustBeTrue();
  }

  @Test
  void a_signer_that_cannot_be_reached_is_asked_again_with_the_same_bytes() {
    harbour.signer.unreachable(3).loseAnswers(2);
    assertThat(run(Harbour.send("1", "bob", "1 USDC", "base")).outcome()).isEqualTo(Outcome.DONE);
    assertThat(harbour.signer.signatures()).isEqualTo(1);
    books().mustBeTrue();
  }

  @Test
  void an_outcome_nobody_knows_is_reported_as_such_and_found_out_by_the_sweep() {
    onBase.failCalls(10_000);
    TickReport report;
    try (AgentRuntime runtime =
        harbour.open(
            ScriptedModel.byTurn(
                Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base")),
                Harbour.answer("Waiting.")))) {
      report = runtime.run(GOAL);
    }
    assertThat(report.outcome()).isEqualTo(Outcome.UNRESOLVED);
    while (true) {
      try {
        harbour.base.decimals(harbour.base.nativeAsset().id());
        break;
      } catch (SupercargoException e) {
        assertThat(e.category()).isEqualTo(SupercargoException.Category.TRANSIENT);
      }
    }
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      assertThat(runtime.sweep()).singleElement().asString().startsWith("Settled");
      assertThat(runtime.resume()).as("a tick to finish").isEmpty();
    }
    assertThat(paid(Harbour.BOB_ON_BASE, "USDC")).isEqualTo("1");
  }

  @Test
  void a_lost_submission_is_sent_again_as_the_same_bytes() {
    onBase.submissions(Submission.DROPPED, Submission.CALL_FAILED, Submission.REPLY_LOST);
    assertThat(run(Harbour.send("1", "bob", "1 USDC", "base")).outcome()).isEqualTo(Outcome.DONE);
    var landed = harbour.base.landed();
    assertThat(landed).hasSize(1);
    assertThat(harbour.base.submissions(landed.getFirst().id())).isGreaterThan(2);
    assertThat(harbour.signer.signatures()).isEqualTo(1);
    books().mustBeTrue();
  }

  @Test
  void a_reorganisation_delays_a_payment_and_repeats_nothing() {
    onBase.reorganise(2, false).reorganise(2, true).reorganise(1, true);
    assertThat(run(Harbour.send("1", "bob", "1 USDC", "base")).outcome()).isEqualTo(Outcome.DONE);
    assertThat(paid(Harbour.BOB_ON_BASE, "USDC")).isEqualTo("1");
    books().mustBeTrue();
  }

  @Test
  void a_transaction_that_can_no_longer_land_fails_and_frees_its_budget() {
    var lost = new Submission[400];
    Arrays.fill(lost, Submission.DROPPED);
    onSolana.submissions(lost);
    assertThat(run(Harbour.send("1", "alice", "10 USDC", "solana")).outcome())
        .isEqualTo(Outcome.FAILED);
    assertThat(books().intents())
        .extracting(StoredIntent::state)
        .containsExactly(IntentState.FAILED);
    books().mustBeTrue();
  }

  @Test
  void a_wallet_that_someone_else_uses_stops_the_payment_with_the_reason() {
    run(Harbour.send("1", "bob", "1 USDC", "base"));
    harbour.someoneElsePaysFrom(ChainId.BASE);
    ScriptedModel model =
        ScriptedModel.byTurn(
            Harbour.calls(
                Harbour.send("1", "bob", "2 USDC", "base"),
                Harbour.send("2", "alice", "2 USDC", "solana")),
            Harbour.answer("Stopped."));
    try (AgentRuntime runtime = harbour.open(model)) {
      assertThat(runtime.run(GOAL).outcome()).isEqualTo(Outcome.FAILED);
      assertThat(runtime.sweep()).as("what is left to sweep").isEmpty();
    }
    assertThat(model.requests().getLast().messages().toString())
        .contains("has sent 1 transactions on base that are not in these books")
        .contains("Settled: pay 2 USDC to alice on solana");
    assertThat(paid(Harbour.BOB_ON_BASE, "USDC")).isEqualTo("1");
  }

  @Test
  void a_planner_that_goes_in_circles_is_stopped() {
    ActionCall look = new ActionCall("1", "balance", "{\"asset\":\"SOL\",\"chain\":\"solana\"}");
    ChatReply again = Harbour.calls(look, look, look, look, look, look);
    TickReport report = run(ScriptedModel.byTurn(again, again, again));
    assertThat(report.outcome()).isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(report.text()).contains("keeps asking for the same thing");
    books().replayIsIdentical();
  }

  @Test
  void a_tick_ends_when_its_time_is_over_and_its_replay_ends_there_too() {
    List<Function<ChatRequest, ChatReply>> slow =
        List.of(_ -> {
          harbour.clock.advance(Duration.ofMinutes(16));
          return Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base"));
        });
    TickReport report = run(ScriptedModel.answering(slow));
    assertThat(report.outcome()).isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(report.text()).isEqualTo("The time limit is reached.");
    books().mustBeTrue();
  }

  @Test
  void a_tick_interrupted_under_another_agent_file_is_abandoned() {
    List<Function<ChatRequest, ChatReply>> dying =
        List.of(_ -> {
          throw new CrashPoints.SimulatedCrash("while the model thinks");
        });
    AgentRuntime crashed = harbour.openWithBooks(ScriptedModel.answering(dying));
    assertThatThrownBy(() -> crashed.run(GOAL)).isInstanceOf(CrashPoints.SimulatedCrash.class);
    var changed =
        AgentFile.parse(
            "captain.yaml",
            (Harbour.FILE + "# changed\n").getBytes(StandardCharsets.UTF_8),
            FakeCodec::read);
    try (AgentRuntime runtime =
        AgentRuntime.open(changed, harbour.wiring(ScriptedModel.inOrder()), Harbour.OWNER)) {
      assertThat(runtime.resume())
          .hasValueSatisfying(report -> {
            assertThat(report.resumed()).isTrue();
            assertThat(report.outcome()).isEqualTo(Outcome.LIMIT_REACHED);
            assertThat(report.text()).contains("The agent file changed");
          });
      assertThat(runtime.resume()).isEmpty();
    }
    crashed.close();
  }
}
