package org.supercargo.plugin.llm;

import java.time.Duration;

/// How long a call may take.
///
/// @param deadline bound on one whole call
/// @param idle how long nothing at all may arrive while a reply streams; keep-alives count as
///   something
public record Waiting(Duration deadline, Duration idle) {
  /// Long enough for a model that thinks for minutes behind a queue.
  public static final Waiting PATIENT = new Waiting(Duration.ofMinutes(10), Duration.ofMinutes(5));

  public Waiting {
    if (deadline.isNegative() || deadline.isZero() || idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("deadline and idle must be positive");
    }
  }
}
