package org.supercargo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.ledger.Posting;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;

/// Whether a sum over a short time goes to the entries of that time and leaves the book alone.
final class SpendingTest {
  private static final int COUNT = 3_000;
  private static final int AT_ONCE = 100;
  private static final Duration APART = Duration.ofSeconds(20);

  @Test
  void what_was_spent_lately_is_found_by_time_on_sqlite(@TempDir Path folder) {
    try (Database database = SqliteFile.open(folder.resolve("agents.db"))) {
      fill("SQLite", database);
      assertThat(plan(database, "explain query plan "))
          .contains("ledger_entry_in_time (agent=? AND at_nanos>?)")
          .contains("SEARCH posting")
          .contains("(agent=? AND number=?)")
          .doesNotContain("SCAN");
    }
  }

  @Test
  void what_was_spent_lately_is_found_by_time_on_postgresql() {
    try (Database database = PostgresqlServer.at(TestPostgresql.newDatabase("spending")).open()) {
      fill("PostgreSQL", database);
      TestPostgresql.execute("spending", "analyze supercargo.ledger_entry, supercargo.posting");
      assertThat(plan(database, "explain "))
          .contains("ledger_entry_in_time")
          .contains("posting_pkey")
          .doesNotContain("Seq Scan");
    }
  }

  private static void fill(String name, Database database) {
    var store = new SqlAgentStore(database);
    Lease lease = store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
    for (int first = 0; first < COUNT; first += AT_ONCE) {
      int from = first;
      assertThat(store.<Boolean>transact(lease, t -> spend(t, from))).isTrue();
    }
    long start = System.nanoTime();
    for (int last = 1; last <= 100; last++) {
      Instant since = Rig.NOW.plus(APART.multipliedBy(COUNT - last));
      assertThat(store.<BigInteger>read(v -> v.spent(Rig.AGENT, "b/", AssetId.USD, since)))
          .isEqualTo(last);
    }
    System.out.printf(
        "%s: %d us for what was spent lately of %d entries%n",
        name, (System.nanoTime() - start) / 100_000, COUNT);
  }

  private static boolean spend(StoreTransaction transaction, int first) {
    for (int i = first; i < first + AT_ONCE; i++) {
      transaction.post(
          new LedgerEntry(
              Rig.AGENT,
              "key " + i,
              Rig.NOW.plus(APART.multipliedBy(i)),
              "",
              "",
              List.of(
                  new Posting("b/" + i % 7, AssetId.USD, BigInteger.ONE),
                  new Posting("a", AssetId.USD, BigInteger.ONE.negate()))));
    }
    return true;
  }

  private static String plan(Database database, String explain) {
    Instant since = Rig.NOW.plus(APART.multipliedBy(COUNT - 10));
    return database.write(handle ->
        handle
            .createQuery(explain + SqlView.spentSince(database.dialect()))
            .bind("agent", Rig.AGENT.value())
            .bind("prefix", "b/")
            .bind("asset", AssetId.USD.toString())
            .bind("since", EpochNanoseconds.of(since))
            .mapToMap()
            .map(Object::toString)
            .reduce("", (above, line) -> above + line + "\n"));
  }
}
