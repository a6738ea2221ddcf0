package org.supercargo.engine.signing;

import java.util.List;
import java.util.Map;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// Whoever holds the keys: another process in production, a service object in tests.
///
/// Every method throws [org.supercargo.api.SupercargoException] of category TRANSIENT when the
/// signer cannot be reached.
public interface Signer {
  /// The accounts the signer can sign for on behalf of an agent.
  Map<ChainId, Address> wallets(AgentId agent);

  /// Announces the fence of a new lease. From then on older ones are turned away.
  ///
  /// @return what the signer remembered before; a fence at or above the announced one means that
  ///   the books were put back, and a lease with a higher fence has to be taken
  Standing enter(AgentId agent, long fence);

  /// Signatures given for an agent, oldest first.
  ///
  /// @param after only those with a higher number
  List<GivenSignature> history(AgentId agent, long after, int limit);

  /// Decodes, judges, records and signs, or refuses.
  ///
  /// When it cannot be reached, whether it signed is unknown, and asking again with the same bytes
  /// is harmless.
  SignAnswer sign(SignRequest request);
}
