package org.supercargo.engine.file;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.mandate.Condition;

/// Reads and says `Mon-Fri 09:00-17:00 Europe/Berlin`.
public final class Hours {
  private static final Pattern FORM =
      Pattern.compile("(\\S+)\\s+(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)\\s+(\\S+)");
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private Hours() {}

  static Condition.During read(YamlPlace place) {
    Matcher matcher = FORM.matcher(place.text());
    if (!matcher.matches()) {
      throw place.error(
          "\"" + place.text() + "\" does not say days, hours and where",
          "Write \"Mon-Fri 09:00-17:00 Europe/Berlin\".");
    }
    if (matcher.group(2).equals(matcher.group(3))) {
      throw place.error("these hours begin when they end", "For a whole day write 00:00-24:00.");
    }
    return new Condition.During(
        days(place, matcher.group(1)),
        time(place, matcher.group(2)),
        matcher.group(3).equals("24:00") ? LocalTime.MIDNIGHT : time(place, matcher.group(3)),
        zone(place, matcher.group(4)));
  }

  static Set<DayOfWeek> days(YamlPlace place, String text) {
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw place.error("\"" + part + "\" is no range of days", "Write Mon-Fri or Sat,Sun.");
      }
      DayOfWeek day = day(place, ends[0]);
      DayOfWeek last = day(place, ends[ends.length - 1]);
      days.add(day);
      while (day != last) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return days;
  }

  static DayOfWeek day(YamlPlace place, String text) {
    int index = DAYS.indexOf(text);
    if (index < 0) {
      throw place.error("\"" + text + "\" is not a day", "Use " + String.join(", ", DAYS) + ".");
    }
    return DayOfWeek.of(index + 1);
  }

  static LocalTime time(YamlPlace place, String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw place.error("\"" + text + "\" is not a time of day", "Use 00:00 to 23:59.");
    }
  }

  /// A place, because an offset or a short name is wrong for half of the year.
  static ZoneId zone(YamlPlace place, String text) {
    if (text.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    if (text.contains("/")
        && !text.startsWith("Etc/")
        && ZoneId.getAvailableZoneIds().contains(text)) {
      return ZoneId.of(text);
    }
    throw place.error(
        "\"" + text + "\" is not a place with a time zone",
        "Write one such as Europe/Berlin or America/New_York, or UTC.");
  }

  /// The spelling that agent files have.
  public static String text(Condition.During hours) {
    var names = new StringBuilder();
    for (DayOfWeek day : DayOfWeek.values()) {
      if (hours.days().contains(day)) {
        names.append(names.isEmpty() ? "" : ",").append(DAYS.get(day.getValue() - 1));
      }
    }
    String days = names.toString().replace("Mon,Tue,Wed,Thu,Fri,Sat,Sun", "Mon-Sun");
    return days.replace("Mon,Tue,Wed,Thu,Fri", "Mon-Fri")
        + " "
        + hours.from()
        + "-"
        + (hours.until().equals(LocalTime.MIDNIGHT) ? "24:00" : hours.until())
        + " "
        + (hours.zone().equals(ZoneOffset.UTC) ? "UTC" : hours.zone().getId());
  }
}
