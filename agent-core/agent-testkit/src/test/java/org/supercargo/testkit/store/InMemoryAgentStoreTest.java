package org.supercargo.testkit.store;

import java.util.Optional;
import org.supercargo.engine.store.AgentStore;

final class InMemoryAgentStoreTest extends AgentStoreConformance {
  private static final AgentStore STORE = new InMemoryAgentStore();

  @Override
  protected AgentStore store() {
    return STORE;
  }

  @Override
  protected Optional<AgentStore> another() {
    return Optional.empty();
  }
}
