package org.supercargo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// Whether sums are taken from the totals: rows that need not be read are made wrong, and it does
/// not show.
final class RunningTotalsTest {
  private static final int COUNT = 3_000;
  private static final int AT_ONCE = 20;
  private static final Duration APART = Duration.ofSeconds(20);

  @Test
  void a_sum_on_sqlite_reads_a_minute_of_reservations_at_the_most(@TempDir Path folder) {
    try (Database database = SqliteFile.open(folder.resolve("agents.db"))) {
      assertReadsLittle("SQLite", database);
    }
  }

  @Test
  void a_sum_on_postgresql_reads_a_minute_of_reservations_at_the_most() {
    try (Database database = PostgresqlServer.at(TestPostgresql.newDatabase("totals")).open()) {
      assertReadsLittle("PostgreSQL", database);
    }
  }

  private static void assertReadsLittle(String name, Database database) {
    var store = new SqlAgentStore(database);
    Lease lease = store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
    for (int first = 0; first < COUNT; first += AT_ONCE) {
      int from = first;
      assertThat(store.<Boolean>transact(lease, t -> reserve(t, from))).isTrue();
    }
    database.write(handle -> handle.execute("update reservation set amount = '0'"));

    assertThat(reserved(store, null)).isEqualTo(COUNT);
    for (int last : new int[] {10, 500, 2_900}) {
      long sum = reserved(store, Rig.NOW.plus(APART.multipliedBy(COUNT - last)));
      assertThat(sum).as("of the last %d", last).isBetween(last - 4L, (long) last);
    }
    long start = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      assertThat(reserved(store, Rig.NOW.plusSeconds(40 + i))).isPositive();
    }
    System.out.printf(
        "%s: %d us for a sum over %d reservations%n",
        name, (System.nanoTime() - start) / 200_000, COUNT);
  }

  private static boolean reserve(StoreTransaction transaction, int first) {
    for (int i = first; i < first + AT_ONCE; i++) {
      var id = new IntentId(new TickId(Rig.AGENT, 2), i);
      Instant at = Rig.NOW.plus(APART.multipliedBy(i));
      transaction.insert(
          new StoredIntent(id, Rig.asked().intent(), "trade", Map.of(), IntentState.RESERVED, at));
      transaction.reserve(
          id, new Reservation("trade", AssetId.USD, BigInteger.ONE, "venue", AssetId.USD), at);
    }
    return true;
  }

  private static long reserved(SqlAgentStore store, @Nullable Instant since) {
    return store
        .<BigInteger>read(view ->
            view.reserved(
                new BudgetQuestion(Rig.AGENT, "trade", AssetId.USD, since, "venue", null)))
        .longValueExact();
  }

  @Test
  void balances_are_kept_and_not_added_up(@TempDir Path folder) {
    try (Database database = SqliteFile.open(folder.resolve("agents.db"))) {
      var store = new SqlAgentStore(database);
      Lease lease = store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
      assertThat(store.<Boolean>transact(lease, t -> Rig.write(t, 1))).isTrue();
      database.write(handle -> handle.execute("update balance set amount = '7'"));
      assertThat(store.<List<AccountBalance>>read(view -> view.balances(Rig.AGENT)))
          .extracting(balance -> balance.baseUnits().intValueExact())
          .containsExactly(7, 7);
    }
  }
}
