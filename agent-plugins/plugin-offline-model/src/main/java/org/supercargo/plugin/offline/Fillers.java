package org.supercargo.plugin.offline;

import java.util.List;
import java.util.stream.Stream;

/// Words that change nothing about what is asked. Short on purpose: a word that could change an
/// amount, a condition or a time ("about", "if", "tomorrow", "not") is none.
final class Fillers {
  private static final List<List<String>> POLITE =
      phrases(
          "please",
          "kindly",
          "now",
          "right now",
          "just",
          "also",
          "next",
          "first",
          "finally",
          "lastly",
          "afterwards",
          "after that",
          "immediately",
          "exactly",
          "the",
          "a",
          "an",
          "my",
          "for me",
          "from my wallet",
          "from the wallet",
          "from my account",
          "can you",
          "could you",
          "would you",
          "will you",
          "i want to",
          "i want you to",
          "i would like to",
          "i would like you to",
          "i'd like to",
          "i'd like you to",
          "i need to",
          "i need you to",
          "go ahead",
          "hello",
          "hi",
          "hey",
          "ok",
          "okay",
          "thanks",
          "thank you");

  private static final List<List<String>> ASKING =
      phrases(
          "what",
          "what's",
          "whats",
          "which",
          "is",
          "are",
          "show",
          "tell",
          "list",
          "check",
          "get",
          "display",
          "see",
          "view",
          "give",
          "report",
          "me",
          "i",
          "you",
          "do",
          "does",
          "of",
          "there",
          "current",
          "currently",
          "all",
          "at the moment",
          "today",
          "in my wallet",
          "of my wallet",
          "in my account");

  private static final List<List<String>> IN_QUESTIONS =
      Stream.concat(POLITE.stream(), ASKING.stream()).toList();

  static final Fillers OF_EFFECTS = new Fillers(POLITE);
  static final Fillers OF_READS = new Fillers(IN_QUESTIONS);

  private final List<List<String>> phrases;

  private Fillers(List<List<String>> phrases) {
    this.phrases = phrases;
  }

  private static List<List<String>> phrases(String... texts) {
    return Stream.of(texts).map(text -> List.of(text.split(" ", -1))).toList();
  }

  /// How many tokens from `index` on are one filler; 0 for none.
  int lengthAt(List<Token> tokens, int index) {
    return phrases.stream()
        .filter(phrase -> isAt(phrase, tokens, index))
        .mapToInt(List::size)
        .max()
        .orElse(0);
  }

  /// Whether the word alone is a filler.
  boolean contains(String word) {
    return phrases.contains(List.of(word));
  }

  private static boolean isAt(List<String> phrase, List<Token> tokens, int index) {
    if (index + phrase.size() > tokens.size()) {
      return false;
    }
    for (int i = 0; i < phrase.size(); i++) {
      if (!tokens.get(index + i).is(phrase.get(i))) {
        return false;
      }
    }
    return true;
  }
}
