package org.supercargo.api.chain;

/// Until when signed bytes can land.
public sealed interface Validity {
  /// Until the chain passes a block height (Solana: `lastValidBlockHeight`, in blocks, not slots).
  record UntilHeight(long height) implements Validity {}

  /// Until some transaction of the same account with this number is final (EVM).
  record Nonce(long number) implements Validity {}

  /// Until the chain's own clock, the time of its blocks, reaches a second since 1970: an
  /// authorization of a payment, which its payee hands in.
  record UntilTime(long second) implements Validity {}
}
