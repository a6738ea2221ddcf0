package org.supercargo.plugin.offline;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.action.Parameter;

/// Reads `5 minutes`, `30s` and `PT5M` as ISO-8601.
final class DurationReader {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,6})([a-z]+)");
  private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

  private static final Map<String, Duration> UNITS =
      Map.ofEntries(
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("sec", Duration.ofSeconds(1)),
          Map.entry("second", Duration.ofSeconds(1)),
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("min", Duration.ofMinutes(1)),
          Map.entry("minute", Duration.ofMinutes(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("hour", Duration.ofHours(1)),
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("day", Duration.ofDays(1)),
          Map.entry("week", Duration.ofDays(7)));

  private DurationReader() {}

  static Optional<Fill> read(Parameter parameter, List<Token> tokens, int index) {
    String word = tokens.get(index).word();
    Matcher compact = SHORT.matcher(word);
    if (compact.matches()) {
      return span(compact.group(1), compact.group(2)).map(text -> Fill.of(parameter, text, 1));
    }
    if (COUNT.matcher(word).matches() && index + 1 < tokens.size()) {
      return span(word, tokens.get(index + 1).word()).map(text -> Fill.of(parameter, text, 2));
    }
    return iso(tokens.get(index).text()).map(text -> Fill.of(parameter, text, 1));
  }

  private static Optional<String> span(String count, String unit) {
    String singular =
        unit.length() > 1 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    return Optional.ofNullable(UNITS.get(singular))
        .map(length -> length.multipliedBy(Long.parseLong(count)).toString());
  }

  private static Optional<String> iso(String text) {
    if (!text.toUpperCase(Locale.ROOT).startsWith("P")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.parse(text).toString());
    } catch (DateTimeException notIso) {
      return Optional.empty();
    }
  }
}
