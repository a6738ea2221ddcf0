package org.supercargo.engine.signing;

import org.supercargo.api.Bytes;
import org.supercargo.api.intent.TransactionId;

/// What the signer decided.
public sealed interface SignAnswer {
  /// Bytes ready to send.
  record Signed(TransactionId transaction, Bytes bytes) implements SignAnswer {}

  /// No signature, and why.
  record Refused(String rule, String reason) implements SignAnswer {}
}
