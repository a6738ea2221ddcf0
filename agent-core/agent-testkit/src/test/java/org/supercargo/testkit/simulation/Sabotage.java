package org.supercargo.testkit.simulation;

import org.supercargo.api.chain.Chain;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.store.AgentStore;

/// A defect put on purpose between the engine and the world, to see that it is found.
interface Sabotage {
  /// None.
  Sabotage NONE = new Sabotage() {};

  default Chain chain(World world, Chain chain) {
    return chain;
  }

  default AgentStore store(World world, AgentStore store) {
    return store;
  }

  default Signer signer(World world, Signer signer) {
    return signer;
  }

  /// A process of the agent has just ended without closing anything.
  default void ended(World world, Captain captain) {}

  /// Whether the owner's scheduler asks again for what it has no answer to.
  default boolean asksAgainWithoutAnAnswer() {
    return false;
  }

  /// Whether requests take so long on their way to the signer that others may take over meanwhile.
  default boolean delaysRequests() {
    return false;
  }
}
