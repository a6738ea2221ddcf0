package org.supercargo.api.intent;

import static java.util.Objects.requireNonNull;

import org.supercargo.api.asset.ChainId;

/// A transaction's name on its chain, known before it is sent: the first signature on Solana, the
/// hash of the signed bytes on EVM chains.
public record TransactionId(ChainId chain, String text) {
  public TransactionId {
    requireNonNull(chain, "chain is null");
    requireNonNull(text, "text is null");
  }

  @Override
  public String toString() {
    return text;
  }
}
