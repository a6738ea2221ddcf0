package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.EVERY_SCRIPT;
import static org.supercargo.testkit.store.StoreFixture.MINUTE;
import static org.supercargo.testkit.store.StoreFixture.NOW;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.engine.store.AgentStore;

/// What is kept of an agent itself: its address book and its alarm.
abstract class AgentRules {
  private static final Address ALICE = new Address(ChainId.BASE, "0xA11CE");
  private static final Address BOB = new Address(ChainId.BASE, "0xB0B");
  private static final Address HOME = new Address(ChainId.OFF_CHAIN, EVERY_SCRIPT);

  private StoreFixture on;

  AgentRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    on = new StoreFixture(store());
  }

  private void know(Instant at, Address... payees) {
    on.write(transaction -> transaction.knowPayees(Set.of(payees), at));
  }

  @Test
  void an_agent_begins_with_an_empty_address_book_and_no_alarm() {
    assertThat(on.committed.payeeSince(on.agent, ALICE)).isEmpty();
    assertThat(on.committed.alarm(on.agent)).isEmpty();
    assertThat(on.committed.alarm(StoreFixture.newAgent())).isEmpty();
  }

  @Test
  void a_payee_keeps_the_time_at_which_it_came() {
    know(NOW, ALICE, HOME);
    know(NOW.plusNanos(1), ALICE, HOME, BOB);
    know(NOW.plusSeconds(1), BOB, ALICE, HOME);
    assertThat(on.committed.payeeSince(on.agent, ALICE)).contains(NOW);
    assertThat(on.committed.payeeSince(on.agent, HOME)).contains(NOW);
    assertThat(on.committed.payeeSince(on.agent, BOB)).contains(NOW.plusNanos(1));
  }

  @Test
  void a_payee_that_left_comes_back_as_a_new_one() {
    know(NOW, ALICE, BOB);
    know(NOW.plusSeconds(1), BOB);
    assertThat(on.committed.payeeSince(on.agent, ALICE)).isEmpty();
    assertThat(on.committed.payeeSince(on.agent, BOB)).contains(NOW);
    know(NOW.plusSeconds(2), ALICE, BOB);
    assertThat(on.committed.payeeSince(on.agent, ALICE)).contains(NOW.plusSeconds(2));
    know(NOW.plusSeconds(3));
    assertThat(on.committed.payeeSince(on.agent, BOB)).isEmpty();
  }

  @Test
  void the_same_text_on_another_chain_or_in_another_case_is_another_payee() {
    know(NOW, ALICE);
    assertThat(on.committed.payeeSince(on.agent, new Address(ChainId.SOLANA, ALICE.text())))
        .isEmpty();
    assertThat(on.committed.payeeSince(on.agent, new Address(ChainId.BASE, "0xa11ce"))).isEmpty();
  }

  @Test
  void every_agent_has_its_own_address_book_and_alarm() {
    var other = new StoreFixture(on.store);
    other.write(transaction -> {
      transaction.knowPayees(Set.of(ALICE), NOW);
      transaction.setAlarm("the other's");
    });
    know(NOW.plusSeconds(5), BOB);
    assertThat(other.committed.payeeSince(other.agent, ALICE)).contains(NOW);
    assertThat(other.committed.payeeSince(other.agent, BOB)).isEmpty();
    assertThat(on.committed.alarm(on.agent)).isEmpty();
  }

  @Test
  void an_address_book_may_be_large() {
    var book = new HashSet<Address>();
    StoreFixture.upTo(1_000).forEach(n -> book.add(new Address(ChainId.BASE, "0x" + n)));
    on.write(transaction -> transaction.knowPayees(book, NOW));
    book.remove(new Address(ChainId.BASE, "0x500"));
    on.write(transaction -> transaction.knowPayees(book, NOW.plusSeconds(1)));
    assertThat(on.committed.payeeSince(on.agent, new Address(ChainId.BASE, "0x500"))).isEmpty();
    assertThat(on.committed.payeeSince(on.agent, new Address(ChainId.BASE, "0x1000")))
        .contains(NOW);
  }

  @Test
  void an_alarm_stays_until_it_is_cleared_whoever_has_the_lease() {
    on.write(transaction -> transaction.setAlarm("first"));
    on.write(transaction -> transaction.setAlarm(EVERY_SCRIPT));
    on.store.release(on.lease);
    var second = on.store.acquire(on.agent, "second", NOW, MINUTE, 0).orElseThrow();
    assertThat(on.committed.alarm(on.agent)).contains(EVERY_SCRIPT);
    on.write(second, transaction -> transaction.setAlarm(null));
    assertThat(on.committed.alarm(on.agent)).isEmpty();
    on.write(second, transaction -> transaction.setAlarm(null));
    assertThat(on.committed.alarm(on.agent)).isEmpty();
  }

  @Test
  void text_that_databases_cannot_keep_is_refused_instead_of_changed() {
    String half = "half \uD83D";
    assertThatThrownBy(() -> on.write(transaction -> transaction.setAlarm(half)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> know(NOW, new Address(ChainId.BASE, half)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(on.committed.alarm(on.agent)).isEmpty();
  }
}
