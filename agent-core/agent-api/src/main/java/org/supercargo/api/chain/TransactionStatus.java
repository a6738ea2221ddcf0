package org.supercargo.api.chain;

import org.supercargo.api.intent.Receipt;

/// What is known of a sent transaction.
public sealed interface TransactionStatus {
  /// Not seen, and it may still land.
  record Unseen() implements TransactionStatus {}

  /// In a block that is not final yet.
  record Seen(long position) implements TransactionStatus {}

  /// Landed and final, whether it succeeded or failed.
  record Final(Receipt receipt) implements TransactionStatus {}

  /// Proved that it can never land.
  ///
  /// @param proof the observation that proves it
  record Dead(String proof) implements TransactionStatus {}
}
