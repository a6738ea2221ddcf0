package org.supercargo.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.testkit.store.StoreFixture.EVERY_SCRIPT;
import static org.supercargo.testkit.store.StoreFixture.LARGEST;
import static org.supercargo.testkit.store.StoreFixture.NOW;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.ledger.Posting;
import org.supercargo.engine.store.AgentStore;

/// Sums of the book by account and time: nothing left out, nothing counted that was not asked for.
abstract class SpentRules {
  private static final String MODEL = "expense/model/";
  private static final List<String> ACCOUNTS =
      List.of("expense", "expense/", "expense/model", "expense/Model", "expense/model/a", "wallet");

  private StoreFixture on;
  private int entries;

  SpentRules() {}

  abstract AgentStore store();

  @BeforeEach
  void lease_a_new_agent() {
    on = new StoreFixture(store());
  }

  private void spend(String account, long baseUnits, Instant at) {
    spend(account, AssetId.USD, BigInteger.valueOf(baseUnits), at);
  }

  /// Takes it from an account whose name no test asks for.
  private void spend(String account, AssetId asset, BigInteger baseUnits, Instant at) {
    String key = "key " + ++entries;
    List<Posting> postings =
        List.of(
            new Posting(account, asset, baseUnits), new Posting("#", asset, baseUnits.negate()));
    var entry = new LedgerEntry(on.agent, key, at, "", "", postings);
    on.write(transaction -> assertThat(transaction.post(entry)).isTrue());
  }

  private BigInteger spent(String prefix, Instant since) {
    return on.committed.spent(on.agent, prefix, AssetId.USD, since);
  }

  @Test
  void an_agent_begins_with_nothing_spent() {
    assertThat(spent(MODEL, Instant.MIN)).isZero();
    assertThat(on.committed.spent(StoreFixture.newAgent(), MODEL, AssetId.USD, NOW)).isZero();
  }

  @Test
  void entries_at_the_very_time_count_and_earlier_ones_do_not() {
    spend(MODEL + "a", 1, NOW.minusNanos(1));
    spend(MODEL + "a", 10, NOW);
    spend(MODEL + "a", 100, NOW.plusNanos(1));
    assertThat(spent(MODEL, NOW.minusNanos(1))).isEqualTo(111);
    assertThat(spent(MODEL, NOW)).isEqualTo(110);
    assertThat(spent(MODEL, NOW.plusNanos(1))).isEqualTo(100);
    assertThat(spent(MODEL, NOW.plusNanos(2))).isZero();
    assertThat(spent(MODEL, Instant.MIN)).isEqualTo(111);
    assertThat(spent(MODEL, Instant.MAX)).isZero();
  }

  @Test
  void an_entry_posted_late_counts_by_its_own_time() {
    spend(MODEL + "a", 1, NOW.plusSeconds(60));
    spend(MODEL + "a", 10, NOW.minusSeconds(60));
    spend(MODEL + "a", 100, NOW.plusSeconds(30));
    assertThat(spent(MODEL, NOW)).isEqualTo(101);
  }

  @Test
  void what_came_back_is_taken_off_and_the_sum_may_be_negative() {
    spend(MODEL + "a", 7, NOW);
    spend(MODEL + "b", -3, NOW);
    assertThat(spent(MODEL, NOW)).isEqualTo(4);
    spend(MODEL + "a", -9, NOW);
    assertThat(spent(MODEL, NOW)).isEqualTo(-5);
    assertThat(spent("", NOW)).as("all accounts of a balanced book").isZero();
  }

  @Test
  void every_posting_of_an_entry_counts_and_an_entry_counts_once() {
    var entry =
        new LedgerEntry(
            on.agent,
            "split",
            NOW,
            "",
            "",
            List.of(
                new Posting(MODEL + "a", AssetId.USD, BigInteger.TWO),
                new Posting(MODEL + "a", AssetId.USD, BigInteger.TWO),
                new Posting(MODEL + "b", AssetId.USD, BigInteger.ONE),
                new Posting("wallet/base", AssetId.USD, BigInteger.valueOf(-5))));
    on.write(transaction -> {
      assertThat(transaction.post(entry)).isTrue();
      assertThat(transaction.post(entry)).isFalse();
      assertThat(transaction.spent(on.agent, MODEL, AssetId.USD, NOW)).isEqualTo(5);
    });
    assertThat(spent(MODEL, NOW)).isEqualTo(5);
    assertThat(spent(MODEL + "a", NOW)).isEqualTo(4);
  }

  @Test
  void only_the_asset_that_was_asked_for_counts() {
    spend(MODEL + "a", AssetId.MODEL_TOKENS, BigInteger.valueOf(5_000), NOW);
    spend(MODEL + "a", 3, NOW);
    assertThat(spent(MODEL, NOW)).isEqualTo(3);
    assertThat(on.committed.spent(on.agent, MODEL, AssetId.MODEL_TOKENS, NOW)).isEqualTo(5_000);
    assertThat(on.committed.spent(on.agent, MODEL, StoreFixture.ether().id(), NOW)).isZero();
  }

  @Test
  void every_agent_has_its_own_book() {
    var other = new StoreFixture(on.store);
    other.write(
        transaction -> assertThat(transaction.post(other.entry("key", BigInteger.TWO))).isTrue());
    assertThat(spent("expense/", Instant.MIN)).isZero();
    assertThat(other.committed.spent(other.agent, "expense/", AssetId.USD, NOW)).isEqualTo(2);
  }

  @Test
  void no_character_of_a_prefix_stands_for_others() {
    spend("a_b%c/1", 1, NOW);
    spend("aXbYYc/1", 10, NOW);
    spend("a\\_b%c/1", 100, NOW);
    spend("a*b?[c]/1", 1_000, NOW);
    assertThat(spent("a_b%c/", NOW)).isEqualTo(1);
    assertThat(spent("a_b", NOW)).isEqualTo(1);
    assertThat(spent("a\\_", NOW)).isEqualTo(100);
    assertThat(spent("a*b?[", NOW)).isEqualTo(1_000);
    for (String pattern : List.of("%", "_", "a%", "a_b%c/%", "a*1", "?", "a*b?[c]/1%", "\\")) {
      assertThat(spent(pattern, NOW)).as("accounts that begin with %s", pattern).isZero();
    }
  }

  @Test
  void a_prefix_is_the_beginning_of_a_name_in_the_same_letters() {
    spend("expense/model", 1, NOW);
    spend("expense/model/a", 10, NOW);
    spend("expense/modeling", 100, NOW);
    spend("Expense/model/a", 1_000, NOW);
    spend("an expense/model/a", 10_000, NOW);
    assertThat(spent("expense/model", NOW)).isEqualTo(111);
    assertThat(spent("expense/model/", NOW)).isEqualTo(10);
    assertThat(spent("expense/model/a", NOW)).isEqualTo(10);
    assertThat(spent("expense/model/a/longer than any name", NOW)).isZero();
  }

  @Test
  void a_prefix_may_be_in_every_script() {
    spend(EVERY_SCRIPT + "/a", 1, NOW);
    spend("\u00E9", 10, NOW);
    spend("e\u0301", 100, NOW);
    spend("\uD83D\uDEA2 one", 1_000, NOW);
    spend("\uD83D\uDEA3 two", 10_000, NOW);
    assertThat(spent(EVERY_SCRIPT, NOW)).isEqualTo(1);
    assertThat(spent("\u00E9", NOW)).isEqualTo(10);
    assertThat(spent("e", NOW)).isEqualTo(100);
    assertThat(spent("\uD83D\uDEA2", NOW)).isEqualTo(1_000);
    assertThat(spent("\uD83D\uDEA3 two", NOW)).isEqualTo(10_000);
  }

  @Test
  void a_prefix_that_no_account_can_have_is_refused() {
    spend("\uD83D\uDEA2 one", 1, NOW);
    for (String prefix : List.of("\uD83D", "\u0000", "expense/\uDEA2")) {
      assertThatThrownBy(() -> spent(prefix, NOW))
          .as("a prefix of %d characters", prefix.length())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void the_largest_amounts_are_exact_and_so_are_their_sums() {
    for (int i = 0; i < 3; i++) {
      spend(MODEL + i, AssetId.USD, LARGEST, NOW);
    }
    spend(MODEL + "a", 1, NOW);
    assertThat(spent(MODEL, NOW))
        .isEqualTo(LARGEST.multiply(BigInteger.valueOf(3)).add(BigInteger.ONE));
    assertThat(spent("#", NOW))
        .isEqualTo(LARGEST.multiply(BigInteger.valueOf(-3)).subtract(BigInteger.ONE));
  }

  @Test
  void sums_are_what_the_entries_add_up_to_for_any_account_asset_and_time() {
    long seed = 20_261_124L;
    var random = new Random(seed);
    List<LedgerEntry> posted = new ArrayList<>();
    on.write(transaction -> {
      for (int i = 0; i < 200; i++) {
        posted.add(randomEntry(i, random));
        assertThat(transaction.post(posted.getLast())).isTrue();
      }
    });
    for (int i = 0; i < 60; i++) {
      String prefix = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
      AssetId asset = random.nextBoolean() ? AssetId.USD : AssetId.MODEL_TOKENS;
      Instant since = NOW.plusSeconds(random.nextInt(100));
      assertThat(on.committed.spent(on.agent, prefix, asset, since))
          .as("seed %d, %s of %s since %s", seed, asset, prefix, since)
          .isEqualTo(sum(posted, prefix, asset, since));
    }
  }

  private LedgerEntry randomEntry(int number, Random random) {
    AssetId asset = random.nextBoolean() ? AssetId.USD : AssetId.MODEL_TOKENS;
    var amount = new BigInteger(1 + random.nextInt(250), random);
    String to = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    String from = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    return new LedgerEntry(
        on.agent,
        "random " + number,
        NOW.plusSeconds(random.nextInt(100)),
        "",
        "",
        List.of(new Posting(to, asset, amount), new Posting(from, asset, amount.negate())));
  }

  private static BigInteger sum(
      List<LedgerEntry> entries, String prefix, AssetId asset, Instant since) {
    BigInteger sum = BigInteger.ZERO;
    for (LedgerEntry entry : entries) {
      for (Posting posting : entry.postings()) {
        if (entry.at().compareTo(since) >= 0
            && posting.asset().equals(asset)
            && posting.account().indexOf(prefix) == 0) {
          sum = sum.add(posting.baseUnits());
        }
      }
    }
    return sum;
  }
}
