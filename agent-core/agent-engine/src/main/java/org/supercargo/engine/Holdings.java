package org.supercargo.engine;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.engine.store.AgentStore;

/// What an agent holds: read from the chains just now, beside what its books say.
///
/// @param onChain base units the chain reports
/// @param inBooks base units the ledger's wallet account carries
public record Holdings(Asset asset, BigInteger onChain, BigInteger inBooks) {
  /// Reads every asset the agent knows and leaves out those that are zero on both sides.
  public static List<Holdings> read(
      AgentSpec spec, AgentStore store, Map<ChainId, Chain> chains, Map<ChainId, Address> wallets) {
    var books = new Bookkeeper(spec.id(), InstantSource.system());
    var holdings = new ArrayList<Holdings>();
    for (Asset asset : spec.assets()) {
      Chain chain = chains.get(asset.chain());
      Address wallet = wallets.get(asset.chain());
      if (chain != null && wallet != null) {
        BigInteger onChain = chain.balance(wallet, asset).baseUnits();
        BigInteger inBooks = store.read(view -> books.inBooks(view, asset));
        if (onChain.signum() != 0 || inBooks.signum() != 0) {
          holdings.add(new Holdings(asset, onChain, inBooks));
        }
      }
    }
    return holdings;
  }

  public boolean agree() {
    return onChain.equals(inBooks);
  }

  public Amount amountOnChain() {
    return new Amount(asset, onChain);
  }

  public Amount amountInBooks() {
    return new Amount(asset, inBooks);
  }
}
