package org.supercargo.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Compares what a model wrote with other words as the runtime would read them: `2.50 USDC` is `2.5
/// usdc`, and `PT900S` is `PT15M`.
final class Words {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(?:\\.\\d{1,30})?");

  private Words() {}

  /// Whether two JSON objects mean the same arguments. Those that are null count as left out.
  static boolean sameArguments(JsonNode wanted, JsonNode given) {
    return given.isObject() && covers(wanted, given) && covers(given, wanted);
  }

  private static boolean covers(JsonNode these, JsonNode those) {
    return these.properties().stream()
        .filter(field -> !field.getValue().isNull())
        .allMatch(field -> {
          JsonNode other = those.path(field.getKey());
          return !other.isMissingNode() && same(field.getValue(), other);
        });
  }

  private static boolean same(JsonNode left, JsonNode right) {
    if (left.isNumber() != right.isNumber() || left.isBoolean() != right.isBoolean()) {
      return false;
    }
    String one = left.asText().strip();
    String other = right.asText().strip();
    return sameTime(one, other) || split(one).equals(split(other));
  }

  private static boolean sameTime(String left, String right) {
    try {
      return Duration.parse(left).equals(Duration.parse(right));
    } catch (DateTimeException e) {
      return false;
    }
  }

  /// Whether every word of `text` stands in `source`, numbers by their value.
  static boolean standsIn(String text, String source) {
    return split(source).containsAll(split(text));
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split("\\s+", -1))
        .map(word -> word.replaceAll("^[\"'(]+|[\"'.,;:!?)]+$", ""))
        .filter(word -> !word.isEmpty())
        .map(Words::plain)
        .toList();
  }

  private static String plain(String word) {
    return NUMBER.matcher(word).matches()
        ? new BigDecimal(word).stripTrailingZeros().toPlainString()
        : word.toLowerCase(Locale.ROOT);
  }
}
