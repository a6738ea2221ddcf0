package org.supercargo.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.ChainId;
import picocli.CommandLine.Option;

/// Options that every command understands.
final class CommonOptions {
  @Option(names = "--json", description = "Print one JSON document a line instead of text.")
  boolean json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where agents, keys and journals are kept. Default: SUPERCARGO_DATA, or .supercargo here.")
  @Nullable Path data;

  @Option(
      names = "--solana-rpc",
      paramLabel = "URL",
      description = "Solana endpoint. Default: SUPERCARGO_SOLANA_RPC, or the local devnet's.")
  @Nullable URI solanaRpc;

  @Option(
      names = "--base-rpc",
      paramLabel = "URL",
      description = "Base endpoint. Default: SUPERCARGO_BASE_RPC, or the local devnet's.")
  @Nullable URI baseRpc;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "jdbc:postgresql URL of a shared store. Default: SUPERCARGO_STORE, or a SQLite file in --data.")
  @Nullable String store;

  Screen screen() {
    return Screen.standard(json);
  }

  Path dataDirectory() {
    if (data != null) {
      return data.toAbsolutePath().normalize();
    }
    String fromEnvironment = System.getenv("SUPERCARGO_DATA");
    return Path.of(fromEnvironment == null ? ".supercargo" : fromEnvironment)
        .toAbsolutePath()
        .normalize();
  }

  URI solana() {
    return endpoint(solanaRpc, "SUPERCARGO_SOLANA_RPC", "http://127.0.0.1:8899");
  }

  URI base() {
    return endpoint(baseRpc, "SUPERCARGO_BASE_RPC", "http://127.0.0.1:8545");
  }

  /// Second endpoints, run by others, that have to agree before a payment counts as final or dead.
  Map<ChainId, URI> witnesses() {
    var witnesses = new LinkedHashMap<ChainId, URI>();
    Map.of(
            ChainId.SOLANA, "SUPERCARGO_SOLANA_WITNESS_RPC",
            ChainId.BASE, "SUPERCARGO_BASE_WITNESS_RPC")
        .forEach((chain, variable) -> {
          String value = System.getenv(variable);
          if (value != null && !value.isBlank()) {
            witnesses.put(chain, URI.create(value.strip()));
          }
        });
    return witnesses;
  }

  /// The faucet of a devnet that someone else started.
  URI faucet() {
    return endpoint(null, "SUPERCARGO_FAUCET", "http://127.0.0.1:8901");
  }

  @Nullable String storeUrl() {
    return store == null ? System.getenv("SUPERCARGO_STORE") : store;
  }

  private static URI endpoint(@Nullable URI option, String variable, String otherwise) {
    if (option != null) {
      return option;
    }
    String value = System.getenv(variable);
    return URI.create(value == null || value.isBlank() ? otherwise : value.strip());
  }
}
