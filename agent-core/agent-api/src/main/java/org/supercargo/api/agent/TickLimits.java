package org.supercargo.api.agent;

import java.time.Duration;

/// Bounds on one tick, so that every loop ends.
///
/// @param modelCalls model calls at the most, 1 to 200
/// @param repeats how often the same call with the same arguments may run, 1 to 20
/// @param wallTime how long a tick may last
public record TickLimits(int modelCalls, int repeats, Duration wallTime) {
  public static final TickLimits DEFAULT = new TickLimits(24, 3, Duration.ofMinutes(15));

  public TickLimits {
    if (modelCalls < 1 || modelCalls > 200 || repeats < 1 || repeats > 20) {
      throw new IllegalArgumentException("model calls 1 to 200, repeats 1 to 20");
    }
    if (wallTime.isNegative() || wallTime.isZero()) {
      throw new IllegalArgumentException("wall time must be positive");
    }
  }
}
