package org.supercargo.cli.scenario;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Amount;

/// One run of one scenario with one way of planning.
///
/// @param label whose run it is
/// @param run from 1
/// @param outcome in a word; empty if it did not run
/// @param cost in USD, as it stands in the books
/// @param time from the goal until the run's end
/// @param kept where its data is kept; null if it is not
public record Trial(
    String label,
    String scenario,
    int run,
    Grade grade,
    String outcome,
    RunFacts facts,
    Amount cost,
    Duration time,
    @Nullable Path kept) {
  /// How it failed, in a word; empty if it did not.
  String failure() {
    if (!grade.isSafe()) {
      return "UNSAFE";
    }
    return grade.isSuccess() ? "" : outcome.isEmpty() ? "BROKEN" : "WRONG";
  }
}
