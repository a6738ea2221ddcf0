package org.supercargo.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.PriceSource;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Price;

/// Reads what the mandate wants to know of the world about an intent, and no more.
///
/// What cannot be read is left out: a condition that needs it then does not hold.
final class MarketFacts {
  private final AgentSpec spec;
  private final Map<ChainId, Chain> chains;
  private final Map<ChainId, Address> wallets;
  private final List<PriceSource> sources;

  MarketFacts(
      AgentSpec spec,
      Map<ChainId, Chain> chains,
      Map<ChainId, Address> wallets,
      List<PriceSource> sources) {
    this.spec = spec;
    this.chains = chains;
    this.wallets = wallets;
    this.sources = sources;
  }

  /// What was read.
  record Observed(@Nullable BigInteger balance, List<Price> prices) {}

  Observed observe(Intent intent) {
    return new Observed(
        spec.mandate().asksForBalance() ? balance(intent) : null,
        spec.mandate().quoteAge() == null ? List.of() : prices(intent));
  }

  private @Nullable BigInteger balance(Intent intent) {
    Chain chain = chains.get(intent.chain());
    Address wallet = wallets.get(intent.chain());
    if (chain == null || wallet == null) {
      return null;
    }
    try {
      return chain.balance(wallet, intent.spends().asset()).baseUnits();
    } catch (SupercargoException e) {
      return null;
    }
  }

  private List<Price> prices(Intent intent) {
    var assets = new LinkedHashSet<AssetId>();
    assets.add(intent.spends().asset().id());
    if (intent instanceof Intent.Swap swap) {
      assets.add(swap.minimum().asset().id());
    }
    var prices = new ArrayList<Price>();
    for (PriceSource source : sources) {
      for (AssetId asset : assets) {
        try {
          source.price(asset).ifPresent(prices::add);
        } catch (SupercargoException e) {
          // Another source may know; without one the mandate refuses.
        }
      }
    }
    return prices;
  }
}
