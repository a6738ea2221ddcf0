package org.supercargo.plugin.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.supercargo.api.action.Parameter;

/// Reads the value of one parameter from the words at one place.
final class SlotReader {
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
  private static final Set<String> YES = Set.of("yes", "true", "on");
  private static final Set<String> NO = Set.of("no", "false", "off");

  private final String goal;
  private final Vocabulary vocabulary;
  private final AmountReader amounts;

  SlotReader(String goal, Vocabulary vocabulary) {
    this.goal = goal;
    this.vocabulary = vocabulary;
    this.amounts = new AmountReader(vocabulary);
  }

  /// @param announced whether words such as `to` or `memo` stand before, so that even an unknown
  ///   word is meant for this parameter
  Optional<Fill> read(Parameter parameter, List<Token> tokens, int index, boolean announced) {
    if (index >= tokens.size()) {
      return Optional.empty();
    }
    return switch (parameter.type()) {
      case AMOUNT -> amounts.read(parameter, tokens, index);
      case DURATION -> DurationReader.read(parameter, tokens, index);
      case PAYEE -> choice(parameter, tokens, index).or(() -> payee(parameter, tokens.get(index)));
      case CHOICE, CHAIN, ASSET ->
          choice(parameter, tokens, index)
              .or(() -> announced ? noChoice(parameter, tokens.get(index)) : Optional.empty());
      case INTEGER ->
          word(tokens.get(index))
              .filter(text -> INTEGER.matcher(text).matches())
              .map(text -> Fill.of(parameter, text, 1));
      case BOOLEAN -> yesOrNo(parameter, tokens.get(index));
      case TEXT -> text(parameter, tokens, index, announced);
    };
  }

  /// The owner's words that make up a clause.
  String quote(Clause clause) {
    return clause.quote(goal);
  }

  boolean isSymbol(Token token) {
    return vocabulary.isSymbol(token);
  }

  private static Optional<String> word(Token token) {
    return token.isWord() ? Optional.of(token.text()) : Optional.empty();
  }

  /// The longest known choice that stands here; names may have several words.
  private static Optional<Fill> choice(Parameter parameter, List<Token> tokens, int index) {
    Optional<Fill> longest = Optional.empty();
    for (String choice : parameter.choices()) {
      int length = lengthAt(choice, tokens, index);
      if (length > longest.map(Fill::length).orElse(0)) {
        longest = Optional.of(Fill.of(parameter, choice, length));
      }
    }
    return longest;
  }

  /// How many tokens spell out a choice, ignoring case; 0 if they do not.
  private static int lengthAt(String choice, List<Token> tokens, int index) {
    int from = 0;
    for (int i = index; i < tokens.size(); i++) {
      String text = tokens.get(i).text();
      if (!choice.regionMatches(true, from, text, 0, text.length())) {
        return 0;
      }
      from += text.length();
      if (from == choice.length()) {
        return i + 1 - index;
      }
      if (choice.charAt(from) != ' ') {
        return 0;
      }
      from++;
    }
    return 0;
  }

  private Optional<Fill> payee(Parameter parameter, Token token) {
    if (Vocabulary.looksLikeAddress(token.text())) {
      return Optional.of(Fill.of(parameter, token.text(), 1));
    }
    boolean mayBeName =
        !vocabulary.isTaken(token)
            && !vocabulary.isSymbol(token)
            && !AmountReader.isNumberLike(token);
    return mayBeName ? Optional.of(Fill.unknownName(parameter, token.text())) : Optional.empty();
  }

  private static Optional<Fill> noChoice(Parameter parameter, Token token) {
    String known =
        parameter.choices().isEmpty()
            ? "no " + parameter.name() + " is known"
            : "not a known "
                + parameter.name()
                + "; known: "
                + String.join(", ", parameter.choices());
    return Optional.of(Fill.wrong(parameter, 1, "\"" + token.text() + "\" (" + known + ")"));
  }

  private static Optional<Fill> yesOrNo(Parameter parameter, Token token) {
    String word = token.word().toLowerCase(Locale.ROOT);
    if (YES.contains(word) || NO.contains(word)) {
      return Optional.of(Fill.of(parameter, String.valueOf(YES.contains(word)), 1));
    }
    return Optional.empty();
  }

  private Optional<Fill> text(
      Parameter parameter, List<Token> tokens, int index, boolean announced) {
    Token first = tokens.get(index);
    if (first.kind() == Token.Kind.QUOTED) {
      return Optional.of(Fill.of(parameter, first.text(), 1));
    }
    if (!announced) {
      return Optional.empty();
    }
    String tail = goal.substring(first.start(), tokens.getLast().end());
    int length = tokens.size() - index;
    return Optional.of(
        mayBeMore(tokens.subList(index, tokens.size()))
            ? Fill.wrong(
                parameter,
                length,
                "\"" + tail + "\" (put the " + parameter.name() + " into quotation marks)")
            : Fill.openEnded(parameter, tail, length));
  }

  /// Whether some of the words could be meant for another parameter.
  private boolean mayBeMore(List<Token> tail) {
    for (int i = 0; i < tail.size(); i++) {
      Token token = tail.get(i);
      boolean amount =
          AmountReader.isNumberLike(token)
              && (i + 1 < tail.size() && vocabulary.isSymbol(tail.get(i + 1)));
      if (amount || vocabulary.isChain(token) || token.kind() == Token.Kind.QUOTED) {
        return true;
      }
    }
    return false;
  }
}
