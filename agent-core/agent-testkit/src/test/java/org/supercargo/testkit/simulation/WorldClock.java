package org.supercargo.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The true time of the world. Only the world turns it.
final class WorldClock implements InstantSource {
  private long millis = Instant.parse("2027-01-01T00:00:00Z").toEpochMilli();

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  @Override
  public long millis() {
    return millis;
  }

  void advance(Duration duration) {
    millis += duration.toMillis();
  }
}
