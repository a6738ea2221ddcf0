package org.supercargo.api.chain;

/// Until when signed bytes can land.
public sealed interface Validity {
  /// Until the chain passes a block height (Solana: `lastValidBlockHeight`, in blocks, not slots).
  record UntilHeight(long height) implements Validity {}

  /// Until some transaction of the same account with this number is final (EVM).
  record Nonce(long number) implements Validity {}
}
