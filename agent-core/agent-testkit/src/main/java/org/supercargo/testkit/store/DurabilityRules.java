package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.supercargo.testkit.store.StoreFixture.LARGEST;
import static org.supercargo.testkit.store.StoreFixture.MINUTE;
import static org.supercargo.testkit.store.StoreFixture.NOW;
import static org.supercargo.testkit.store.StoreFixture.approval;
import static org.supercargo.testkit.store.StoreFixture.reservation;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.engine.store.StoreView;

/// What one instance wrote, the next one finds. Skipped for a store that keeps nothing.
abstract class DurabilityRules {
  private StoreFixture on;
  private AgentStore next;

  DurabilityRules() {}

  abstract AgentStore store();

  abstract Optional<AgentStore> another();

  @BeforeEach
  void open_two_instances() {
    Optional<AgentStore> other = another();
    assumeTrue(other.isPresent(), "the store keeps nothing");
    next = other.orElseThrow();
    on = new StoreFixture(store());
  }

  @AfterEach
  void close_the_second() {
    if (next != null) {
      next.close();
    }
  }

  @Test
  void everything_one_instance_wrote_the_next_one_finds() {
    var attempt = on.attempt(on.id(1, 0), 1);
    var noted = new MemoryNote(StoreFixture.EVERY_SCRIPT, Provenance.OWNER, 3, NOW);
    on.write(transaction -> {
      StoreFixture.upTo(3).forEach(n -> transaction.append(on.row(n, n)));
      transaction.insert(on.intent(1, 0));
      transaction.insert(on.awaiting(2, 0));
      transaction.reserve(on.id(1, 0), reservation(LARGEST), NOW);
      transaction.reserve(on.id(1, 0), reservation(Mandate.FEES, LARGEST), NOW);
      transaction.reserve(on.id(2, 0), reservation(BigInteger.TEN), NOW);
      transaction.knowPayees(Set.of(on.wallet), NOW);
      transaction.setAlarm(StoreFixture.EVERY_SCRIPT);
      transaction.insert(attempt);
      transaction.setNextNonce(on.wallet, 8);
      transaction.post(on.entry("key", LARGEST));
      transaction.remember(noted);
      transaction.actOn(StoreFixture.EVERY_SCRIPT, NOW);
    });
    on.store.note(approval(on.id(2, 0), "grace", true));
    on.store.note(approval(on.id(2, 0), "ada", false));
    on.write(transaction -> {
      transaction.adjust(on.id(1, 0), reservation(Mandate.FEES, BigInteger.TWO));
      transaction.release(on.id(2, 0), Mandate.FEES);
      transaction.move(on.id(1, 0), IntentState.RESERVED, IntentState.EXECUTING);
      transaction.update(
          attempt.signed(StoreFixture.transactionId("0x1"), Bytes.fromHex("ff00")),
          AttemptState.PREPARED);
    });
    List<Object> written = on.store.read(view -> everything(view, on.agent));
    assertThat(next.<List<Object>>read(view -> everything(view, on.agent))).isEqualTo(written);
    assertThat(written)
        .contains(
            List.of(approval(on.id(2, 0), "grace", true), approval(on.id(2, 0), "ada", false)))
        .contains(Optional.of(NOW), Optional.of(StoreFixture.EVERY_SCRIPT), 1L, LARGEST)
        .contains(BigInteger.TWO)
        .contains(List.of(noted), LARGEST.negate())
        .contains(Optional.of(new ActedOrder(1, NOW)));
    assertThat(next.agents()).contains(on.agent);
  }

  private List<Object> everything(StoreView view, AgentId agent) {
    return List.of(
        view.journal(agent, 0, 100),
        view.journalOfTick(agent, 2),
        view.lastTick(agent),
        view.openIntents(agent),
        view.attempts(on.id(1, 0)),
        view.reserved(on.everReserved()),
        view.reserved(new BudgetQuestion(agent, Mandate.FEES, AssetId.USD, NOW, "0xA11CE", null)),
        view.signatures(agent),
        view.approvals(on.id(2, 0)),
        view.payeeSince(agent, on.wallet),
        view.alarm(agent),
        view.nextNonce(on.wallet),
        view.entries(agent),
        view.balances(agent),
        view.spent(agent, "wallet/", AssetId.USD, NOW),
        view.notes(agent, 100),
        view.order(agent, StoreFixture.EVERY_SCRIPT));
  }

  @Test
  void what_a_person_decided_in_another_process_the_lease_holder_finds() {
    on.write(transaction -> transaction.insert(on.awaiting(1, 0)));
    var decision = approval(on.id(1, 0), "ada", true);
    next.note(decision);
    on.write(transaction -> {
      assertThat(transaction.approvals(on.id(1, 0))).containsExactly(decision);
      transaction.move(on.id(1, 0), IntentState.AWAITING, IntentState.RESERVED);
    });
    assertThatThrownBy(() -> next.note(approval(on.id(1, 0), "grace", false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is RESERVED, not AWAITING");
  }

  @Test
  void a_fence_holds_across_instances() {
    var high = on.store.acquire(on.agent, "first", NOW, MINUTE, 1_000_000).orElseThrow();
    var higher = next.acquire(on.agent, "first", NOW, MINUTE, 0).orElseThrow();
    assertThat(higher.fence()).isGreaterThan(high.fence());
  }

  @Test
  void a_lease_holds_across_instances() {
    assertThat(next.acquire(on.agent, "second", NOW, MINUTE, 0)).isEmpty();
    var taken = next.acquire(on.agent, "second", NOW.plus(MINUTE), MINUTE, 0).orElseThrow();
    assertThat(taken.fence()).isGreaterThan(on.lease.fence());
    assertThatThrownBy(() -> on.write(transaction -> transaction.setNextNonce(on.wallet, 1)))
        .isInstanceOf(StaleLeaseException.class);
  }

  @Test
  void the_next_instance_continues_where_the_last_one_stopped() {
    on.write(transaction -> {
      transaction.append(on.row(1, 1));
      transaction.insert(on.intent(1, 0));
      transaction.reserve(on.id(1, 0), reservation(BigInteger.ONE), NOW);
      transaction.post(on.entry("key", BigInteger.ONE));
    });
    next.<Boolean>transact(
        on.lease,
        transaction -> {
          transaction.append(on.row(2, 1));
          transaction.move(on.id(1, 0), IntentState.RESERVED, IntentState.FAILED);
          assertThat(transaction.post(on.entry("key", BigInteger.TWO))).isFalse();
          assertThat(transaction.post(on.entry("next", BigInteger.TWO))).isTrue();
          transaction.release(on.id(1, 0), Mandate.FEES);
          return true;
        });
    assertThat(on.reservedSince(NOW)).isZero();
    assertThat(on.committed.balances(on.agent).getFirst().baseUnits()).isEqualTo(3);
    assertThat(on.committed.journal(on.agent, 0, 10)).hasSize(2);
    assertThat(on.committed.openIntents(on.agent)).isEmpty();
  }
}
