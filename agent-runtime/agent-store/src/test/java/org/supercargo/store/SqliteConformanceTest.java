package org.supercargo.store;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.testkit.store.AgentStoreConformance;

final class SqliteConformanceTest extends AgentStoreConformance {
  @TempDir private static Path folder;
  private static AgentStore store;

  @BeforeAll
  static void open() {
    store = SqlAgentStore.sqlite(folder.resolve("agents.db"));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  protected AgentStore store() {
    return store;
  }

  @Override
  protected Optional<AgentStore> another() {
    return Optional.of(SqlAgentStore.sqlite(folder.resolve("agents.db")));
  }
}
