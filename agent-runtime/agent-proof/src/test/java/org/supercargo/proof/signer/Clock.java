package org.supercargo.proof.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The owner's clock, turned by hand, backwards too.
public final class Clock implements InstantSource {
  private Instant now = Instant.parse("2027-03-01T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  public void set(Instant instant) {
    now = instant;
  }
}
