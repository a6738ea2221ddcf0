package org.supercargo.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.http.Http;
import org.supercargo.devnet.Devnet;
import org.supercargo.engine.WitnessedChain;
import org.supercargo.plugin.evm.EvmChain;
import org.supercargo.plugin.evm.EvmSettings;
import org.supercargo.plugin.solana.SolanaChain;
import org.supercargo.plugin.solana.SolanaSettings;

/// The chains behind the configured endpoints, and a name for them, so that keys and books made on
/// one network are never used on another.
///
/// @param name `mainnet`, or `local-` and a digest of both genesis hashes
/// @param devnet the local devnet's faucet, when there is one
record Network(String name, Map<ChainId, Chain> chains, @Nullable Devnet devnet) {
  /// Genesis hashes of the public networks. Sources: getGenesisHash of Solana mainnet-beta; block 0
  /// of Base.
  private static final String SOLANA_MAINNET = "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d";

  private static final String BASE_MAINNET =
      "0xf712aa9241cc24369b143cf6dce85f0902a9731e70d66818a3a5845b296c73dd";

  private static final int LOCAL_CONFIRMATIONS = 2;

  /// @param faucet where a devnet that was not started here may have its faucet
  /// @param witnesses second endpoints that have to agree on what is final or dead
  static Network connect(
      URI solanaRpc,
      URI baseRpc,
      URI faucet,
      Map<ChainId, URI> witnesses,
      Http http,
      @Nullable Devnet started) {
    Chain solana =
        witnessed(
            new SolanaChain(solanaRpc, http, SolanaSettings.DEFAULT),
            witnesses.get(ChainId.SOLANA),
            rpc -> new SolanaChain(rpc, http, SolanaSettings.DEFAULT));
    String solanaGenesis = genesis(solana, solanaRpc);
    Chain base = base(baseRpc, witnesses, http, EvmSettings.BASE);
    String baseGenesis = genesis(base, baseRpc);
    boolean mainnet = solanaGenesis.equals(SOLANA_MAINNET) && baseGenesis.equals(BASE_MAINNET);
    var chains = new LinkedHashMap<ChainId, Chain>();
    chains.put(ChainId.SOLANA, solana);
    if (mainnet) {
      chains.put(ChainId.BASE, base);
      return new Network("mainnet", chains, null);
    }
    if (solanaGenesis.equals(SOLANA_MAINNET) || baseGenesis.equals(BASE_MAINNET)) {
      throw SupercargoException.user(
          "One endpoint is a public network and the other is not: " + solanaRpc + ", " + baseRpc,
          "Point both at public networks or both at the local devnet.");
    }
    chains.put(
        ChainId.BASE,
        base(baseRpc, witnesses, http, EvmSettings.BASE.withConfirmations(LOCAL_CONFIRMATIONS)));
    return new Network(
        "local-" + digest(solanaGenesis + baseGenesis),
        chains,
        started != null ? started : Devnet.connect(faucet));
  }

  private static Chain base(URI rpc, Map<ChainId, URI> witnesses, Http http, EvmSettings settings) {
    return witnessed(
        new EvmChain(ChainId.BASE, rpc, http, settings),
        witnesses.get(ChainId.BASE),
        other -> new EvmChain(ChainId.BASE, other, http, settings));
  }

  private static Chain witnessed(Chain node, @Nullable URI witness, Function<URI, Chain> connect) {
    return witness == null ? node : new WitnessedChain(node, List.of(connect.apply(witness)));
  }

  private static String genesis(Chain chain, URI endpoint) {
    try {
      return chain.genesis();
    } catch (SupercargoException e) {
      throw SupercargoException.external(
          "No "
              + chain.id().name()
              + " node answers at "
              + withoutQuery(endpoint)
              + ": "
              + e.what(),
          "Start the local chains with ./supercargo devnet, add --devnet to use private ones for this"
              + " command, or set --"
              + chain.id().name()
              + "-rpc.",
          e);
    }
  }

  /// An endpoint as it may be shown: provider keys often stand in the query or the path.
  static String withoutQuery(URI endpoint) {
    return endpoint.getScheme() + "://" + endpoint.getAuthority();
  }

  static Set<String> hosts(URI... endpoints) {
    return java.util.Arrays.stream(endpoints)
        .map(uri -> uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort())
        .collect(java.util.stream.Collectors.toSet());
  }

  boolean isLocal() {
    return !name.equals("mainnet");
  }

  Path directory(Path data) {
    return data.resolve(name);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw SupercargoException.bug("This JDK has no SHA-256", e);
    }
  }
}
