package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.MINUTE;
import static org.supercargo.testkit.store.StoreFixture.NOW;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StaleLeaseException;

/// Who may act for an agent, and until when.
abstract class LeaseRules {
  private StoreFixture on;
  private AgentStore store;

  LeaseRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    store = store();
    on = new StoreFixture(store);
  }

  @Test
  void a_lease_names_its_agent_and_its_owner() {
    assertThat(on.lease.agent()).isEqualTo(on.agent);
    assertThat(on.lease.owner()).isEqualTo("first");
    assertThat(on.lease.fence()).isPositive();
  }

  @Test
  void while_a_lease_is_alive_another_owner_gets_none() {
    assertThat(store.acquire(on.agent, "second", NOW.plusSeconds(30), MINUTE, 0)).isEmpty();
    on.write(transaction -> transaction.setNextNonce(on.wallet, 1));
  }

  @Test
  void a_lease_ends_at_the_very_nanosecond() {
    var end = NOW.plus(MINUTE);
    assertThat(store.acquire(on.agent, "second", end.minusNanos(1), MINUTE, 0)).isEmpty();
    assertThat(store.acquire(on.agent, "second", end, MINUTE, 0)).isPresent();
  }

  @Test
  void the_same_owner_may_take_a_new_lease_and_the_old_one_is_stale() {
    Lease again = store.acquire(on.agent, "first", NOW, MINUTE, 0).orElseThrow();
    assertThat(again.fence()).isGreaterThan(on.lease.fence());
    on.write(again, transaction -> transaction.setNextNonce(on.wallet, 2));
    assertStale(on.lease);
  }

  @Test
  void the_fence_grows_with_every_lease_whoever_takes_it() {
    Lease second = store.acquire(on.agent, "second", NOW.plus(MINUTE), MINUTE, 0).orElseThrow();
    store.release(second);
    Lease third = store.acquire(on.agent, "third", NOW, MINUTE, 0).orElseThrow();
    Lease fourth = store.acquire(on.agent, "third", NOW, MINUTE, 0).orElseThrow();
    assertThat(on.lease.fence()).isLessThan(second.fence());
    assertThat(second.fence()).isLessThan(third.fence());
    assertThat(third.fence()).isLessThan(fourth.fence());
  }

  @Test
  void a_renewed_lease_lives_until_its_new_end() {
    store.renew(on.lease, NOW.plusSeconds(59), MINUTE);
    var end = NOW.plusSeconds(59).plus(MINUTE);
    assertThat(store.acquire(on.agent, "second", end.minusNanos(1), MINUTE, 0)).isEmpty();
    assertThat(store.acquire(on.agent, "second", end, MINUTE, 0)).isPresent();
  }

  @Test
  void a_lease_that_ended_is_good_until_someone_takes_a_newer_one() {
    on.write(transaction -> transaction.setNextNonce(on.wallet, 7));
    store.renew(on.lease, NOW.plusSeconds(3_600), MINUTE);
    assertThat(store.acquire(on.agent, "second", NOW.plusSeconds(3_601), MINUTE, 0)).isEmpty();
  }

  @Test
  void a_stale_lease_writes_nothing_and_its_work_is_not_run() {
    assertThat(store.acquire(on.agent, "second", NOW.plus(MINUTE), MINUTE, 0)).isPresent();
    var ran = new AtomicBoolean();
    assertThatThrownBy(() ->
            on.write(transaction -> {
              ran.set(true);
              transaction.append(on.row(1, 0));
            }))
        .isInstanceOf(StaleLeaseException.class)
        .hasMessageContaining(on.agent.value());
    assertThat(ran).isFalse();
    assertThat(on.committed.journal(on.agent, 0, 10)).isEmpty();
  }

  @Test
  void renewing_a_stale_lease_is_refused_and_prolongs_nobodys() {
    assertThat(store.acquire(on.agent, "second", NOW.plus(MINUTE), MINUTE, 0)).isPresent();
    assertThatThrownBy(() -> store.renew(on.lease, NOW.plus(MINUTE), MINUTE.multipliedBy(100)))
        .isInstanceOf(StaleLeaseException.class);
    assertThat(store.acquire(on.agent, "third", NOW.plus(MINUTE.multipliedBy(2)), MINUTE, 0))
        .isPresent();
  }

  @Test
  void a_released_agent_is_free_at_once_and_the_released_lease_is_stale() {
    store.release(on.lease);
    assertStale(on.lease);
    assertThatThrownBy(() -> store.renew(on.lease, NOW, MINUTE))
        .isInstanceOf(StaleLeaseException.class);
    assertThat(store.acquire(on.agent, "second", NOW, MINUTE, 0)).isPresent();
  }

  @Test
  void releasing_a_stale_lease_does_not_free_the_newer_one() {
    Lease newer = store.acquire(on.agent, "second", NOW.plus(MINUTE), MINUTE, 0).orElseThrow();
    store.release(on.lease);
    store.release(on.lease);
    assertThat(store.acquire(on.agent, "third", NOW.plus(MINUTE), MINUTE, 0)).isEmpty();
    on.write(newer, transaction -> transaction.setNextNonce(on.wallet, 1));
  }

  @Test
  void a_lease_nobody_was_given_is_stale() {
    assertStale(new Lease(on.agent, "first", on.lease.fence() + 1));
    assertStale(new Lease(on.agent, "second", on.lease.fence()));
    assertStale(new Lease(StoreFixture.newAgent(), "first", 1));
    store.release(new Lease(StoreFixture.newAgent(), "first", 1));
  }

  @Test
  void the_lease_of_one_agent_says_nothing_about_another() {
    assertThat(store.acquire(StoreFixture.newAgent(), "second", NOW, MINUTE, 0)).isPresent();
    on.write(transaction -> transaction.setNextNonce(on.wallet, 1));
  }

  @Test
  void the_agents_ever_leased_are_listed_by_name() {
    AgentId never = StoreFixture.newAgent();
    AgentId dash = new AgentId(on.agent + "-a");
    AgentId digit = new AgentId(on.agent + "0");
    on.acquire(digit);
    on.acquire(dash);
    store.release(on.lease);
    assertThat(store.agents())
        .contains(on.agent, dash, digit)
        .doesNotContain(never)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> a.value().compareTo(b.value()));
  }

  @Test
  void a_new_fence_is_higher_than_the_one_that_others_remember() {
    long remembered = on.lease.fence() + 1_000;
    Lease second = acquireAbove(remembered);
    assertThat(second.fence()).isGreaterThan(remembered);
    assertStale(on.lease);
    on.write(second, transaction -> transaction.setNextNonce(on.wallet, 2));
    assertThat(acquireAbove(0).fence()).isGreaterThan(second.fence());
  }

  @Test
  void a_fence_that_others_remember_and_the_store_has_passed_changes_nothing() {
    Lease far = acquireAbove(500);
    Lease next = acquireAbove(far.fence());
    assertThat(next.fence()).isGreaterThan(far.fence());
    assertThat(acquireAbove(3).fence()).isGreaterThan(next.fence());
  }

  @Test
  void an_agent_the_store_has_never_seen_starts_above_the_fence_that_others_remember() {
    AgentId unknown = StoreFixture.newAgent();
    Lease lease = store.acquire(unknown, "first", NOW, MINUTE, 41).orElseThrow();
    assertThat(lease.fence()).isGreaterThan(41);
    store.release(lease);
    assertThat(store.acquire(unknown, "second", NOW, MINUTE, 0).orElseThrow().fence())
        .isGreaterThan(lease.fence());
  }

  @Test
  void asking_for_a_higher_fence_takes_no_lease_that_is_alive() {
    assertThat(store.acquire(on.agent, "second", NOW, MINUTE, on.lease.fence() + 7)).isEmpty();
    on.write(transaction -> transaction.setNextNonce(on.wallet, 1));
  }

  @Test
  void a_fence_that_cannot_be_is_refused() {
    for (long above : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> acquireAbove(above))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Long.toString(above));
    }
    on.write(transaction -> transaction.setNextNonce(on.wallet, 1));
  }

  private Lease acquireAbove(long above) {
    return store.acquire(on.agent, "first", NOW, MINUTE, above).orElseThrow();
  }

  private void assertStale(Lease lease) {
    assertThatThrownBy(
            () -> on.write(lease, transaction -> transaction.setNextNonce(on.wallet, 99)))
        .isInstanceOf(StaleLeaseException.class);
    assertThat(on.committed.nextNonce(on.wallet).orElse(0)).isNotEqualTo(99);
  }
}
