package org.supercargo.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.supercargo.api.http.HttpReply;

/// How long to wait before an attempt: exponential with jitter, never less than the server asked.
final class Backoff {
  private static final long FIRST_MILLIS = 200;
  private static final Duration LONGEST_ASKED = Duration.ofDays(1);

  private final InstantSource clock;
  private final RandomGenerator jitter;

  Backoff(InstantSource clock, RandomGenerator jitter) {
    this.clock = clock;
    this.jitter = jitter;
  }

  /// @param retry 1 for the first repetition
  /// @param asked what the server asked for
  Duration before(int retry, Optional<Duration> asked) {
    long ceiling = FIRST_MILLIS << (retry - 1);
    Duration own = Duration.ofMillis(ceiling / 2 + jitter.nextLong(ceiling / 2 + 1));
    return asked.filter(wait -> wait.compareTo(own) > 0).orElse(own);
  }

  /// Reads `Retry-After`, seconds or a date; see [RFC 9110, section
  /// 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3).
  Optional<Duration> asked(HttpReply reply) {
    return reply.header("retry-after").flatMap(this::parse);
  }

  private Optional<Duration> parse(String value) {
    String text = value.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
    }
    try {
      var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return Optional.of(wait.isNegative() ? Duration.ZERO : bounded(wait));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    return wait.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : wait;
  }
}
