package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.testkit.FakeApprover;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// Payments that people have to approve, from the proposal to the chain.
final class ApprovalTest {
  private static final Goal GOAL = new Goal("Pay bob.");
  private static final FakeApprover CFO = FakeApprover.named("cfo");
  private static final FakeApprover OPS = FakeApprover.named("ops");
  private static final FakeApprover CTO = FakeApprover.named("cto");
  private static final FakeApprover INTERN = FakeApprover.named("intern");
  private static final Duration DELAY = Duration.ofMinutes(10);
  private static final Duration LAPSE = Duration.ofHours(2);

  private static final String FILE =
      Harbour.FILE
          + """
          - name: large to bob
            approve: transfer
            chains: base
            assets: USDC
            payees: bob
            above: 10 USDC
            per-transaction: 30 USDC
            rolling: 50 USDC per 24h
            by: [cfo, ops, cto]
            quorum: 2
            delay: 10m
            lapse: 2h
          - name: large to alice
            approve: transfer
            chains: base
            assets: USDC
            payees: alice
            above: 10 USDC
            per-transaction: 30 USDC
            rolling: 50 USDC per 24h
            by: cfo
          """
              .indent(4)
          + approvers();

  private Harbour harbour = new Harbour(FILE, new ScriptedFaults(), new ScriptedFaults());

  private static String approvers() {
    var text = new StringBuilder("  approvers:\n");
    for (FakeApprover approver : List.of(CFO, OPS, CTO, INTERN)) {
      text.append("    ")
          .append(approver.name())
          .append(": ed25519:")
          .append(approver.publicKey().hex())
          .append('\n');
    }
    return text.toString();
  }

  private static ScriptedModel pay(String payee, String amount) {
    return ScriptedModel.byTurn(
        Harbour.calls(Harbour.send("1", payee, amount, "base")), Harbour.answer("That is all."));
  }

  private Outcome propose(String payee, String amount) {
    try (AgentRuntime runtime = harbour.openWithBooks(pay(payee, amount))) {
      return runtime.run(GOAL).outcome();
    }
  }

  private static IntentId intent(long tick) {
    return new IntentId(new TickId(Harbour.AGENT, tick), 0);
  }

  private Bytes digest(IntentId id) {
    return new Books(harbour, "approvals")
        .records().stream()
            .map(record -> record.event())
            .filter(JournalEvent.ApprovalRequested.class::isInstance)
            .map(JournalEvent.ApprovalRequested.class::cast)
            .filter(asked -> asked.id().equals(id))
            .map(JournalEvent.ApprovalRequested::digest)
            .findFirst()
            .orElseThrow();
  }

  private void note(SignedApproval approval) {
    harbour.store.note(approval);
  }

  private void approve(FakeApprover approver) {
    note(approver.approve(intent(1), digest(intent(1)), harbour.clock.instant()));
  }

  private String sweep() {
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      List<ActionResult> results = runtime.sweep();
      return results.isEmpty() ? "" : results.getFirst().toString();
    }
  }

  private String state() {
    return new Books(harbour, "approvals").intents().getFirst().state().name();
  }

  private String bobHas() {
    return harbour.balance(Harbour.BOB_ON_BASE, harbour.asset("USDC", ChainId.BASE)).number();
  }

  private void booksAreTrue() {
    new Books(harbour, "approvals").mustBeTrue();
  }

  @Test
  void nothing_is_built_or_signed_before_people_have_approved() {
    assertThat(propose("bob", "20 USDC")).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(sweep()).startsWith("Awaiting").contains("the approval of 2 of cfo, cto, ops");
    assertThat(state()).isEqualTo("AWAITING");
    assertThat(harbour.signer.signatures()).isZero();
    assertThat(new Books(harbour, "approvals").attempts(intent(1))).isEmpty();
  }

  @Test
  void one_approval_is_enough_where_the_rule_asks_for_one() {
    assertThat(propose("alice", "20 USDC")).isEqualTo(Outcome.AWAITING_APPROVAL);
    approve(CFO);
    assertThat(sweep()).startsWith("Settled");
    booksAreTrue();
  }

  @Test
  void two_of_three_have_to_approve_and_then_the_delay_has_to_pass() {
    propose("bob", "20 USDC");
    approve(CTO);
    assertThat(sweep()).contains("the approval of 1 of cfo, ops");
    approve(OPS);
    assertThat(sweep()).startsWith("Awaiting").contains("the delay until");
    harbour.clock.advance(DELAY.minusMillis(1));
    assertThat(sweep()).startsWith("Awaiting");
    assertThat(harbour.signer.signatures()).isZero();
    harbour.clock.advance(Duration.ofMillis(1));
    assertThat(sweep()).startsWith("Settled");
    assertThat(bobHas()).isEqualTo("20");
    booksAreTrue();
  }

  @Test
  void the_same_person_twice_is_one_person() {
    propose("bob", "20 USDC");
    approve(CFO);
    harbour.clock.advance(Duration.ofMinutes(1));
    approve(CFO);
    harbour.clock.advance(DELAY);
    assertThat(sweep()).contains("the approval of 1 of cto, ops");
  }

  @Test
  void a_veto_during_the_delay_ends_it_and_frees_its_budget() {
    propose("bob", "30 USDC");
    approve(CFO);
    approve(OPS);
    sweep();
    note(CTO.reject(intent(1), digest(intent(1)), harbour.clock.instant()));
    harbour.clock.advance(DELAY);
    assertThat(sweep()).startsWith("Refused").contains("rejected by cto");
    assertThat(state()).isEqualTo("REFUSED");
    assertThat(harbour.signer.signatures()).isZero();
    assertThat(propose("bob", "30 USDC"))
        .as("the budget is free again")
        .isEqualTo(Outcome.AWAITING_APPROVAL);
  }

  @Test
  void what_nobody_approves_lapses_and_frees_its_budget() {
    propose("bob", "30 USDC");
    approve(CFO);
    harbour.clock.advance(LAPSE.minusMillis(1));
    assertThat(sweep()).startsWith("Awaiting");
    harbour.clock.advance(Duration.ofMillis(1));
    assertThat(sweep()).contains("nobody approved it in time");
    assertThat(state()).isEqualTo("REFUSED");
    booksAreTrue();
  }

  @Test
  void approvals_of_people_the_rule_does_not_name_count_for_nothing() {
    propose("bob", "20 USDC");
    approve(INTERN);
    approve(CFO);
    harbour.clock.advance(DELAY);
    assertThat(sweep()).contains("the approval of 1 of cto, ops");
    harbour.clock.advance(LAPSE);
    assertThat(sweep()).as("after the lapse").contains("nobody approved it in time");
  }

  @Test
  void an_approval_of_something_else_or_by_another_key_counts_for_nothing() {
    propose("alice", "20 USDC");
    IntentId id = intent(1);
    Bytes digest = digest(id);
    SignedApproval forged = INTERN.approve(id, digest, harbour.clock.instant());
    note(new SignedApproval(id, digest, "cfo", true, forged.at(), forged.signature()));
    assertThat(sweep()).contains("the approval of 1 of cfo");

    harbour = new Harbour(FILE, new ScriptedFaults(), new ScriptedFaults());
    propose("alice", "20 USDC");
    note(CFO.approve(id, Bytes.fromHex("00".repeat(32)), harbour.clock.instant()));
    assertThat(sweep()).contains("the approval of 1 of cfo");
  }

  @Test
  void what_waits_for_people_holds_its_budget_meanwhile() {
    assertThat(propose("bob", "30 USDC")).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(propose("bob", "20.000001 USDC")).isEqualTo(Outcome.REFUSED);
    assertThat(propose("bob", "20 USDC")).isEqualTo(Outcome.AWAITING_APPROVAL);
  }

  @Test
  void the_books_are_compared_with_the_chains_although_somebody_has_yet_to_approve() {
    propose("bob", "20 USDC");
    harbour.someoneElsePaysFrom(ChainId.BASE);
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      assertThat(runtime.reconcile()).isTrue();
      assertThat(runtime.alarm()).isPresent();
      approve(CFO);
      approve(OPS);
      harbour.clock.advance(DELAY);
      assertThat(runtime.sweep())
          .as("what was approved, while an alarm stands")
          .singleElement()
          .asString()
          .startsWith("Awaiting")
          .contains("alarm");
      assertThat(harbour.signer.signatures()).isZero();
    }
  }

  @Test
  void a_process_that_ends_at_any_point_pays_once_what_was_approved() {
    int crash = 1;
    for (boolean crashed = true; crashed; crash++) {
      harbour = new Harbour(FILE, new ScriptedFaults(), new ScriptedFaults());
      var points = new CrashPoints(crash);
      List<AgentRuntime> opened = new ArrayList<>();
      crashed = crashes(() -> proposeAndSweep(points, opened));
      sweepOn(opened);
      String story = "crash " + crash + " " + points.crash();
      assertThat(new Books(harbour, story).intents()).as(story).hasSize(1);
      approve(CFO);
      approve(OPS);
      harbour.clock.advance(DELAY);
      crashed |= crashes(() -> sweepWith(points, opened));
      sweepOn(opened);
      opened.forEach(AgentRuntime::close);
      assertThat(bobHas()).as("%s: what bob received", story).isEqualTo("20");
      new Books(harbour, story).mustBeTrue();
    }
    assertThat(crash).isGreaterThan(60);
  }

  private void proposeAndSweep(CrashPoints points, List<AgentRuntime> opened) {
    AgentRuntime runtime = open(points, opened);
    runtime.reconcile();
    runtime.run(GOAL);
    runtime.sweep();
  }

  private void sweepWith(CrashPoints points, List<AgentRuntime> opened) {
    open(points, opened).sweep();
  }

  private AgentRuntime open(CrashPoints points, List<AgentRuntime> opened) {
    AgentRuntime runtime =
        AgentRuntime.open(
            harbour.file, harbour.wiring(pay("bob", "20 USDC"), points), Harbour.OWNER);
    opened.add(runtime);
    return runtime;
  }

  private void sweepOn(List<AgentRuntime> opened) {
    AgentRuntime runtime = open(new CrashPoints(0), opened);
    if (harbour.store.read(view -> view.lastTick(Harbour.AGENT)) == 0) {
      runtime.reconcile();
      runtime.run(GOAL);
    }
    runtime.sweep();
    runtime.resume();
    runtime.sweep();
  }

  private static boolean crashes(Runnable life) {
    try {
      life.run();
      return false;
    } catch (CrashPoints.SimulatedCrash e) {
      return true;
    }
  }

  @Test
  void what_was_approved_and_signed_is_followed_although_the_books_lost_the_approval() {
    propose("alice", "20 USDC");
    int beforeApproval = harbour.store.position();
    approve(CFO);
    sweep();
    assertThat(state()).isEqualTo("SETTLED");
    harbour.store.rewind(beforeApproval);
    assertThat(state()).isEqualTo("AWAITING");
    harbour.clock.advance(Duration.ofDays(2));
    assertThat(sweep()).startsWith("Settled");
    new Books(harbour, "the approval was lost").mustBeTrueAfterRestore();
  }

  @Test
  void an_approval_that_waits_is_told_to_the_planner_as_waiting() {
    ScriptedModel model = pay("bob", "20 USDC");
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      runtime.run(GOAL);
    }
    assertThat(model.requests().getLast().messages().getLast().toString())
        .contains("Waits for people, and goes on without you");
    assertThat(new Books(harbour, "approvals").intents())
        .extracting(stored -> stored.state())
        .containsExactly(IntentState.AWAITING);
  }
}
