package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.NOW;
import static org.supercargo.testkit.store.StoreFixture.transactionId;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.mandate.Field;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// Intents and the transactions that carry them out.
abstract class IntentRules {
  private StoreFixture on;

  IntentRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    on = new StoreFixture(store());
  }

  @Test
  void every_kind_of_intent_comes_back_as_it_was_written() {
    var transfer = StoreFixture.intent(on.id(1, 0), StoreFixture.transfer());
    var swap = StoreFixture.intent(on.id(1, 1), StoreFixture.swap());
    on.write(transaction -> {
      transaction.insert(transfer);
      transaction.insert(swap);
    });
    assertThat(on.committed.intent(on.id(1, 0))).contains(transfer);
    assertThat(on.committed.intent(on.id(1, 1))).contains(swap);
    assertThat(on.committed.intent(on.id(1, 2))).isEmpty();
  }

  @Test
  void where_the_parts_of_a_proposal_came_from_is_kept() {
    var origins = new EnumMap<Field, Provenance>(Field.class);
    int sequence = 0;
    for (Provenance provenance : Provenance.values()) {
      var intent = withOrigins(sequence++, origins);
      on.write(transaction -> transaction.insert(intent));
      assertThat(on.committed.intent(intent.id())).contains(intent);
      origins.put(sequence % 2 == 0 ? Field.AMOUNT : Field.PAYEE, provenance);
    }
    assertThat(on.committed.intent(on.id(1, 0)).orElseThrow().origins()).isEmpty();
    assertThat(on.committed.intent(on.id(1, sequence - 1)).orElseThrow().origins()).hasSize(2);
  }

  private StoredIntent withOrigins(int sequence, Map<Field, Provenance> origins) {
    var plain = on.intent(1, sequence);
    return new StoredIntent(
        plain.id(), plain.intent(), plain.rule(), origins, plain.state(), plain.at());
  }

  @Test
  void an_intent_is_stored_once() {
    on.write(transaction -> transaction.insert(on.intent(1, 0)));
    assertRefused(
        transaction -> transaction.insert(StoreFixture.intent(on.id(1, 0), StoreFixture.swap())));
    assertThat(on.committed.intent(on.id(1, 0))).contains(on.intent(1, 0));
  }

  @Test
  void an_intent_moves_on_from_the_state_it_is_in_and_no_other() {
    on.write(transaction -> transaction.insert(on.intent(1, 0)));
    assertRefused(t -> t.move(on.id(1, 0), IntentState.EXECUTING, IntentState.SETTLED));
    on.write(t -> t.move(on.id(1, 0), IntentState.RESERVED, IntentState.EXECUTING));
    assertRefused(t -> t.move(on.id(1, 0), IntentState.RESERVED, IntentState.EXECUTING));
    assertThat(on.committed.intent(on.id(1, 0)))
        .contains(on.intent(1, 0).in(IntentState.EXECUTING));
    assertRefused(t -> t.move(on.id(1, 1), IntentState.RESERVED, IntentState.EXECUTING));
  }

  @Test
  void open_intents_are_those_in_no_final_state_oldest_first() {
    List<IntentId> ids =
        List.of(on.id(2, 0), on.id(2, 1), on.id(2, 10), on.id(10, 0), on.id(11, 0), on.id(12, 0));
    on.write(t -> ids.forEach(id -> t.insert(on.intent(id.tick().number(), id.sequence()))));
    on.write(t -> {
      t.move(ids.get(0), IntentState.RESERVED, IntentState.SETTLED);
      t.move(ids.get(2), IntentState.RESERVED, IntentState.EXECUTING);
      t.move(ids.get(3), IntentState.RESERVED, IntentState.FAILED);
      t.move(ids.get(4), IntentState.RESERVED, IntentState.REFUSED);
    });
    var other = new StoreFixture(on.store);
    other.write(t -> t.insert(other.intent(1, 0)));
    assertThat(on.committed.openIntents(on.agent))
        .extracting(StoredIntent::id)
        .containsExactly(ids.get(1), ids.get(2), ids.get(5));
    assertThat(on.committed.openIntents(StoreFixture.newAgent())).isEmpty();
  }

  @Test
  void an_intent_that_people_have_to_approve_is_open_until_they_have() {
    on.write(transaction -> {
      transaction.insert(on.awaiting(1, 0));
      transaction.insert(on.awaiting(1, 1));
    });
    assertThat(on.committed.openIntents(on.agent))
        .containsExactly(on.awaiting(1, 0), on.awaiting(1, 1));
    assertRefused(t -> t.move(on.id(1, 0), IntentState.RESERVED, IntentState.EXECUTING));
    on.write(transaction -> {
      transaction.move(on.id(1, 0), IntentState.AWAITING, IntentState.RESERVED);
      transaction.move(on.id(1, 1), IntentState.AWAITING, IntentState.REFUSED);
    });
    assertThat(on.committed.openIntents(on.agent)).containsExactly(on.intent(1, 0));
    assertRefused(t -> t.move(on.id(1, 0), IntentState.AWAITING, IntentState.RESERVED));
  }

  @Test
  void attempts_come_back_as_they_were_written_by_number() {
    on.write(transaction -> {
      transaction.insert(on.intent(1, 0));
      transaction.insert(on.attempt(on.id(1, 0), 10));
      transaction.insert(on.attempt(on.id(1, 0), 2));
      transaction.insert(on.attempt(on.id(1, 0), 1));
    });
    assertThat(on.committed.attempts(on.id(1, 0)))
        .containsExactly(
            on.attempt(on.id(1, 0), 1), on.attempt(on.id(1, 0), 2), on.attempt(on.id(1, 0), 10));
    assertThat(on.committed.attempts(on.id(2, 0))).isEmpty();
  }

  @Test
  void an_attempt_of_any_form_and_state_comes_back() {
    on.write(transaction -> transaction.insert(on.intent(1, 0)));
    int number = 0;
    for (AttemptState state : AttemptState.values()) {
      var attempt =
          new Attempt(
              on.id(1, 0),
              ++number,
              state,
              true,
              Bytes.EMPTY,
              new Validity.Nonce(number),
              BigInteger.ZERO,
              new Simulation("it would fail", List.of(), List.of()),
              transactionId("0x" + number),
              Bytes.of(new byte[70_000]),
              NOW);
      on.write(transaction -> transaction.insert(attempt));
      assertThat(on.committed.attempts(on.id(1, 0)).getLast()).isEqualTo(attempt);
    }
  }

  @Test
  void an_attempt_needs_its_intent_and_a_new_number() {
    assertRefused(transaction -> transaction.insert(on.attempt(on.id(1, 0), 1)));
    on.write(transaction -> transaction.insert(on.intent(1, 0)));
    on.write(transaction -> transaction.insert(on.attempt(on.id(1, 0), 1)));
    assertRefused(
        transaction -> transaction.insert(on.attempt(on.id(1, 0), 1).in(AttemptState.REFUSED)));
    assertThat(on.committed.attempts(on.id(1, 0))).containsExactly(on.attempt(on.id(1, 0), 1));
  }

  @Test
  void an_update_stores_state_transaction_and_signed_bytes_and_nothing_else() {
    var first = on.attempt(on.id(1, 0), 1);
    var second = on.attempt(on.id(1, 0), 2);
    on.write(transaction -> {
      transaction.insert(on.intent(1, 0));
      transaction.insert(first);
      transaction.insert(second);
    });
    var signed = Bytes.fromHex("00017f80ff");
    var changedElsewhere =
        new Attempt(
            on.id(1, 0),
            1,
            AttemptState.SIGNED,
            true,
            Bytes.fromHex("dead"),
            new Validity.Nonce(0),
            BigInteger.TWO,
            null,
            transactionId("0xabc"),
            signed,
            NOW.plusSeconds(99));
    on.write(transaction -> transaction.update(changedElsewhere, AttemptState.PREPARED));
    assertThat(on.committed.attempts(on.id(1, 0)))
        .containsExactly(first.signed(transactionId("0xabc"), signed), second);
  }

  @Test
  void an_update_needs_the_attempt_in_the_state_it_names() {
    var attempt = on.attempt(on.id(1, 0), 1);
    on.write(transaction -> {
      transaction.insert(on.intent(1, 0));
      transaction.insert(attempt);
    });
    assertRefused(t -> t.update(attempt.in(AttemptState.SENT), AttemptState.SIGNED));
    assertRefused(
        t -> t.update(on.attempt(on.id(1, 0), 2).in(AttemptState.DEAD), AttemptState.PREPARED));
    assertRefused(
        t -> t.update(on.attempt(on.id(9, 0), 1).in(AttemptState.DEAD), AttemptState.PREPARED));
    assertThat(on.committed.attempts(on.id(1, 0))).containsExactly(attempt);
    on.write(t -> t.update(attempt.in(AttemptState.REFUSED), AttemptState.PREPARED));
    assertThat(on.committed.attempts(on.id(1, 0)))
        .containsExactly(attempt.in(AttemptState.REFUSED));
  }

  @Test
  void signatures_are_counted_once_they_are_stored() {
    var other = new StoreFixture(on.store);
    var bytes = Bytes.fromHex("01");
    var id = transactionId("0x1");
    assertThat(on.committed.signatures(on.agent)).isZero();
    assertThat(on.committed.signatures(StoreFixture.newAgent())).isZero();
    on.write(transaction -> {
      transaction.insert(on.intent(1, 0));
      transaction.insert(on.intent(2, 0));
      transaction.insert(on.attempt(on.id(1, 0), 1));
      transaction.insert(on.attempt(on.id(2, 0), 1).signed(id, bytes));
      assertThat(transaction.signatures(on.agent)).isEqualTo(1);
    });
    on.write(t -> t.update(on.attempt(on.id(1, 0), 1).signed(id, bytes), AttemptState.PREPARED));
    assertThat(on.committed.signatures(on.agent)).isEqualTo(2);
    var sent = on.attempt(on.id(1, 0), 1).signed(id, bytes).in(AttemptState.SENT);
    on.write(transaction -> transaction.update(sent, AttemptState.SIGNED));
    on.write(transaction -> transaction.update(sent.in(AttemptState.DEAD), AttemptState.SENT));
    assertThat(on.committed.signatures(on.agent)).as("a dead one was given too").isEqualTo(2);
    assertThat(on.committed.signatures(other.agent)).isZero();
  }

  @Test
  void a_signature_that_is_not_stored_after_all_is_not_counted() {
    var signed = on.attempt(on.id(1, 0), 1).signed(transactionId("0x1"), Bytes.fromHex("01"));
    on.write(transaction -> transaction.insert(on.intent(1, 0)));
    assertRefused(transaction -> {
      transaction.insert(signed);
      transaction.insert(signed);
    });
    assertThat(on.committed.signatures(on.agent)).isZero();
    on.write(transaction -> {
      transaction.insert(signed);
      transaction.update(on.attempt(on.id(1, 0), 1), AttemptState.SIGNED);
    });
    assertThat(on.committed.signatures(on.agent)).isZero();
  }

  private void assertRefused(Consumer<StoreTransaction> work) {
    assertThatThrownBy(() -> on.write(work))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(on.agent.value());
  }
}
