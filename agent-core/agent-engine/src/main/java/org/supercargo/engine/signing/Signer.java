package org.supercargo.engine.signing;

import java.util.Map;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// Whoever holds the keys: another process in production, a service object in tests.
public interface Signer {
  /// The accounts the signer can sign for on behalf of an agent.
  Map<ChainId, Address> wallets(AgentId agent);

  /// Decodes, judges, records and signs, or refuses.
  ///
  /// @throws org.supercargo.api.SupercargoException of category TRANSIENT when the signer cannot be
  ///   reached; whether it signed is then unknown, and asking again with the same bytes is harmless
  SignAnswer sign(SignRequest request);
}
