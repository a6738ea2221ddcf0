package org.supercargo.engine.file;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads when cases happen. They are told in order, because each counts against those after it.
final class CaseClock {
  private static final Pattern WEEKDAY =
      Pattern.compile("([A-Z][a-z]{2})(?:\\s+of\\s+week\\s+([1-9]\\d?))?\\s+(\\d\\d:\\d\\d)");

  private final @Nullable LocalDate monday;
  private final ZoneId zone;
  private Instant now;

  /// @param monday the first day of the table's first week
  /// @param start for cases before the first that says when
  CaseClock(@Nullable LocalDate monday, ZoneId zone, Instant start) {
    this.monday = monday;
    this.zone = zone;
    this.now = monday == null ? start : monday.atStartOfDay(zone).toInstant();
  }

  static LocalDate monday(YamlPlace place) {
    try {
      LocalDate date = LocalDate.parse(place.text());
      if (date.getDayOfWeek() == DayOfWeek.MONDAY) {
        return date;
      }
    } catch (DateTimeException e) {
      // Neither a date nor a Monday: one complaint for both.
    }
    throw place.error(
        "\"" + place.text() + "\" is not the date of a Monday", "Write one such as 2027-03-01.");
  }

  /// `Tue 09:30`, `Tue of week 2 09:30`, or `2027-03-02T08:30:00Z`; null for the time of the case
  /// before.
  Instant next(@Nullable YamlPlace place) {
    if (place != null) {
      Instant then = read(place);
      if (then.isBefore(now)) {
        throw place.error(
            "this case is before the one above it", "Put cases in the order in which they happen.");
      }
      now = then;
    }
    return now;
  }

  private Instant read(YamlPlace place) {
    Matcher weekday = WEEKDAY.matcher(place.text());
    if (!weekday.matches()) {
      try {
        return Instant.parse(place.text());
      } catch (DateTimeException e) {
        throw place.error(
            "\"" + place.text() + "\" is not a time",
            "Write Tue 09:30, Tue of week 2 09:30, or 2027-03-02T08:30:00Z.");
      }
    }
    if (monday == null) {
      throw place.error(
          "nothing says in which week this is", "Add \"week: 2027-03-01\", the date of a Monday.");
    }
    int week = weekday.group(2) == null ? 1 : Integer.parseInt(weekday.group(2));
    LocalDate date =
        monday.plusWeeks(week - 1L).plusDays(Hours.day(place, weekday.group(1)).getValue() - 1L);
    return LocalDateTime.of(date, Hours.time(place, weekday.group(3))).atZone(zone).toInstant();
  }
}
