package org.supercargo.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;

/// Clears alarms of agents that are not running.
public final class Alarms {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final AgentStore store;
  private final InstantSource clock;

  public Alarms(AgentStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// The owner has looked, and the agent may go on.
  ///
  /// @param note what was found, for the journal
  /// @throws SupercargoException of category TRANSIENT while a process runs the agent
  public void clear(AgentId agent, String note) {
    // A name of its own, so that it never takes the lease of a process that runs.
    String owner = "owner " + UUID.randomUUID();
    Lease lease =
        store
            .acquire(agent, owner, clock.instant(), LEASE, 0)
            .orElseThrow(() ->
                SupercargoException.transientFailure(
                    "A process is running agent " + agent, "Stop it, then clear the alarm.", null));
    try {
      store.transact(
          lease,
          transaction -> {
            transaction.setAlarm(null);
            new Journal(new DomainJson(), clock, record -> {})
                .append(transaction, agent, 0, new JournalEvent.AlarmCleared(note));
            return agent;
          });
    } finally {
      store.release(lease);
    }
  }
}
