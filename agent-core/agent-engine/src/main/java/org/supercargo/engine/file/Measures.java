package org.supercargo.engine.file;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads figures that are no money: lengths of time, dates, shares, counts. Each has one spelling.
final class Measures {
  static final Duration LONGEST_WINDOW = Duration.ofDays(400);

  private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,4}|0)(s|m|h|d)");
  private static final Pattern PERCENT =
      Pattern.compile("((?:[1-9]\\d{0,2}|0)(?:\\.\\d{1,4})?)\\s*%");
  private static final Pattern DECIMAL = Pattern.compile("(?:[1-9]\\d{0,17}|0)(?:\\.\\d{1,18})?");
  private static final Pattern WHOLE = Pattern.compile("[1-9]\\d{0,8}|0");

  private Measures() {}

  /// `90s`, `15m`, `24h` or `7d`.
  static Duration time(YamlPlace place, String text, Duration least, Duration most) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw place.error(
          "\"" + text + "\" is not a length of time",
          "Write a whole number and s, m (minutes), h or d, such as 15m or 24h.");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration time =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw place.error(
          "the time " + text + " is out of range",
          "Use " + text(least) + " to " + text(most) + ".");
    }
    return time;
  }

  static Duration time(YamlPlace place, Duration least, Duration most) {
    return time(place, place.text(), least, most);
  }

  /// A window over which something is counted: a minute to 400 days.
  static Duration window(YamlPlace place, String text) {
    return time(place, text, Duration.ofMinutes(1), LONGEST_WINDOW);
  }

  /// The spelling that [#time] reads.
  static String text(Duration time) {
    long seconds = time.toSeconds();
    if (seconds % 3600 != 0) {
      return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
    return time.toHours() % 24 == 0 && time.toHours() > 24
        ? time.toDays() + "d"
        : time.toHours() + "h";
  }

  /// A date, which means its first moment in UTC, or a moment.
  static Instant instant(YamlPlace place) {
    String text = place.text();
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw place.error(
          "\"" + text + "\" is not a date", "Write 2027-12-31 or 2027-12-31T18:00:00Z.");
    }
  }

  /// `3%`, above `least` or equal to it, at most 100.
  static BigDecimal percent(YamlPlace place, boolean zero) {
    String text = place.text();
    Matcher matcher = PERCENT.matcher(text);
    if (matcher.matches()) {
      var percent = new BigDecimal(matcher.group(1));
      if (percent.compareTo(BigDecimal.valueOf(100)) <= 0 && (zero || percent.signum() > 0)) {
        return percent;
      }
    }
    throw place.error(
        "\"" + text + "\" is not a share",
        "Write \"3%\", from " + (zero ? "0%" : "above 0%") + " to 100%.");
  }

  /// `2500` or `0.0004`: zero or more, without sign, exponent, or zeros in front.
  static BigDecimal decimal(YamlPlace place) {
    String text = place.text();
    if (!DECIMAL.matcher(text).matches()) {
      throw place.error(
          "\"" + text + "\" is not a plain number",
          "Write digits alone, such as 2500 or 0.0004, at most 18 on each side of the point.");
    }
    return new BigDecimal(text);
  }

  /// A whole number without sign, leading zeros, underscores or exponent.
  static int whole(YamlPlace place, String text, int least, int most) {
    if (WHOLE.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw place.error(
        "\"" + text + "\" is not a whole number from " + least + " to " + most,
        text.matches("0[0-9_xobXOB]+.*")
            ? "Write it without zeros in front; some read them as octal."
            : "Write one.");
  }

  static boolean flag(@Nullable YamlPlace place, boolean otherwise) {
    if (place == null) {
      return otherwise;
    }
    return switch (place.text()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw place.error(
              "\"" + place.text() + "\" is neither true nor false", "Write one of them.");
    };
  }
}
