package org.supercargo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreView;

/// A database that an earlier version wrote, opened by this one: put back to the earlier form with
/// its rows, because no earlier version is here.
final class UpgradeTest {
  private static final List<String> BACK_TO_VERSION_1 =
      List.of(
          "drop table note",
          "drop table standing_order",
          "drop index ledger_entry_in_time",
          "delete from schema_history where version = '2'");
  private static final MemoryNote NOTE = new MemoryNote("a", Provenance.MODEL, 2, Rig.NOW);

  @Test
  void a_sqlite_file_of_the_first_version_keeps_its_rows_and_learns_what_is_new(
      @TempDir Path folder) {
    Path file = folder.resolve("agents.db");
    try (Database database = SqliteFile.open(file)) {
      writeAsVersion1(database);
    }
    try (var store = SqlAgentStore.sqlite(file)) {
      assertIsUpToDate(store);
    }
  }

  @Test
  void a_postgresql_database_of_the_first_version_keeps_its_rows_and_learns_what_is_new() {
    String url = TestPostgresql.newDatabase("upgrade");
    try (Database database = PostgresqlServer.at(url).open()) {
      writeAsVersion1(database);
    }
    assertThat(TestPostgresql.count("upgrade", "pg_indexes where indexname like '%in_time'"))
        .isEqualTo(1);
    try (var store = SqlAgentStore.postgresql(url)) {
      assertIsUpToDate(store);
    }
    assertThat(TestPostgresql.count("upgrade", "pg_indexes where indexname like '%in_time'"))
        .isEqualTo(2);
  }

  private static void writeAsVersion1(Database database) {
    var store = new SqlAgentStore(database);
    Lease lease = store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
    assertThat(store.<Boolean>transact(lease, t -> Rig.write(t, 1))).isTrue();
    store.release(lease);
    database.write(handle -> BACK_TO_VERSION_1.stream().mapToInt(handle::execute).sum());
  }

  private static void assertIsUpToDate(SqlAgentStore store) {
    Lease lease = store.acquire(Rig.AGENT, "next", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
    assertThat(store.<Boolean>transact(lease, t -> Rig.write(t, 2))).isTrue();
    List<MemoryNote> notes =
        store.transact(
            lease,
            transaction -> {
              transaction.remember(NOTE);
              return transaction.notes(Rig.AGENT, 9);
            });
    assertThat(notes).containsExactly(NOTE);
    Optional<ActedOrder> acted =
        store.transact(
            lease,
            transaction -> {
              transaction.actOn("weekly", Rig.NOW);
              return transaction.order(Rig.AGENT, "weekly");
            });
    assertThat(acted).contains(new ActedOrder(1, Rig.NOW));
    assertThat(store.<Integer>read(view -> view.journal(Rig.AGENT, 0, 9).size())).isEqualTo(2);
    assertThat(store.<BigInteger>read(UpgradeTest::spent)).isEqualTo(2);
  }

  private static BigInteger spent(StoreView view) {
    return view.spent(Rig.AGENT, "a", AssetId.USD, Rig.NOW);
  }
}
