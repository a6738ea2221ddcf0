package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node says a call would do.
///
/// @param error why it would fail, or null
/// @param logs with one of [BalanceLogs#NATIVE_COIN] for every movement of the native coin
record PredictedCall(@Nullable String error, BigInteger gasUsed, List<NodeLog> logs) {
  PredictedCall {
    logs = List.copyOf(logs);
  }
}
