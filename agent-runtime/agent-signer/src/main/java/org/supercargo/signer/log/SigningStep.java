package org.supercargo.signer.log;

/// What a signed transaction does for its intent.
public enum SigningStep {
  /// Lets a contract of the mandate take what the intent sells; moves nothing by itself.
  APPROVE,
  /// Moves or exchanges the value.
  MOVE
}
