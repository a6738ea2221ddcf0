package org.supercargo.testkit.engine;

import java.util.function.Function;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;

/// A store around whose transactions the process may end: before one, inside it, or right after.
final class CrashingStore extends ForwardedStore {
  private final AgentStore store;
  private final CrashPoints points;

  CrashingStore(AgentStore store, CrashPoints points) {
    super(store);
    this.store = store;
    this.points = points;
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
}
