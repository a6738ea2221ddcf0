package org.supercargo.cli;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.http.Http;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.plugin.uniswap.UniswapPlugin;
import org.supercargo.plugin.uniswap.UniswapSettings;
import org.supercargo.plugin.uniswap.UniswapV3;
import org.supercargo.plugin.wallet.WalletPlugin;
import org.supercargo.plugin.x402.PrepaidPlugin;

/// The wiring of a process that decides without acting: actions are known, nothing can be reached.
final class OfflineWiring {
  private static final URI NOWHERE = URI.create("http://offline.invalid");

  private OfflineWiring() {}

  static Wiring of(AgentSpec spec, AgentStore store, Http http) {
    return new Wiring(
        store,
        new NoSigner(),
        Map.of(),
        Map.of(),
        List.of(),
        plugins(spec, http),
        ModelPool.none(),
        Codecs.ALL,
        InstantSource.system(),
        duration -> {},
        Duration.ZERO,
        record -> {});
  }

  static List<Plugin> plugins(AgentSpec spec, Http http) {
    return Plugins.chosen(
        spec,
        List.of(
            new WalletPlugin(List.of(), Map.of(), spec.assets(), spec.addressBook()),
            new UniswapPlugin(List.of(new UniswapV3(NOWHERE, http, UniswapSettings.BASE))),
            new PrepaidPlugin(List.of())));
  }

  private static final class NoSigner implements Signer {
    @Override
    public Map<ChainId, Address> wallets(AgentId agent) {
      return Map.of();
    }

    @Override
    public Standing enter(AgentId agent, long fence) {
      throw SupercargoException.bug("A process without a signer took an agent", null);
    }

    @Override
    public List<GivenSignature> history(AgentId agent, long after, int limit) {
      return List.of();
    }

    @Override
    public SignAnswer sign(SignRequest request) {
      throw SupercargoException.bug("A process without a signer asked for a signature", null);
    }
  }
}
