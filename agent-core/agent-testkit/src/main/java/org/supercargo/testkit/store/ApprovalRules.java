package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.EVERY_SCRIPT;
import static org.supercargo.testkit.store.StoreFixture.MINUTE;
import static org.supercargo.testkit.store.StoreFixture.NOW;
import static org.supercargo.testkit.store.StoreFixture.approval;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.store.AgentStore;

/// What people decide, while a process runs the agent.
abstract class ApprovalRules {
  private StoreFixture on;
  private AgentStore store;
  private IntentId asked;

  ApprovalRules() {}

  abstract AgentStore store();

  @BeforeEach
  void ask_people_about_an_intent() {
    store = store();
    on = new StoreFixture(store);
    asked = on.id(1, 0);
    on.write(transaction -> transaction.insert(on.awaiting(1, 0)));
  }

  private List<SignedApproval> noted() {
    return on.committed.approvals(asked);
  }

  @Test
  void nobody_has_decided_at_first() {
    assertThat(noted()).isEmpty();
    assertThat(on.committed.approvals(on.id(7, 7))).isEmpty();
  }

  @Test
  void decisions_come_back_as_they_were_noted_in_the_order_in_which_they_came_in() {
    var late =
        new SignedApproval(
            asked,
            Bytes.of(new byte[] {0, -1}),
            EVERY_SCRIPT,
            true,
            Instant.parse("2199-12-31T23:59:59.123456789Z"),
            Bytes.EMPTY);
    var decisions = List.of(late, approval(asked, "zoe", false), approval(asked, "ada", true));
    decisions.forEach(store::note);
    assertThat(noted()).containsExactlyElementsOf(decisions);
  }

  @Test
  void the_first_decision_of_each_approver_stays() {
    var first = approval(asked, "ada", true);
    store.note(first);
    store.note(first);
    store.note(approval(asked, "ada", false));
    store.note(approval(asked, "Ada", false));
    assertThat(noted()).containsExactly(first, approval(asked, "Ada", false));
  }

  @Test
  void a_decision_needs_no_lease() {
    store.note(approval(asked, "ada", true));
    store.release(on.lease);
    store.note(approval(asked, "grace", true));
    assertThat(store.acquire(on.agent, "second", NOW, MINUTE, 0)).isPresent();
    store.note(approval(asked, "zoe", true));
    assertThat(noted()).hasSize(3);
  }

  @Test
  void noting_a_decision_takes_no_lease_away() {
    store.note(approval(asked, "ada", true));
    assertThat(store.acquire(on.agent, "second", NOW, MINUTE, 0)).isEmpty();
    on.write(transaction -> {
      assertThat(transaction.approvals(asked)).containsExactly(approval(asked, "ada", true));
      transaction.move(asked, IntentState.AWAITING, IntentState.RESERVED);
    });
  }

  @Test
  void a_decision_about_an_intent_that_asks_for_none_is_refused() {
    assertRefused(approval(on.id(2, 0), "ada", true), "intent " + on.id(2, 0) + " does not exist");
    IntentId elsewhere = new StoreFixture(store).id(1, 0);
    assertRefused(approval(elsewhere, "ada", true), "intent " + elsewhere + " does not exist");
    int sequence = 0;
    for (IntentState state : IntentState.values()) {
      if (state != IntentState.AWAITING) {
        var intent = on.intent(3, sequence++).in(state);
        on.write(transaction -> transaction.insert(intent));
        assertRefused(
            approval(intent.id(), "ada", true),
            "intent " + intent.id() + " is " + state + ", not AWAITING");
      }
    }
  }

  @Test
  void once_the_intent_has_moved_on_decisions_stay_and_none_is_added() {
    var first = approval(asked, "ada", true);
    store.note(first);
    on.write(t -> t.move(asked, IntentState.AWAITING, IntentState.RESERVED));
    assertRefused(approval(asked, "grace", false), "is RESERVED, not AWAITING");
    assertRefused(first, "is RESERVED, not AWAITING");
    assertThat(noted()).containsExactly(first);
  }

  @Test
  void decisions_belong_to_one_intent() {
    on.write(transaction -> transaction.insert(on.awaiting(1, 1)));
    store.note(approval(asked, "ada", true));
    store.note(approval(on.id(1, 1), "ada", false));
    assertThat(noted()).containsExactly(approval(asked, "ada", true));
    assertThat(on.committed.approvals(on.id(1, 1)))
        .containsExactly(approval(on.id(1, 1), "ada", false));
  }

  @Test
  void text_that_databases_cannot_keep_is_refused_instead_of_changed() {
    assertThatThrownBy(() -> store.note(approval(asked, "half \uD83D", true)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(noted()).isEmpty();
  }

  private void assertRefused(SignedApproval approval, String reason) {
    List<SignedApproval> before = on.committed.approvals(approval.intent());
    assertThatThrownBy(() -> store.note(approval))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(reason);
    assertThat(on.committed.approvals(approval.intent())).isEqualTo(before);
  }
}
