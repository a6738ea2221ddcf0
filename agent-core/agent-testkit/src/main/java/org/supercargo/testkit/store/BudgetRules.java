package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.LARGEST;
import static org.supercargo.testkit.store.StoreFixture.NOW;
import static org.supercargo.testkit.store.StoreFixture.reservation;

import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.store.AgentStore;

/// Reserved budget and wallets' transaction numbers.
abstract class BudgetRules {
  private StoreFixture on;

  BudgetRules() {}

  abstract AgentStore store();

  @BeforeEach
  void store_three_intents() {
    on = new StoreFixture(store());
    on.write(t -> StoreFixture.upTo(3).forEach(tick -> t.insert(on.intent(tick, 0))));
  }

  private void reserve(int tick, long baseUnits, Instant at) {
    on.write(t -> t.reserve(on.id(tick, 0), reservation(BigInteger.valueOf(baseUnits)), at));
  }

  @Test
  void nothing_is_reserved_at_first() {
    assertThat(on.reservedSince(Instant.MIN)).isZero();
  }

  @Test
  void reservations_add_up() {
    reserve(1, 5, NOW);
    reserve(2, 7, NOW);
    reserve(2, 100, NOW);
    assertThat(on.reservedSince(NOW)).isEqualTo(112);
  }

  @Test
  void the_window_includes_its_first_nanosecond() {
    reserve(1, 1, NOW.minusNanos(1));
    reserve(2, 10, NOW);
    reserve(3, 100, NOW.plusNanos(1));
    assertThat(on.reservedSince(NOW.minusNanos(1))).isEqualTo(111);
    assertThat(on.reservedSince(NOW)).isEqualTo(110);
    assertThat(on.reservedSince(NOW.plusNanos(1))).isEqualTo(100);
    assertThat(on.reservedSince(NOW.plusNanos(2))).isZero();
    assertThat(on.reservedSince(Instant.MIN)).isEqualTo(111);
    assertThat(on.reservedSince(Instant.MAX)).isZero();
  }

  @Test
  void released_budget_is_not_counted() {
    reserve(1, 5, NOW);
    reserve(1, 6, NOW);
    reserve(2, 7, NOW);
    on.write(transaction -> transaction.release(on.id(1, 0)));
    assertThat(on.reservedSince(NOW)).isEqualTo(7);
    on.write(transaction -> transaction.release(on.id(1, 0)));
    on.write(transaction -> transaction.release(on.id(3, 0)));
    assertThat(on.reservedSince(NOW)).isEqualTo(7);
    reserve(1, 1, NOW);
    assertThat(on.reservedSince(NOW)).isEqualTo(8);
  }

  @Test
  void rules_units_and_agents_are_counted_apart() {
    AssetId ether = StoreFixture.ether().id();
    var other = new StoreFixture(on.store);
    other.write(transaction -> {
      transaction.insert(other.intent(1, 0));
      transaction.reserve(other.id(1, 0), reservation(BigInteger.valueOf(1_000)), NOW);
    });
    on.write(transaction -> {
      transaction.reserve(on.id(1, 0), reservation(BigInteger.ONE), NOW);
      transaction.reserve(
          on.id(1, 0), new Reservation("pay people", ether, BigInteger.valueOf(10)), NOW);
      transaction.reserve(
          on.id(1, 0), new Reservation("trade", AssetId.USD, BigInteger.valueOf(100)), NOW);
    });
    assertThat(on.reservedSince(NOW)).isEqualTo(1);
    assertThat(on.committed.reserved(on.agent, "pay people", ether, NOW)).isEqualTo(10);
    assertThat(on.committed.reserved(on.agent, "trade", AssetId.USD, NOW)).isEqualTo(100);
    assertThat(on.committed.reserved(on.agent, "trade", ether, NOW)).isZero();
    assertThat(on.committed.reserved(on.agent, "Trade", AssetId.USD, NOW)).isZero();
  }

  @Test
  void the_largest_amounts_are_exact_and_so_are_their_sums() {
    on.write(transaction -> {
      transaction.reserve(on.id(1, 0), reservation(LARGEST), NOW);
      transaction.reserve(on.id(2, 0), reservation(LARGEST), NOW);
      transaction.reserve(on.id(3, 0), reservation(BigInteger.ONE), NOW);
    });
    assertThat(on.reservedSince(NOW)).isEqualTo(LARGEST.shiftLeft(1).add(BigInteger.ONE));
  }

  @Test
  void budget_is_taken_for_a_stored_intent_only() {
    assertThatThrownBy(
            () -> on.write(t -> t.reserve(on.id(4, 0), reservation(BigInteger.ONE), NOW)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(on.reservedSince(NOW)).isZero();
  }

  @Test
  void a_wallet_has_no_number_before_its_first_transaction() {
    assertThat(on.committed.nextNonce(on.wallet)).isEmpty();
  }

  @Test
  void a_wallets_number_is_what_was_set_last() {
    for (long next : new long[] {0, 1, Long.MAX_VALUE, 3}) {
      on.write(transaction -> transaction.setNextNonce(on.wallet, next));
      assertThat(on.committed.nextNonce(on.wallet)).hasValue(next);
    }
  }

  @Test
  void the_same_address_on_another_chain_is_another_wallet() {
    on.write(transaction -> transaction.setNextNonce(on.wallet, 4));
    var elsewhere = new Address(ChainId.SOLANA, on.wallet.text());
    assertThat(on.committed.nextNonce(elsewhere)).isEmpty();
  }
}
