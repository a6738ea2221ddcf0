package org.supercargo.api.asset;

import static java.util.Objects.requireNonNull;

import org.supercargo.api.SupercargoException;

/// An account on one chain, in that chain's canonical text: base58 on Solana, EIP-55 on EVM chains.
///
/// Only a [org.supercargo.api.chain.Chain] or a codec makes one from foreign text, because only
/// they can tell a valid address from a plausible one.
public record Address(ChainId chain, String text) {
  public Address {
    requireNonNull(chain, "chain is null");
    if (text.isBlank()) {
      throw SupercargoException.user("An address on " + chain.name() + " is empty", "Give one.");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
