package org.supercargo.plugin.evm;

import java.util.List;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.chain.Chain;

/// Connects agents to EVM chains.
public final class EvmPlugin implements Plugin {
  private final List<EvmChain> chains;

  public EvmPlugin(List<EvmChain> chains) {
    this.chains = List.copyOf(chains);
  }

  @Override
  public String name() {
    return "evm";
  }

  @Override
  public List<Chain> chains() {
    return List.copyOf(chains);
  }
}
