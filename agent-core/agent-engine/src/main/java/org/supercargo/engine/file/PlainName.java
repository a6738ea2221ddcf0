package org.supercargo.engine.file;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names that cannot be mistaken for others: whole words of one script.
final class PlainName {
  private static final Pattern WORD = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}");
  private static final int LONGEST_TITLE = 80;

  private PlainName() {}

  /// One word of plain letters, digits, dashes and underscores.
  static String word(YamlPlace place, String text, String what) {
    if (!WORD.matcher(text).matches()) {
      throw place.error(
          "\"" + text + "\" is not " + what + foreign(text),
          "Use one word of letters, digits, dashes and underscores.");
    }
    return text;
  }

  private static String foreign(String text) {
    return text.codePoints()
        .filter(point -> point > 0x7f)
        .mapToObj(point -> ": \"%s\" is %s".formatted(Character.toString(point), name(point)))
        .findFirst()
        .orElse("");
  }

  private static @Nullable String name(int point) {
    return Character.getName(point);
  }

  /// Free text of at most 80 characters, all letters of one script.
  static String title(YamlPlace place, String what) {
    return title(place, place.text(), what);
  }

  static String title(YamlPlace place, String text, String what) {
    if (text.length() > LONGEST_TITLE || text.contains("\n") || text.contains("\"")) {
      throw place.error(
          what + " must be one line of at most " + LONGEST_TITLE + " characters without quotes",
          "Shorten it.");
    }
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    text.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
    scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
    if (scripts.size() > 1 || !Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
      throw place.error(
          "\"" + text + "\" mixes letters that look alike" + foreign(text),
          "Type it again in one alphabet.");
    }
    return text;
  }
}
