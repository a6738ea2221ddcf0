package org.supercargo.testkit.simulation;

import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.store.AgentStore;

/// Defects, each of which would cost money, or the proof of where it went.
enum Defect implements Sabotage {
  /// What was not seen in time is taken for dead, where only time tells.
  SIGNS_AGAIN_AFTER_A_TIMEOUT {
    @Override
    public Chain chain(World world, Chain chain) {
      return chain.id().equals(ChainId.SOLANA) ? new Defects.ImpatientChain(chain) : chain;
    }
  },

  /// One node's word is enough, where only time tells what is dead.
  BELIEVES_ONE_NODE {
    @Override
    public Chain chain(World world, Chain chain) {
      return chain.id().equals(ChainId.SOLANA) ? world.node(ChainId.SOLANA) : chain;
    }
  },

  /// One node's word is enough, where a death means that somebody else has used the key.
  BELIEVES_ONE_NODE_ABOUT_NUMBERS {
    @Override
    public Chain chain(World world, Chain chain) {
      return chain.id().equals(ChainId.BASE) ? world.node(ChainId.BASE) : chain;
    }
  },

  /// When a process ends, its newest writes are gone although they were acknowledged.
  LOSES_WRITES {
    @Override
    public void ended(World world, Captain captain) {
      world.store.rewind(Math.max(0, world.store.position() - 3));
    }
  },

  /// The store takes writes of those who were taken over from.
  STORE_IGNORES_LEASES {
    @Override
    public AgentStore store(World world, AgentStore store) {
      return new Defects.UnfencedStore(world, store);
    }
  },

  /// Requests take long, and the signer answers those who were taken over from meanwhile.
  SIGNER_IGNORES_FENCES {
    @Override
    public Signer signer(World world, Signer signer) {
      return new Defects.UnfencedSigner(world, signer);
    }

    @Override
    public boolean delaysRequests() {
      return true;
    }
  },

  /// The books count half of what a budget has spent.
  COUNTS_HALF {
    @Override
    public AgentStore store(World world, AgentStore store) {
      return new Defects.AlteredStore(store, Defects.HalfCounted::new);
    }
  },

  /// The books do not count fees.
  FORGETS_FEES {
    @Override
    public AgentStore store(World world, AgentStore store) {
      return new Defects.AlteredStore(
          store, transaction -> new Defects.Uncounted(transaction, Mandate.FEES));
    }
  },

  /// Who has no answer asks again.
  ASKS_AGAIN_WITHOUT_AN_ANSWER {
    @Override
    public boolean asksAgainWithoutAnAnswer() {
      return true;
    }
  },

  /// What a transfer or a swap took is not in the ledger.
  DROPS_PAYMENTS {
    @Override
    public AgentStore store(World world, AgentStore store) {
      return new Defects.AlteredStore(
          store, transaction -> new Defects.Unposted(transaction, "transaction:"));
    }
  },

  /// What came from outside is not in the ledger.
  DROPS_DEPOSITS {
    @Override
    public AgentStore store(World world, AgentStore store) {
      return new Defects.AlteredStore(
          store, transaction -> new Defects.Unposted(transaction, "observed:"));
    }
  },

  /// Requests take long; nothing else is wrong.
  DELAYS_REQUESTS {
    @Override
    public boolean delaysRequests() {
      return true;
    }
  }
}
