package org.supercargo.testkit.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// A store around whose transactions the process may end: before one, inside it, or right after.
final class CrashingStore implements AgentStore {
  private final AgentStore store;
  private final CrashPoints points;

  CrashingStore(AgentStore store, CrashPoints points) {
    this.store = store;
    this.points = points;
  }

  @Override
  public Optional<Lease> acquire(AgentId agent, String owner, Instant now, Duration length) {
    return store.acquire(agent, owner, now, length);
  }

  @Override
  public void renew(Lease lease, Instant now, Duration length) {
    store.renew(lease, now, length);
  }

  @Override
  public void release(Lease lease) {
    store.release(lease);
  }

  @Override
  public <T> T transact(Lease lease, Function<StoreTransaction, T> work) {
    return points.around(
        "a store transaction",
        () ->
            store.transact(
                lease,
                transaction -> {
                  T result = work.apply(transaction);
                  points.pass("before the commit of a store transaction");
                  return result;
                }));
  }

  @Override
  public <T> T read(Function<StoreView, T> work) {
    return store.read(work);
  }

  @Override
  public List<AgentId> agents() {
    return store.agents();
  }

  @Override
  public void close() {
    store.close();
  }
}
