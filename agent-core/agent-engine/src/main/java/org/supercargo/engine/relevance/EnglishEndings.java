package org.supercargo.engine.relevance;

/// Takes the commonest endings off English words, so that `swaps`, `swapped` and `swapping` are all
/// `swap`. What is left need not be a word (`balances` gives `balanc`), only the same for all forms
/// of one. Words in other letters stay as they are.
final class EnglishEndings {
  /// Shorter words, such as `gas` and `fee`, stay as they are.
  private static final int SHORTEST = 4;

  private EnglishEndings() {}

  static String without(String word) {
    if (word.length() < SHORTEST
        || !word.chars().allMatch(letter -> 'a' <= letter && letter <= 'z')) {
      return word;
    }
    return withoutLastLetter(withoutVerbEnding(withoutPlural(word)));
  }

  private static String withoutPlural(String word) {
    if (word.endsWith("ies") && word.length() > SHORTEST) {
      return shorter(word, 3) + "y";
    }
    if (endsWithAny(word, "sses", "shes", "ches", "xes", "zzes")) {
      return shorter(word, 2);
    }
    boolean isPlural = word.endsWith("s") && !endsWithAny(word, "ss", "us", "is");
    return isPlural ? shorter(word, 1) : word;
  }

  private static String withoutVerbEnding(String word) {
    if (word.endsWith("ied") && word.length() > SHORTEST) {
      return shorter(word, 3) + "y";
    }
    if (word.endsWith("ing")) {
      return ifPronounceable(shorter(word, 3), word);
    }
    boolean isPast = word.endsWith("ed") && !word.endsWith("eed");
    return isPast ? ifPronounceable(shorter(word, 2), word) : word;
  }

  /// Keeps `string` and `need` whole.
  private static String ifPronounceable(String stem, String word) {
    boolean holdsVowel = stem.chars().anyMatch(letter -> "aeiouy".indexOf(letter) >= 0);
    return stem.length() >= 3 && holdsVowel ? stem : word;
  }

  /// The silent e of `trade`, which `trading` has lost, or the second p of `swapped`.
  private static String withoutLastLetter(String word) {
    if (word.length() < SHORTEST) {
      return word;
    }
    char last = word.charAt(word.length() - 1);
    boolean isDoubled = last == word.charAt(word.length() - 2) && "aeiou".indexOf(last) < 0;
    return last == 'e' || isDoubled ? shorter(word, 1) : word;
  }

  private static boolean endsWithAny(String word, String... endings) {
    for (String ending : endings) {
      if (word.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static String shorter(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }
}
