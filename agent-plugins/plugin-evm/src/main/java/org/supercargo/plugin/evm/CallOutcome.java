package org.supercargo.plugin.evm;

/// What came of a call that changes nothing.
sealed interface CallOutcome<V> {
  record Returned<V>(V value) implements CallOutcome<V> {}

  /// @param reason in words
  record Reverted<V>(String reason) implements CallOutcome<V> {}
}
