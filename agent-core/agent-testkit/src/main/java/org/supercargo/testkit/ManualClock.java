package org.supercargo.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.supercargo.engine.Pause;

/// A clock that stands still until somebody turns it.
public final class ManualClock implements InstantSource {
  /// Where a clock made without an instant starts.
  public static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

  private Instant now;

  public ManualClock() {
    this(START);
  }

  public ManualClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /// @throws IllegalArgumentException if `duration` is negative
  public synchronized void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a clock does not go back by " + duration);
    }
    now = now.plus(duration);
  }

  /// Waits by turning this clock, so that waiting takes no time.
  public Pause pause() {
    return this::advance;
  }
}
