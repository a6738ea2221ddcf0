package org.supercargo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prints a figure to compare by eye; it depends on the machine, so nothing is asserted about it.
final class CommitRateTest {
  private static final int COMMITS = 400;

  @Test
  void a_few_hundred_commits_on_sqlite(@TempDir Path folder) {
    try (var store = SqlAgentStore.sqlite(folder.resolve("agents.db"))) {
      print("SQLite", store);
    }
  }

  @Test
  void a_few_hundred_commits_on_postgresql() {
    try (var store = SqlAgentStore.postgresql(TestPostgresql.newDatabase("rate"))) {
      print("PostgreSQL", store);
    }
  }

  private static void print(String name, SqlAgentStore store) {
    var lease = store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
    long start = System.nanoTime();
    for (long number = 1; number <= COMMITS; number++) {
      long next = number;
      assertThat(store.<Boolean>transact(lease, t -> Rig.write(t, next))).isTrue();
    }
    long milliseconds = Math.max(1, (System.nanoTime() - start) / 1_000_000);
    System.out.printf(
        "%s: %d commits/s of journal row, entry with two postings and wallet number%n",
        name, COMMITS * 1_000L / milliseconds);
  }
}
