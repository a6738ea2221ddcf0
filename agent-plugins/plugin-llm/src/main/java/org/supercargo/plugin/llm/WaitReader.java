package org.supercargo.plugin.llm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.http.HttpReply;

/// Reads how long a provider asks to wait.
///
/// Sources: [RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3),
/// [Venice, rate limiting](https://docs.venice.ai/api-reference/rate-limiting).
final class WaitReader {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final Pattern MOMENT = Pattern.compile("\\d{10,13}");
  private static final Pattern SPAN =
      Pattern.compile("(\\d{1,4}h)?(\\d{1,4}m(?!s))?(\\d{1,6}(\\.\\d{1,9})?s)?(\\d{1,9}ms)?");

  private final InstantSource clock;

  WaitReader(InstantSource clock) {
    this.clock = clock;
  }

  /// `Retry-After`, or else when the limit that is used up begins anew; null when neither says.
  @Nullable Duration read(HttpReply reply) {
    return reply
        .header("retry-after")
        .flatMap(this::retryAfter)
        .or(() ->
            Stream.of("requests", "tokens")
                .flatMap(what -> reset(reply, what).stream())
                .max(Duration::compareTo))
        .orElse(null);
  }

  private Optional<Duration> retryAfter(String header) {
    String asked = header.strip();
    if (SECONDS.matcher(asked).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(asked)));
    }
    try {
      return Optional.of(
          until(ZonedDateTime.parse(asked, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<Duration> reset(HttpReply reply, String what) {
    return reply
        .header("x-ratelimit-remaining-" + what)
        .filter(left -> left.strip().equals("0"))
        .flatMap(used -> reply.header("x-ratelimit-reset-" + what))
        .flatMap(value -> span(value.strip().toLowerCase(Locale.ROOT)));
  }

  /// Seconds, a moment in seconds or milliseconds since 1970, or a span such as `6m0s`.
  private Optional<Duration> span(String value) {
    if (SECONDS.matcher(value).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    if (MOMENT.matcher(value).matches()) {
      long number = Long.parseLong(value);
      return Optional.of(
          until(
              value.length() > 11 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number)));
    }
    if (value.isEmpty() || !SPAN.matcher(value).matches()) {
      return Optional.empty();
    }
    return Optional.of(parts(value));
  }

  private static Duration parts(String value) {
    var milliseconds = Pattern.compile("(\\d+)ms").matcher(value);
    Duration fine =
        milliseconds.find()
            ? Duration.ofMillis(Long.parseLong(milliseconds.group(1)))
            : Duration.ZERO;
    String coarse = value.replaceAll("\\d+ms", "").toUpperCase(Locale.ROOT);
    return coarse.isEmpty() ? fine : Duration.parse("PT" + coarse).plus(fine);
  }

  private Duration until(Instant moment) {
    Duration wait = Duration.between(clock.instant(), moment);
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}
