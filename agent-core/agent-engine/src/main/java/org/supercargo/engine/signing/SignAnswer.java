package org.supercargo.engine.signing;

import org.supercargo.api.Bytes;
import org.supercargo.api.intent.TransactionId;

/// What the signer decided.
public sealed interface SignAnswer {
  /// Bytes ready to send.
  record Signed(TransactionId transaction, Bytes bytes) implements SignAnswer {}

  /// No signature, now or later, and why.
  record Refused(String rule, String reason) implements SignAnswer {}

  /// No signature for now: the signer is stopped, or the asker is not the one to ask. Nothing is
  /// decided about the intent.
  record Halted(Cause cause, String reason, String advice) implements SignAnswer {}

  /// Why nothing is signed for now.
  enum Cause {
    /// The owner has stopped the signer or the agent.
    STOPPED,
    /// Another process has leased the agent since.
    FENCED,
    /// The log of signatures holds some that the books do not.
    BOOKS_BEHIND,
    /// The books hold signatures that the log does not.
    LOG_BEHIND
  }
}
