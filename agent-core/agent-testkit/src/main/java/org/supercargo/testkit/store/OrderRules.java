package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.EVERY_SCRIPT;
import static org.supercargo.testkit.store.StoreFixture.MINUTE;
import static org.supercargo.testkit.store.StoreFixture.NOW;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StaleLeaseException;

/// What standing orders have done: counted once for each moment, and never for one that is past.
abstract class OrderRules {
  private StoreFixture on;

  OrderRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    on = new StoreFixture(store());
  }

  private void act(String order, Instant at) {
    on.write(transaction -> transaction.actOn(order, at));
  }

  @Test
  void an_order_begins_without_having_acted() {
    assertThat(on.committed.order(on.agent, "weekly")).isEmpty();
    assertThat(on.committed.order(StoreFixture.newAgent(), "weekly")).isEmpty();
  }

  @Test
  void every_act_counts_and_the_moment_of_the_last_one_is_kept_to_the_nanosecond() {
    act("weekly", NOW);
    assertThat(on.committed.order(on.agent, "weekly")).contains(new ActedOrder(1, NOW));
    act("weekly", NOW.plusNanos(1));
    act("weekly", NOW.plusSeconds(7));
    assertThat(on.committed.order(on.agent, "weekly"))
        .contains(new ActedOrder(3, NOW.plusSeconds(7)));
  }

  @Test
  void an_order_acts_once_for_a_moment_and_not_for_one_that_is_past() {
    act("weekly", NOW);
    for (Instant again : List.of(NOW, NOW.minusNanos(1), NOW.minusSeconds(1_000_000))) {
      assertThatThrownBy(() -> act("weekly", again))
          .as("acting for %s after %s", again, NOW)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("weekly");
    }
    assertThat(on.committed.order(on.agent, "weekly")).contains(new ActedOrder(1, NOW));
  }

  @Test
  void a_refused_act_that_the_work_survives_leaves_the_rest_intact() {
    act("weekly", NOW);
    on.write(transaction -> {
      assertThatThrownBy(() -> transaction.actOn("weekly", NOW))
          .isInstanceOf(IllegalStateException.class);
      transaction.actOn("daily", NOW);
    });
    assertThat(on.committed.order(on.agent, "weekly")).contains(new ActedOrder(1, NOW));
    assertThat(on.committed.order(on.agent, "daily")).contains(new ActedOrder(1, NOW));
  }

  @Test
  void an_act_is_taken_back_when_the_transaction_fails() {
    act("weekly", NOW);
    assertThatThrownBy(() ->
            on.write(transaction -> {
              transaction.actOn("weekly", NOW.plusSeconds(1));
              transaction.actOn("daily", NOW);
              assertThat(transaction.order(on.agent, "weekly"))
                  .contains(new ActedOrder(2, NOW.plusSeconds(1)));
              throw new IllegalStateException("the work failed");
            }))
        .hasMessage("the work failed");
    assertThat(on.committed.order(on.agent, "weekly")).contains(new ActedOrder(1, NOW));
    assertThat(on.committed.order(on.agent, "daily")).isEmpty();
  }

  @Test
  void names_are_compared_character_by_character() {
    for (String name : List.of("weekly", "Weekly", "weekly ", "week_y", "w%", EVERY_SCRIPT)) {
      assertThat(on.committed.order(on.agent, name)).as(name).isEmpty();
      act(name, NOW);
      assertThat(on.committed.order(on.agent, name)).as(name).contains(new ActedOrder(1, NOW));
    }
  }

  @Test
  void every_agent_has_its_own_orders() {
    var other = new StoreFixture(on.store);
    other.write(transaction -> transaction.actOn("weekly", NOW.plusSeconds(9)));
    act("weekly", NOW);
    assertThat(on.committed.order(on.agent, "weekly")).contains(new ActedOrder(1, NOW));
    on.write(transaction ->
        assertThat(transaction.order(other.agent, "weekly"))
            .contains(new ActedOrder(1, NOW.plusSeconds(9))));
  }

  @Test
  void an_owner_that_was_forgotten_acts_no_more_and_the_next_one_goes_on_counting() {
    act("weekly", NOW);
    Lease newer = on.store.acquire(on.agent, "second", NOW.plus(MINUTE), MINUTE, 0).orElseThrow();
    assertThatThrownBy(() -> act("weekly", NOW.plusSeconds(1)))
        .isInstanceOf(StaleLeaseException.class);
    on.write(newer, transaction -> transaction.actOn("weekly", NOW.plusSeconds(1)));
    assertThat(on.committed.order(on.agent, "weekly"))
        .contains(new ActedOrder(2, NOW.plusSeconds(1)));
  }

  @Test
  void text_that_databases_cannot_keep_is_refused_instead_of_changed() {
    for (String name : List.of("half \uD83D", "\uDEA2 half", "a NUL \u0000 in it")) {
      assertThatThrownBy(() -> act(name, NOW)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> on.committed.order(on.agent, name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
