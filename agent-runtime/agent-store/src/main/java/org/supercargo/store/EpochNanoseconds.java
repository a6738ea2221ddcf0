package org.supercargo.store;

import java.time.Instant;

/// Times as nanoseconds since 1970, which keeps every digit from the year 1677 to 2262.
final class EpochNanoseconds {
  private static final long SECOND = 1_000_000_000;
  private static final Instant FIRST = toInstant(Long.MIN_VALUE).plusSeconds(1);
  private static final Instant LAST = toInstant(Long.MAX_VALUE);

  private EpochNanoseconds() {}

  /// @throws IllegalArgumentException outside the years that can be kept
  static long of(Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException(time + " is not between " + FIRST + " and " + LAST);
    }
    return time.getEpochSecond() * SECOND + time.getNano();
  }

  /// The nearest time that can be kept, for comparing.
  static long nearest(Instant time) {
    if (time.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    return time.isAfter(LAST) ? Long.MAX_VALUE : of(time);
  }

  static Instant toInstant(long nanoseconds) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanoseconds, SECOND), Math.floorMod(nanoseconds, SECOND));
  }
}
