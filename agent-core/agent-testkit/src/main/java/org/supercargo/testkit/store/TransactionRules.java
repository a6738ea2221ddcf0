package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.NOW;
import static org.supercargo.testkit.store.StoreFixture.reservation;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
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
import org.supercargo.engine.store.StoreTransaction;

/// All of a transaction, or nothing of it.
abstract class TransactionRules {
  private static final MemoryNote NOTE = new MemoryNote("look", Provenance.MODEL, 1, NOW);

  private StoreFixture on;
  private AgentStore store;

  TransactionRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    store = store();
    on = new StoreFixture(store);
  }

  @Test
  void the_result_of_the_work_is_given_back() {
    assertThat(store.<String>transact(on.lease, _ -> "done")).isEqualTo("done");
    assertThat(store.<String>read(_ -> "seen")).isEqualTo("seen");
  }

  @Test
  void a_transaction_reads_what_it_wrote() {
    on.write(transaction -> {
      writeOneOfEach(transaction);
      assertThat(transaction.lastJournalRow(on.agent)).contains(on.row(1, 1));
      assertThat(transaction.openIntents(on.agent)).hasSize(1);
      assertThat(transaction.attempts(on.id(1, 0))).hasSize(1);
      assertThat(transaction.reserved(on.everReserved())).isEqualTo(BigInteger.TEN);
      assertThat(transaction.payeeSince(on.agent, on.wallet)).contains(NOW);
      assertThat(transaction.alarm(on.agent)).contains("look");
      assertThat(transaction.signatures(on.agent)).isZero();
      assertThat(transaction.nextNonce(on.wallet)).hasValue(5);
      assertThat(transaction.entries(on.agent)).hasSize(1);
      assertThat(transaction.balances(on.agent)).hasSize(2);
      assertThat(transaction.spent(on.agent, "expense/", AssetId.USD, NOW)).isEqualTo(1);
      assertThat(transaction.notes(on.agent, 10)).containsExactly(NOTE);
      assertThat(transaction.order(on.agent, "weekly")).contains(new ActedOrder(1, NOW));
    });
  }

  @Test
  void an_exception_leaves_no_trace_of_anything_written_before_it() {
    var failure = new IllegalArgumentException("the work failed");
    assertThatThrownBy(() ->
            on.write(transaction -> {
              writeOneOfEach(transaction);
              throw failure;
            }))
        .isSameAs(failure);
    assertThat(on.committed.journal(on.agent, 0, 10)).isEmpty();
    assertThat(on.committed.intent(on.id(1, 0))).isEmpty();
    assertThat(on.committed.attempts(on.id(1, 0))).isEmpty();
    assertThat(on.reservedSince(NOW)).isZero();
    assertThat(on.committed.reserved(on.everReserved())).isZero();
    assertThat(on.committed.payeeSince(on.agent, on.wallet)).isEmpty();
    assertThat(on.committed.alarm(on.agent)).isEmpty();
    assertThat(on.committed.nextNonce(on.wallet)).isEqualTo(OptionalLong.empty());
    assertThat(on.committed.entries(on.agent)).isEmpty();
    assertThat(on.committed.balances(on.agent)).isEmpty();
    assertThat(on.committed.spent(on.agent, "expense/", AssetId.USD, NOW)).isZero();
    assertThat(on.committed.notes(on.agent, 10)).isEmpty();
    assertThat(on.committed.order(on.agent, "weekly")).isEmpty();
  }

  @Test
  void an_exception_takes_back_every_change_of_rows_that_were_there() {
    on.write(this::writeOneOfEach);
    var before = on.committed.attempts(on.id(1, 0));
    assertThatThrownBy(() ->
            on.write(transaction -> {
              transaction.move(on.id(1, 0), IntentState.RESERVED, IntentState.EXECUTING);
              transaction.move(on.id(1, 0), IntentState.EXECUTING, IntentState.SETTLED);
              transaction.update(
                  before.getFirst().signed(StoreFixture.transactionId("t"), Bytes.fromHex("01")),
                  AttemptState.PREPARED);
              transaction.reserve(on.id(1, 0), reservation(BigInteger.ONE), NOW);
              transaction.reserve(
                  on.id(1, 0), StoreFixture.reservation("more", BigInteger.ONE), NOW);
              transaction.adjust(on.id(1, 0), StoreFixture.reservation("more", BigInteger.TWO));
              transaction.release(on.id(1, 0), "more");
              transaction.knowPayees(Set.of(), NOW.plusSeconds(1));
              transaction.knowPayees(Set.of(on.wallet), NOW.plusSeconds(2));
              transaction.setAlarm(null);
              transaction.remember(NOTE);
              transaction.actOn("weekly", NOW.plusSeconds(1));
              assertThat(transaction.post(on.entry("other", BigInteger.TWO))).isTrue();
              transaction.setNextNonce(on.wallet, 6);
              transaction.setNextNonce(on.wallet, 7);
              transaction.append(on.row(2, 1));
              throw new AssertionError("even an error");
            }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("even an error");
    assertThat(on.committed.intent(on.id(1, 0))).contains(on.intent(1, 0));
    assertThat(on.committed.attempts(on.id(1, 0))).isEqualTo(before);
    assertThat(on.reservedSince(NOW)).isEqualTo(BigInteger.TEN);
    assertThat(on.committed.reserved(on.everReserved())).isEqualTo(BigInteger.TEN);
    assertThat(on.committed.signatures(on.agent)).isZero();
    assertThat(on.committed.payeeSince(on.agent, on.wallet)).contains(NOW);
    assertThat(on.committed.alarm(on.agent)).contains("look");
    assertThat(on.committed.balances(on.agent).getFirst().baseUnits()).isEqualTo(1);
    assertThat(on.committed.notes(on.agent, 10)).containsExactly(NOTE);
    assertThat(on.committed.order(on.agent, "weekly")).contains(new ActedOrder(1, NOW));
    assertThat(on.committed.nextNonce(on.wallet)).hasValue(5);
    assertThat(on.committed.lastJournalRow(on.agent)).contains(on.row(1, 1));
  }

  @Test
  void a_refused_write_that_the_work_survives_leaves_the_rest_intact() {
    on.write(this::writeOneOfEach);
    on.write(transaction -> {
      assertThatThrownBy(() -> transaction.append(on.row(1, 1)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> transaction.insert(on.intent(1, 0)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> transaction.insert(on.attempt(on.id(1, 0), 1)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> transaction.insert(on.attempt(on.id(8, 0), 1)))
          .isInstanceOf(IllegalStateException.class);
      transaction.append(on.row(2, 1));
    });
    assertThat(on.committed.journal(on.agent, 0, 10)).hasSize(2);
  }

  @Test
  void after_a_failed_transaction_the_next_one_succeeds() {
    for (int round = 0; round < 20; round++) {
      assertThatThrownBy(() ->
              on.write(transaction -> {
                writeOneOfEach(transaction);
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");
    }
    on.write(this::writeOneOfEach);
    assertThat(on.committed.entries(on.agent)).hasSize(1);
  }

  @Test
  void rows_of_another_agent_are_refused_whatever_they_are() {
    var other = new StoreFixture(store);
    other.write(transaction -> {
      transaction.insert(other.intent(1, 0));
      transaction.insert(other.attempt(other.id(1, 0), 1));
    });
    List<java.util.function.Consumer<StoreTransaction>> writes =
        List.of(
            transaction -> transaction.append(other.row(1, 1)),
            transaction -> transaction.insert(other.intent(2, 0)),
            transaction ->
                transaction.move(other.id(1, 0), IntentState.RESERVED, IntentState.FAILED),
            transaction -> transaction.reserve(other.id(1, 0), reservation(BigInteger.ONE), NOW),
            transaction -> transaction.adjust(other.id(1, 0), reservation(BigInteger.ONE)),
            transaction -> transaction.release(other.id(1, 0), Mandate.FEES),
            transaction -> transaction.insert(other.attempt(other.id(1, 0), 2)),
            transaction ->
                transaction.update(
                    other.attempt(other.id(1, 0), 1).in(AttemptState.DEAD), AttemptState.PREPARED),
            transaction -> transaction.post(other.entry("key", BigInteger.ONE)));
    for (var write : writes) {
      assertThatThrownBy(() -> on.write(write))
          .as("write %d of the list", writes.indexOf(write))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(other.agent.value());
    }
    assertThat(other.committed.intent(other.id(1, 0))).contains(other.intent(1, 0));
  }

  @Test
  void the_store_refuses_to_be_used_inside_its_own_transaction() {
    AgentId free = StoreFixture.newAgent();
    List<Runnable> uses =
        List.of(
            () -> store.transact(on.lease, _ -> true),
            () -> store.read(_ -> true),
            () -> store.acquire(free, "first", NOW, StoreFixture.MINUTE, 0),
            () -> store.release(on.lease),
            () -> store.note(StoreFixture.approval(on.id(1, 0), "ada", true)));
    for (Runnable use : uses) {
      assertThatThrownBy(() -> on.write(_ -> use.run()))
          .as("use %d of the list", uses.indexOf(use))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("inside");
    }
    assertThat(store.agents()).doesNotContain(free);
  }

  private void writeOneOfEach(StoreTransaction transaction) {
    transaction.append(on.row(1, 1));
    transaction.insert(on.intent(1, 0));
    transaction.reserve(on.id(1, 0), reservation(BigInteger.TEN), NOW);
    transaction.insert(on.attempt(on.id(1, 0), 1));
    transaction.setNextNonce(on.wallet, 5);
    transaction.knowPayees(Set.of(on.wallet), NOW);
    transaction.setAlarm("look");
    transaction.remember(NOTE);
    transaction.actOn("weekly", NOW);
    assertThat(transaction.post(on.entry("key", BigInteger.ONE))).isTrue();
  }
}
