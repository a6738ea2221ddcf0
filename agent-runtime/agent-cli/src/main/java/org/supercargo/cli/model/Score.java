package org.supercargo.cli.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.model.Usage;

/// How a contestant did on all tasks.
///
/// @param single whether it is one model
/// @param successes of `runs`, those whose expectation was met
/// @param used in all
/// @param medianLatency of one task
/// @param calls to models
/// @param failures how often each way of failing was seen
public record Score(
    String label,
    boolean single,
    int successes,
    int runs,
    Usage used,
    Duration medianLatency,
    int calls,
    Map<String, Integer> failures) {
  public Score {
    failures = Map.copyOf(failures);
  }

  public Amount cost() {
    return used.cost();
  }

  /// Tenths of a percent, rounded down.
  public int permille() {
    return (int) (1_000L * successes / runs);
  }

  /// Whether no single model is at least as cheap and at least as good, and better in one of both.
  public boolean isOnFrontier(List<Score> others) {
    return others.stream().filter(Score::single).noneMatch(other -> other.beats(this));
  }

  private boolean beats(Score other) {
    int cheaper = other.cost().baseUnits().compareTo(cost().baseUnits());
    // Runs may differ in number only if tasks do; compare shares without rounding.
    int better = Long.compare((long) successes * other.runs, (long) other.successes * runs);
    return cheaper >= 0 && better >= 0 && (cheaper > 0 || better > 0);
  }
}
