package org.supercargo.engine.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.LocalDate;

/// How well a model did on tasks whose outcome was checked.
///
/// @param model the card's reference, such as `deepseek/deepseek-flash`
/// @param successes of `runs`, those whose checks all held
/// @param medianLatency of one call
/// @param dated the day of the measurement
public record Measurement(
    String model, int successes, int runs, Duration medianLatency, LocalDate dated) {
  public Measurement {
    requireNonNull(model, "model is null");
    requireNonNull(medianLatency, "medianLatency is null");
    requireNonNull(dated, "dated is null");
    if (runs < 1 || successes < 0 || successes > runs) {
      throw new IllegalArgumentException("successes is 0 to runs, and runs at least 1");
    }
  }

  /// Successes in percent, rounded down.
  public int quality() {
    return (int) (100L * successes / runs);
  }
}
