package org.supercargo.testkit.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// An agent store that keeps everything until the process ends, for tests and trials.
///
/// It obeys the same rules as a durable store, except that nothing outlives it: transactions are
/// atomic and run one after the other, whoever runs them.
public final class InMemoryAgentStore implements AgentStore {
  private final ReentrantLock turn = new ReentrantLock();
  private final MemoryTables tables = new MemoryTables();

  @Override
  public Optional<Lease> acquire(
      AgentId agent, String owner, Instant now, Duration length, long above) {
    if (above < 0 || above == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a fence is a number from 1 on, and one above " + above + " was asked for");
    }
    return alone(() -> {
      var holding = tables.agents.computeIfAbsent(agent, _ -> new MemoryTables.AgentTables());
      if (holding.owner != null && !holding.owner.equals(owner) && now.isBefore(holding.leaseEnd)) {
        return Optional.empty();
      }
      holding.fence = 1 + Math.max(holding.fence, above);
      holding.owner = owner;
      holding.leaseEnd = now.plus(length);
      return Optional.of(new Lease(agent, owner, holding.fence));
    });
  }

  @Override
  public void renew(Lease lease, Instant now, Duration length) {
    alone(() -> newest(lease).leaseEnd = now.plus(length));
  }

  @Override
  public void release(Lease lease) {
    alone(() -> {
      var holding = tables.agents.get(lease.agent());
      if (holding != null && holding.isHeldBy(lease)) {
        holding.owner = null;
      }
      return lease;
    });
  }

  @Override
  public <T> T transact(Lease lease, Function<StoreTransaction, T> work) {
    return alone(() -> {
      newest(lease);
      var transaction = new MemoryTransaction(tables, lease.agent());
      boolean committed = false;
      try {
        T result = work.apply(transaction);
        committed = true;
        return result;
      } finally {
        if (!committed) {
          transaction.undo();
        }
      }
    });
  }

  @Override
  public void note(SignedApproval approval) {
    MemoryTransaction.requireStorable(Stream.of(approval.approver()));
    alone(() -> {
      var row = new MemoryView(tables).find(approval.intent());
      if (row == null) {
        throw new IllegalStateException("intent " + approval.intent() + " does not exist");
      }
      if (row.intent.state() != IntentState.AWAITING) {
        throw new IllegalStateException(
            "intent " + approval.intent() + " is " + row.intent.state() + ", not AWAITING");
      }
      return row.approvals.putIfAbsent(approval.approver(), approval);
    });
  }

  @Override
  public <T> T read(Function<StoreView, T> work) {
    return alone(() -> work.apply(new MemoryView(tables)));
  }

  @Override
  public List<AgentId> agents() {
    return alone(() -> List.copyOf(tables.agents.keySet()));
  }

  @Override
  public void close() {}

  private MemoryTables.AgentTables newest(Lease lease) {
    var holding = tables.agents.get(lease.agent());
    if (holding == null || !holding.isHeldBy(lease)) {
      throw new StaleLeaseException(lease);
    }
    return holding;
  }

  private <T extends @Nullable Object> T alone(Supplier<T> work) {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("the store was used inside one of its transactions");
    }
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }
}
