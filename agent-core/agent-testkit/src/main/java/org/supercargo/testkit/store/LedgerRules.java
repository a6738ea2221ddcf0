package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.LARGEST;
import static org.supercargo.testkit.store.StoreFixture.NOW;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.ledger.Posting;
import org.supercargo.engine.store.AgentStore;

/// The book: every entry once, every sum exact.
abstract class LedgerRules {
  private StoreFixture on;

  LedgerRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    on = new StoreFixture(store());
  }

  private boolean post(LedgerEntry entry) {
    return on.store.transact(on.lease, transaction -> transaction.post(entry));
  }

  @Test
  void an_agent_begins_with_an_empty_book() {
    assertThat(on.committed.entries(on.agent)).isEmpty();
    assertThat(on.committed.balances(on.agent)).isEmpty();
  }

  @Test
  void entries_come_back_as_they_were_posted_in_that_order() {
    var later = on.entry("b", BigInteger.TWO);
    var earlier =
        new LedgerEntry(
            on.agent, "a", NOW.minusSeconds(9), "", "", on.entry("a", LARGEST).postings());
    var empty = new LedgerEntry(on.agent, "c", NOW, "nothing moved", "", List.of());
    assertThat(List.of(post(later), post(earlier), post(empty))).containsOnly(true);
    assertThat(on.committed.entries(on.agent)).containsExactly(later, earlier, empty);
  }

  @Test
  void an_entry_is_posted_once_whatever_the_second_one_says() {
    assertThat(post(on.entry("key", BigInteger.ONE))).isTrue();
    assertThat(post(on.entry("key", BigInteger.ONE))).isFalse();
    assertThat(post(on.entry("key", BigInteger.TEN))).isFalse();
    assertThat(on.committed.entries(on.agent)).containsExactly(on.entry("key", BigInteger.ONE));
    on.write(transaction -> {
      assertThat(transaction.post(on.entry("twice", BigInteger.ONE))).isTrue();
      assertThat(transaction.post(on.entry("twice", BigInteger.ONE))).isFalse();
    });
    assertThat(on.committed.balances(on.agent).getFirst().baseUnits()).isEqualTo(2);
  }

  @Test
  void every_agent_has_its_own_keys() {
    var other = new StoreFixture(on.store);
    assertThat(post(on.entry("key", BigInteger.ONE))).isTrue();
    other.write(
        transaction -> assertThat(transaction.post(other.entry("key", BigInteger.TWO))).isTrue());
    assertThat(other.committed.balances(other.agent).getFirst().baseUnits()).isEqualTo(2);
  }

  @Test
  void balances_are_sums_by_account_then_asset_without_the_zeros() {
    AssetId ether = StoreFixture.ether().id();
    post(
        new LedgerEntry(
            on.agent,
            "1",
            NOW,
            "",
            "",
            List.of(
                new Posting("wallet/b", AssetId.USD, BigInteger.valueOf(-5)),
                new Posting("wallet/b", ether, BigInteger.valueOf(-3)),
                new Posting("wallet/Z", ether, BigInteger.valueOf(3)),
                new Posting("wallet/a-1", AssetId.USD, BigInteger.valueOf(2)),
                new Posting("wallet/a", AssetId.USD, BigInteger.valueOf(2)),
                new Posting("wallet/a", AssetId.USD, BigInteger.ONE))));
    post(
        new LedgerEntry(
            on.agent,
            "2",
            NOW,
            "",
            "",
            List.of(
                new Posting("wallet/a-1", AssetId.USD, BigInteger.valueOf(-2)),
                new Posting("wallet/a", AssetId.USD, BigInteger.valueOf(2)))));
    assertThat(on.committed.balances(on.agent))
        .containsExactly(
            new AccountBalance("wallet/Z", ether, BigInteger.valueOf(3)),
            new AccountBalance("wallet/a", AssetId.USD, BigInteger.valueOf(5)),
            new AccountBalance("wallet/b", ether, BigInteger.valueOf(-3)),
            new AccountBalance("wallet/b", AssetId.USD, BigInteger.valueOf(-5)));
  }

  @Test
  void balances_are_what_the_postings_add_up_to_after_any_number_of_entries() {
    long seed = 20_260_103L;
    var random = new Random(seed);
    on.write(transaction -> {
      for (int i = 0; i < 300; i++) {
        var amount = new BigInteger(1 + random.nextInt(250), random);
        transaction.post(randomEntry("key " + random.nextInt(200), amount, random));
      }
    });
    var sums = new TreeMap<String, BigInteger>();
    on.committed.entries(on.agent).stream()
        .flatMap(entry -> entry.postings().stream())
        .forEach(each -> sums.merge(each.account(), each.baseUnits(), BigInteger::add));
    assertThat(on.committed.balances(on.agent))
        .as("seed %d", seed)
        .hasSizeGreaterThan(5)
        .containsExactlyElementsOf(
            sums.entrySet().stream()
                .filter(sum -> sum.getValue().signum() != 0)
                .map(sum -> new AccountBalance(sum.getKey(), AssetId.USD, sum.getValue()))
                .toList());
  }

  private LedgerEntry randomEntry(String key, BigInteger amount, Random random) {
    String account = "a" + random.nextInt(4);
    return new LedgerEntry(
        on.agent,
        key,
        NOW,
        "",
        "",
        List.of(
            new Posting(account, AssetId.USD, amount),
            new Posting(account, AssetId.USD, BigInteger.ONE),
            new Posting("b" + random.nextInt(4), AssetId.USD, amount.negate()),
            new Posting("c", AssetId.USD, BigInteger.ONE.negate())));
  }

  @Test
  void an_account_that_was_emptied_has_no_balance_until_it_is_used_again() {
    post(on.entry("1", BigInteger.TEN));
    post(on.entry("2", BigInteger.TEN.negate()));
    assertThat(on.committed.balances(on.agent)).isEmpty();
    post(on.entry("3", BigInteger.TWO));
    assertThat(on.committed.balances(on.agent).getFirst().baseUnits()).isEqualTo(2);
  }

  @Test
  void the_largest_amounts_are_exact_and_so_are_their_sums() {
    post(on.entry("1", LARGEST));
    post(on.entry("2", LARGEST));
    post(on.entry("3", BigInteger.ONE));
    BigInteger sum = LARGEST.shiftLeft(1).add(BigInteger.ONE);
    assertThat(on.committed.balances(on.agent))
        .containsExactly(
            new AccountBalance("expense/payee/alice", AssetId.USD, sum),
            new AccountBalance("wallet/base", AssetId.USD, sum.negate()));
    assertThat(on.committed.entries(on.agent).getFirst()).isEqualTo(on.entry("1", LARGEST));
  }

  @Test
  void text_that_databases_cannot_keep_is_refused_instead_of_changed() {
    var entry = new LedgerEntry(on.agent, "key", NOW, "half \uD83D", "", List.of());
    assertThatThrownBy(() -> post(entry)).isInstanceOf(IllegalArgumentException.class);
    assertThat(on.committed.entries(on.agent)).isEmpty();
  }
}
