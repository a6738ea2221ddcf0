package org.supercargo.plugin.offline;

import java.util.Locale;

/// A piece of a goal, with its place so that the owner's exact words can be quoted.
///
/// @param text without the marks of a quotation
/// @param word the text in lower case with plain apostrophes; what patterns compare with
/// @param start of the text in the goal
/// @param end just behind it
record Token(Kind kind, String text, String word, int start, int end) {
  enum Kind {
    WORD,
    /// Text in quotation marks, one token whatever it holds.
    QUOTED,
    /// A comma, an ampersand.
    COMMA,
    /// The end of a sentence or a line.
    STOP
  }

  static Token of(Kind kind, String goal, int start, int end) {
    String text = goal.substring(start, end);
    return new Token(kind, text, text.toLowerCase(Locale.ROOT).replace('’', '\''), start, end);
  }

  boolean isWord() {
    return kind == Kind.WORD;
  }

  boolean is(String other) {
    return isWord() && word.equals(other);
  }
}
