package org.supercargo.plugin.solana;

import java.net.URI;
import java.util.List;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.http.Http;

/// Connects agents to Solana.
public final class SolanaPlugin implements Plugin {
  private final SolanaChain chain;

  /// @param rpc JSON-RPC endpoint; its host has to be granted by `http`
  public SolanaPlugin(URI rpc, Http http, SolanaSettings settings) {
    chain = new SolanaChain(rpc, http, settings);
  }

  @Override
  public String name() {
    return "solana";
  }

  @Override
  public List<Chain> chains() {
    return List.of(chain);
  }
}
