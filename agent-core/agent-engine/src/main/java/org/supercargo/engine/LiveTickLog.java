package org.supercargo.engine;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;

/// A tick that runs: new events go to the journal before they are used.
final class LiveTickLog extends TickLog {
  private final AgentStore store;
  private final Lease lease;
  private final Journal journal;
  private final TickId tick;

  LiveTickLog(
      DomainJson json,
      List<JournalEvent.OfTick> recorded,
      AgentStore store,
      Lease lease,
      Journal journal,
      TickId tick) {
    super(json, recorded);
    this.store = store;
    this.lease = lease;
    this.journal = journal;
    this.tick = tick;
  }

  @Override
  JournalEvent.OfTick record(Supplier<JournalEvent.OfTick> step) {
    // The step runs before the transaction: it may take long and reach the network.
    JournalEvent.OfTick event = step.get();
    return recordWith(transaction -> event);
  }

  @Override
  JournalEvent.OfTick recordWith(Function<StoreTransaction, JournalEvent.OfTick> step) {
    return store.transact(
        lease,
        transaction -> {
          JournalEvent.OfTick event = step.apply(transaction);
          journal.append(transaction, tick.agent(), tick.number(), event);
          return event;
        });
  }
}
