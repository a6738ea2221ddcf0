package org.supercargo.engine.relevance;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Takes a text apart into words that compare equal when people mean the same.
///
/// A word is a run of letters, marks and digits of any script, in lower case and without an English
/// ending. `camelCase`, `HTTPClient` and `snake_case` are taken apart, and so is a number from the
/// unit behind it, as in `5USDC`; `erc20` stays whole. An ideograph is a word of its own, because
/// scripts that have them put no spaces between words.
final class Words {
  private final List<String> words = new ArrayList<>();
  private final int[] text;
  private int start;

  private Words(String text) {
    this.text = Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().toArray();
  }

  static List<String> of(String text) {
    return new Words(text).split();
  }

  private List<String> split() {
    for (int i = 0; i < text.length; i++) {
      if (!isPart(text[i])) {
        take(i);
        start = i + 1;
      } else if (i > start && isBorder(i)) {
        take(i);
        start = i;
      }
    }
    take(text.length);
    return words;
  }

  private void take(int end) {
    if (end > start) {
      // Of `APIs`, before the ending can be taken for that of `this`.
      int last = isShortPlural(end) ? end - 1 : end;
      var word = new String(text, start, last - start).toLowerCase(Locale.ROOT);
      words.add(EnglishEndings.without(word));
    }
  }

  private boolean isShortPlural(int end) {
    return end - start > 2 && text[end - 1] == 's' && Character.isUpperCase(text[end - 2]);
  }

  private static boolean isPart(int character) {
    return Character.isLetterOrDigit(character)
        || switch (Character.getType(character)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.LETTER_NUMBER ->
              true;
          default -> false;
        };
  }

  /// Whether a word begins at `i`, given that both it and the character before are parts of words.
  private boolean isBorder(int i) {
    int before = text[i - 1];
    int here = text[i];
    if (Character.isIdeographic(before) || Character.isIdeographic(here)) {
      return true;
    }
    if (Character.isDigit(before) && Character.isLetter(here)) {
      return Character.isDigit(text[start]) || Character.isUpperCase(here);
    }
    return Character.isUpperCase(here) && (!Character.isUpperCase(before) || beginsCapitalised(i));
  }

  /// Whether the capital at `i`, after another one, begins a word such as `Client` in `HTTPClient`
  /// and does not end one such as `NFTs`.
  private boolean beginsCapitalised(int i) {
    if (i + 1 >= text.length || !Character.isLowerCase(text[i + 1])) {
      return false;
    }
    boolean isPlural =
        text[i + 1] == 's' && (i + 2 >= text.length || !Character.isLetter(text[i + 2]));
    return !isPlural;
  }
}
