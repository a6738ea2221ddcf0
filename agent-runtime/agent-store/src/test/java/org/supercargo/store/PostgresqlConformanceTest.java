package org.supercargo.store;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.testkit.store.AgentStoreConformance;

final class PostgresqlConformanceTest extends AgentStoreConformance {
  private static String url;
  private static AgentStore store;

  @BeforeAll
  static void open() {
    url = TestPostgresql.newDatabase("conformance");
    store = SqlAgentStore.postgresql(url);
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
    return Optional.of(SqlAgentStore.postgresql(url));
  }
}
