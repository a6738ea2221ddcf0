package org.supercargo.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.http.Http;
import org.supercargo.engine.Pause;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.file.AddressReader;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.plugin.offline.OfflineModel;
import org.supercargo.plugin.uniswap.UniswapPlugin;
import org.supercargo.plugin.uniswap.UniswapSettings;
import org.supercargo.plugin.uniswap.UniswapV3;
import org.supercargo.plugin.wallet.WalletPlugin;

/// What processes that are killed work on: goal after goal, each with an amount of its own, so that
/// what arrived tells exactly which goals were carried out, and how often.
public final class Voyage {
  /// Reads addresses of both chains.
  public static final AddressReader CODECS = Codecs.ALL;

  private static final long FIRST = 10_000;

  private Voyage() {}

  /// One payment: base units of USDC to a payee on a chain.
  ///
  /// @param baseUnits of USDC, 6 decimals
  public record Payment(String payee, String chain, long baseUnits) {
    String words() {
      return "send "
          + new BigDecimal(BigInteger.valueOf(baseUnits), 6).toPlainString()
          + " USDC to "
          + payee
          + " on "
          + chain;
    }
  }

  /// The payment of a goal, by the goal's number from 1.
  public static Payment payment(long number) {
    return new Payment(
        number % 3 == 0 ? "bob" : "alice", number % 2 == 0 ? "solana" : "base", FIRST + number);
  }

  /// The goal in plain words.
  public static String goal(long number) {
    return payment(number).words();
  }

  /// The production parts, put together as the command does.
  public static Wiring wiring(
      AgentSpec spec,
      AgentStore store,
      Signer signer,
      Map<ChainId, Chain> chains,
      URI baseRpc,
      Http http,
      InstantSource clock,
      Pause pause,
      Duration patience) {
    var uniswap = new UniswapV3(baseRpc, http, UniswapSettings.BASE);
    return new Wiring(
        store,
        signer,
        chains,
        Map.of(uniswap.name(), uniswap),
        List.of(),
        Plugins.chosen(
            spec,
            List.of(
                new WalletPlugin(
                    List.copyOf(chains.values()),
                    signer.wallets(spec.id()),
                    spec.assets(),
                    spec.addressBook()),
                new UniswapPlugin(List.of(uniswap)))),
        ModelPool.only(new OfflineModel(), clock),
        Codecs.ALL,
        clock,
        pause,
        patience,
        record -> {});
  }
}
