package org.supercargo.engine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.mandate.SignedApproval;

/// Everything durable about agents. An acknowledged write survives the death of the process at any
/// instruction.
public interface AgentStore extends AutoCloseable {
  /// Takes the right to act for an agent.
  ///
  /// @param length after this time without renewal another owner may take over
  /// @param above the new fence is higher than this one too, for a store that was put back to an
  ///   older state while others remember newer fences; 0 when nobody does
  /// @return empty while another owner's lease is alive; the same owner may always take a new one
  Optional<Lease> acquire(AgentId agent, String owner, Instant now, Duration length, long above);

  /// Prolongs a lease.
  ///
  /// @throws StaleLeaseException if it is no longer the newest
  void renew(Lease lease, Instant now, Duration length);

  /// Gives the lease up, if it is still the newest.
  void release(Lease lease);

  /// Runs `work` in one transaction that commits only if the lease is still the newest.
  /// Transactions of one agent are serial, across processes too. `work` may run again after a
  /// database conflict, so it must do nothing but read and write the transaction.
  ///
  /// @throws StaleLeaseException if the lease is not the newest or was released; nothing is written
  /// @throws IllegalStateException if `work` uses the store itself
  <T> T transact(Lease lease, Function<StoreTransaction, T> work);

  /// Takes note of what a person decided about an intent. Needs no lease: a person is not the
  /// process that runs the agent, and only adds. The first decision of each approver stays.
  ///
  /// @throws IllegalStateException if no such intent is AWAITING
  void note(SignedApproval approval);

  /// Reads a consistent state.
  <T> T read(Function<StoreView, T> work);

  /// Agents that were ever leased, by name.
  List<AgentId> agents();

  @Override
  void close();
}
