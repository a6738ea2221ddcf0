package org.supercargo.proof.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// A store at the other end of a network: every question takes its way there and back.
record SlowStore(AgentStore store, Duration way) implements AgentStore {
  private <T> T there(Supplier<T> question) {
    LockSupport.parkNanos(way.toNanos() / 2);
    T answer = question.get();
    LockSupport.parkNanos(way.toNanos() / 2);
    return answer;
  }

  @Override
  public Optional<Lease> acquire(
      AgentId agent, String owner, Instant now, Duration length, long above) {
    return there(() -> store.acquire(agent, owner, now, length, above));
  }

  @Override
  public void renew(Lease lease, Instant now, Duration length) {
    there(() -> {
      store.renew(lease, now, length);
      return lease;
    });
  }

  @Override
  public void release(Lease lease) {
    there(() -> {
      store.release(lease);
      return lease;
    });
  }

  @Override
  public <T> T transact(Lease lease, Function<StoreTransaction, T> work) {
    return there(() -> store.transact(lease, work));
  }

  @Override
  public void note(SignedApproval approval) {
    there(() -> {
      store.note(approval);
      return approval;
    });
  }

  @Override
  public <T> T read(Function<StoreView, T> work) {
    return there(() -> store.read(work));
  }

  @Override
  public List<AgentId> agents() {
    return there(store::agents);
  }

  @Override
  public void close() {
    store.close();
  }
}
