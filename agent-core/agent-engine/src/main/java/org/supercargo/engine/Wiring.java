package org.supercargo.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.PriceSource;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.payment.PaymentHost;
import org.supercargo.engine.file.AddressReader;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.store.AgentStore;

/// Everything outside the engine that a running agent needs.
///
/// @param prices asked for what a mandate values by independent prices
/// @param hosts those that are paid by signed payments
/// @param plugins those whose actions the agent may call
/// @param patience how long a tick waits for one transaction to become final
/// @param listener sees every journal record as it is written
public record Wiring(
    AgentStore store,
    Signer signer,
    Map<ChainId, Chain> chains,
    Map<String, SwapVenue> venues,
    List<PriceSource> prices,
    List<PaymentHost> hosts,
    List<Plugin> plugins,
    ModelPool models,
    AddressReader addresses,
    InstantSource clock,
    Pause pause,
    Duration patience,
    Consumer<JournalRecord> listener) {
  public Wiring {
    chains = Map.copyOf(chains);
    venues = Map.copyOf(venues);
    prices = List.copyOf(prices);
    hosts = List.copyOf(hosts);
    plugins = List.copyOf(plugins);
  }

  /// Without hosts that are paid by signed payments.
  public Wiring(
      AgentStore store,
      Signer signer,
      Map<ChainId, Chain> chains,
      Map<String, SwapVenue> venues,
      List<PriceSource> prices,
      List<Plugin> plugins,
      ModelPool models,
      AddressReader addresses,
      InstantSource clock,
      Pause pause,
      Duration patience,
      Consumer<JournalRecord> listener) {
    this(
        store, signer, chains, venues, prices, List.of(), plugins, models, addresses, clock, pause,
        patience, listener);
  }
}
