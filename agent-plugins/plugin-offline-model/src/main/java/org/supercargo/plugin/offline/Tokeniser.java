package org.supercargo.plugin.offline;

import java.util.ArrayList;
import java.util.List;

/// Cuts a goal into words, quotations and the marks between them.
final class Tokeniser {
  private static final String OPENING = "\"“„'‘";
  private static final String CLOSING = "\"””'’";

  private final String goal;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Tokeniser(String goal) {
    this.goal = goal;
  }

  static List<Token> split(String goal) {
    var tokeniser = new Tokeniser(goal);
    tokeniser.run();
    return List.copyOf(tokeniser.tokens);
  }

  private void run() {
    while (position < goal.length()) {
      char next = goal.charAt(position);
      if (next == '\n' || next == '\r') {
        add(Token.Kind.STOP, position, ++position);
      } else if (isBlank(next)) {
        position++;
      } else if (!quotation(next)) {
        chunk();
      }
    }
  }

  private static boolean isBlank(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private void add(Token.Kind kind, int start, int end) {
    tokens.add(Token.of(kind, goal, start, end));
  }

  private boolean quotation(char opening) {
    int mark = OPENING.indexOf(opening);
    if (mark < 0) {
      return false;
    }
    int end = closing(CLOSING.charAt(mark));
    if (end < 0) {
      return false;
    }
    add(Token.Kind.QUOTED, position + 1, end);
    position = end + 1;
    return true;
  }

  /// The closing mark that is not an apostrophe inside a word; -1 if there is none on the line.
  private int closing(char mark) {
    for (int i = position + 1; i < goal.length() && goal.charAt(i) != '\n'; i++) {
      boolean last = i + 1 == goal.length() || !Character.isLetterOrDigit(goal.charAt(i + 1));
      if (goal.charAt(i) == mark && last) {
        return i;
      }
    }
    return -1;
  }

  /// A run of characters up to the next blank.
  private void chunk() {
    int start = position;
    while (position < goal.length() && !isBlank(goal.charAt(position))) {
      if (isComma(position)) {
        word(start, position);
        add(Token.Kind.COMMA, position, position + 1);
        start = position + 1;
      }
      position++;
    }
    word(start, position);
  }

  /// A comma or semicolon, unless digits on both sides make it part of a number.
  private boolean isComma(int index) {
    char character = goal.charAt(index);
    boolean inNumber =
        index > 0
            && index + 1 < goal.length()
            && Character.isDigit(goal.charAt(index - 1))
            && Character.isDigit(goal.charAt(index + 1));
    return character == ';' || (character == ',' && !inNumber);
  }

  private void word(int start, int end) {
    int last = end;
    while (last > start && ".!?:".indexOf(goal.charAt(last - 1)) >= 0) {
      last--;
    }
    if (last > start) {
      boolean ampersand = last - start == 1 && goal.charAt(start) == '&';
      add(ampersand ? Token.Kind.COMMA : Token.Kind.WORD, start, last);
    }
    // A colon only introduces what follows.
    if (goal.substring(last, end).chars().anyMatch(mark -> mark != ':')) {
      add(Token.Kind.STOP, last, end);
    }
  }
}
