package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.LARGEST;
import static org.supercargo.testkit.store.StoreFixture.NOW;
import static org.supercargo.testkit.store.StoreFixture.RULE;
import static org.supercargo.testkit.store.StoreFixture.reservation;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.BudgetQuestion;

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
    on.write(transaction -> transaction.release(on.id(1, 0), Mandate.FEES));
    assertThat(on.reservedSince(NOW)).isEqualTo(7);
    on.write(transaction -> transaction.release(on.id(1, 0), Mandate.FEES));
    on.write(transaction -> transaction.release(on.id(3, 0), Mandate.FEES));
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
          on.id(1, 0), new Reservation(RULE, ether, BigInteger.valueOf(10), "0xA11CE", ether), NOW);
      transaction.reserve(on.id(1, 0), reservation("trade", BigInteger.valueOf(100)), NOW);
    });
    for (Instant since : new Instant[] {null, NOW}) {
      assertThat(sum(RULE, AssetId.USD, since, null, null)).isEqualTo(1);
      assertThat(sum(RULE, ether, since, null, null)).isEqualTo(10);
      assertThat(sum("trade", AssetId.USD, since, null, null)).isEqualTo(100);
      assertThat(sum("trade", ether, since, null, null)).isZero();
      assertThat(sum("Trade", AssetId.USD, since, null, null)).isZero();
    }
  }

  private BigInteger sum(
      String rule,
      AssetId unit,
      @Nullable Instant since,
      @Nullable String counterparty,
      @Nullable AssetId asset) {
    return on.committed.reserved(
        new BudgetQuestion(on.agent, rule, unit, since, counterparty, asset));
  }

  @Test
  void counterparties_and_assets_are_counted_apart_and_together() {
    AssetId ether = StoreFixture.ether().id();
    AssetId coin = AssetId.nativeOf(ChainId.SOLANA);
    on.write(transaction -> {
      transaction.reserve(on.id(1, 0), spending(1, "alice", ether), NOW);
      transaction.reserve(on.id(2, 0), spending(10, "alice", coin), NOW);
      transaction.reserve(on.id(3, 0), spending(100, "bob", ether), NOW.minusNanos(1));
    });
    for (Instant since : new Instant[] {null, NOW.minusSeconds(9)}) {
      assertThat(sum(RULE, AssetId.USD, since, null, null)).isEqualTo(111);
      assertThat(sum(RULE, AssetId.USD, since, "alice", null)).isEqualTo(11);
      assertThat(sum(RULE, AssetId.USD, since, "bob", null)).isEqualTo(100);
      assertThat(sum(RULE, AssetId.USD, since, null, ether)).isEqualTo(101);
      assertThat(sum(RULE, AssetId.USD, since, "alice", ether)).isEqualTo(1);
      assertThat(sum(RULE, AssetId.USD, since, "bob", coin)).isZero();
      assertThat(sum(RULE, AssetId.USD, since, "", null)).isZero();
      assertThat(sum(RULE, AssetId.USD, since, "Alice", null)).isZero();
      assertThat(sum(RULE, AssetId.USD, since, ether.toString(), null)).isZero();
    }
    assertThat(sum(RULE, AssetId.USD, NOW, "bob", null)).isZero();
    assertThat(sum(RULE, AssetId.USD, NOW, null, ether)).isEqualTo(1);
  }

  private static Reservation spending(long baseUnits, String counterparty, AssetId asset) {
    return new Reservation(RULE, AssetId.USD, BigInteger.valueOf(baseUnits), counterparty, asset);
  }

  @Test
  void the_whole_life_of_the_agent_is_longer_than_any_window() {
    reserve(1, 1, Instant.parse("1677-10-01T00:00:00.000000001Z"));
    reserve(2, 10, Instant.parse("1969-12-31T23:59:59.999999999Z"));
    reserve(3, 100, Instant.parse("2262-04-01T00:00:00.999999999Z"));
    assertThat(on.committed.reserved(on.everReserved())).isEqualTo(111);
    assertThat(on.reservedSince(Instant.MIN)).isEqualTo(111);
    assertThat(on.reservedSince(Instant.parse("1677-10-01T00:00:00.000000002Z"))).isEqualTo(110);
    assertThat(on.reservedSince(Instant.EPOCH)).isEqualTo(100);
    assertThat(on.reservedSince(Instant.MAX)).isZero();
  }

  @Test
  void a_reservation_can_be_changed_and_keeps_its_time() {
    reserve(1, 5, NOW);
    reserve(2, 7, NOW.plusNanos(1));
    on.write(t -> t.adjust(on.id(1, 0), reservation(BigInteger.valueOf(50))));
    assertThat(on.reservedSince(NOW)).isEqualTo(57);
    assertThat(on.reservedSince(NOW.plusNanos(1))).isEqualTo(7);
    on.write(t -> t.adjust(on.id(1, 0), reservation(BigInteger.ZERO)));
    assertThat(on.reservedSince(NOW)).isEqualTo(7);
    on.write(t -> t.adjust(on.id(1, 0), reservation(LARGEST)));
    assertThat(on.reservedSince(NOW)).isEqualTo(LARGEST.add(BigInteger.valueOf(7)));
    assertThat(on.committed.reserved(on.everReserved()))
        .isEqualTo(LARGEST.add(BigInteger.valueOf(7)));
  }

  @Test
  void a_changed_reservation_stays_with_its_counterparty_and_asset() {
    AssetId ether = StoreFixture.ether().id();
    on.write(t -> t.reserve(on.id(1, 0), spending(5, "alice", ether), NOW));
    on.write(t -> t.adjust(on.id(1, 0), spending(9, "bob", AssetId.USD)));
    assertThat(sum(RULE, AssetId.USD, null, "alice", null)).isEqualTo(9);
    assertThat(sum(RULE, AssetId.USD, NOW, null, ether)).isEqualTo(9);
    assertThat(sum(RULE, AssetId.USD, null, "bob", null)).isZero();
    assertThat(sum(RULE, AssetId.USD, NOW, null, AssetId.USD)).isZero();
  }

  @Test
  void only_what_is_held_can_be_changed() {
    assertNotHeld(on.id(1, 0), RULE, "holds no reservation");
    assertNotHeld(on.id(8, 0), RULE, "holds no reservation");
    reserve(1, 5, NOW);
    assertNotHeld(on.id(1, 0), "trade", "holds no reservation");
    assertNotHeld(on.id(2, 0), RULE, "holds no reservation");
    on.write(transaction -> transaction.release(on.id(1, 0), "trade"));
    assertNotHeld(on.id(1, 0), RULE, "holds no reservation");
    reserve(2, 5, NOW);
    reserve(2, 6, NOW);
    assertNotHeld(on.id(2, 0), RULE, "holds more than one reservation");
    assertThat(on.reservedSince(NOW)).isEqualTo(11);
  }

  private void assertNotHeld(IntentId id, String rule, String reason) {
    assertThatThrownBy(() -> on.write(t -> t.adjust(id, reservation(rule, BigInteger.TWO))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("intent " + id + " " + reason)
        .hasMessageContaining("under " + rule);
  }

  @Test
  void one_rule_keeps_its_share_when_the_rest_is_given_back() {
    on.write(transaction -> {
      transaction.reserve(on.id(1, 0), reservation(BigInteger.ONE), NOW);
      transaction.reserve(on.id(1, 0), reservation(Mandate.LIMITS, BigInteger.TWO), NOW);
      transaction.reserve(on.id(1, 0), reservation(Mandate.FEES, BigInteger.TEN), NOW);
      transaction.reserve(on.id(2, 0), reservation(BigInteger.valueOf(100)), NOW);
    });
    on.write(transaction -> transaction.release(on.id(1, 0), Mandate.FEES));
    assertThat(on.reservedSince(NOW)).isEqualTo(100);
    assertThat(sum(Mandate.LIMITS, AssetId.USD, NOW, null, null)).isZero();
    assertThat(sum(Mandate.LIMITS, AssetId.USD, null, "0xA11CE", null)).isZero();
    assertThat(sum(Mandate.FEES, AssetId.USD, NOW, null, null)).isEqualTo(10);
    on.write(t -> t.adjust(on.id(1, 0), reservation(Mandate.FEES, BigInteger.TWO)));
    assertThat(sum(Mandate.FEES, AssetId.USD, null, null, null)).isEqualTo(2);
    on.write(transaction -> transaction.release(on.id(1, 0), Mandate.LIMITS));
    assertThat(sum(Mandate.FEES, AssetId.USD, null, null, null)).isZero();
  }

  @Test
  void nobody_reserves_less_than_nothing() {
    reserve(1, 5, NOW);
    var negative = reservation(BigInteger.ONE.negate());
    assertThatThrownBy(() -> on.write(t -> t.reserve(on.id(2, 0), negative, NOW)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> on.write(t -> t.adjust(on.id(1, 0), negative)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("negative");
    assertThat(on.reservedSince(NOW)).isEqualTo(5);
  }

  @Test
  void text_that_databases_cannot_keep_is_refused_instead_of_changed() {
    var unstorable = spending(1, "NUL \u0000", StoreFixture.ether().id());
    assertThatThrownBy(() -> on.write(t -> t.reserve(on.id(1, 0), unstorable, NOW)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(on.reservedSince(NOW)).isZero();
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
