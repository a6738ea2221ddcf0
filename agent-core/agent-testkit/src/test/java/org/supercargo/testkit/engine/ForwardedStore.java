package org.supercargo.testkit.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;

/// Passes everything on to another store; a base for stores that change something.
public class ForwardedStore implements AgentStore {
  private final AgentStore store;

  public ForwardedStore(AgentStore store) {
    this.store = store;
  }

  @Override
  public Optional<Lease> acquire(
      AgentId agent, String owner, Instant now, Duration length, long above) {
    return store.acquire(agent, owner, now, length, above);
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
    return store.transact(lease, work);
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
