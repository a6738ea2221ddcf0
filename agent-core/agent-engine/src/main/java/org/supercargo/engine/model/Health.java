package org.supercargo.engine.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Failure;

/// Which backends had better be left alone for a while.
public final class Health {
  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final Map<String, CoolDown> coolDowns = new ConcurrentHashMap<>();

  Health(InstantSource clock) {
    this.clock = clock;
  }

  /// @param failures in a row
  private record CoolDown(int failures, Failure last, Instant until) {}

  public void succeeded(String backend) {
    coolDowns.remove(backend);
  }

  public void failed(String backend, ChatReply.Failed failed) {
    if (!saysSomethingOfTheBackend(failed.failure())) {
      return;
    }
    coolDowns.compute(
        backend,
        (_, before) -> {
          int failures = before == null ? 1 : before.failures() + 1;
          return new CoolDown(
              failures, failed.failure(), clock.instant().plus(duration(failures, failed)));
        });
  }

  /// The failure that keeps a backend from being asked now.
  Optional<Failure> coolingDown(String backend) {
    CoolDown coolDown = coolDowns.get(backend);
    return coolDown == null || !clock.instant().isBefore(coolDown.until())
        ? Optional.empty()
        : Optional.of(coolDown.last());
  }

  private static Duration duration(int failures, ChatReply.Failed failed) {
    Duration asked = failed.retryAfter();
    Duration own =
        switch (failed.failure()) {
          // Neither a key nor a balance mends itself.
          case UNAUTHORISED, FUNDS_EXHAUSTED -> LONGEST;
          default -> FIRST.multipliedBy(1L << Math.min(failures - 1, 6));
        };
    Duration wanted = asked != null && asked.compareTo(own) > 0 ? asked : own;
    return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
  }

  private static boolean saysSomethingOfTheBackend(Failure failure) {
    return switch (failure) {
      case CONTEXT_OVERFLOW, INVALID_REQUEST, CANCELLED -> false;
      case UNAUTHORISED,
          FUNDS_EXHAUSTED,
          RATE_LIMITED,
          OVERLOADED,
          TIMED_OUT,
          UNREACHABLE,
          BROKEN_OFF,
          SERVER_ERROR ->
          true;
    };
  }
}
