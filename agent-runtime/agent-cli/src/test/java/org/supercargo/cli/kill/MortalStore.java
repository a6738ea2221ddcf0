package org.supercargo.cli.kill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// A real store around whose commits the process may die. Leases are short, so that replicas do not
/// wait long for the dead.
final class MortalStore implements AgentStore {
  private static final Duration LEASE = Duration.ofSeconds(2);

  private final AgentStore store;
  private final CrashPlan plan;

  MortalStore(AgentStore store, CrashPlan plan) {
    this.store = store;
    this.plan = plan;
  }

  @Override
  public Optional<Lease> acquire(
      AgentId agent, String owner, Instant now, Duration length, long above) {
    return plan.around("acquire", () -> store.acquire(agent, owner, now, LEASE, above));
  }

  @Override
  public void renew(Lease lease, Instant now, Duration length) {
    store.renew(lease, now, LEASE);
  }

  @Override
  public void release(Lease lease) {
    store.release(lease);
  }

  @Override
  public <T> T transact(Lease lease, Function<StoreTransaction, T> work) {
    List<String> events = new ArrayList<>();
    T result =
        store.transact(
            lease,
            transaction -> {
              events.clear();
              T done = work.apply(new WatchedTransaction(transaction, events::add).asTransaction());
              events.forEach(event -> plan.pass("inside the commit of " + event));
              return done;
            });
    events.forEach(event -> plan.pass("after the commit of " + event));
    return result;
  }

  @Override
  public void note(SignedApproval approval) {
    store.note(approval);
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
