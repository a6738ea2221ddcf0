package org.supercargo.plugin.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A part of a goal that asks for one action.
///
/// @param joint how it follows the clause before it
record Clause(Joint joint, List<Token> tokens) {
  private static final Set<String> CONJUNCTIONS = Set.of("and", "then");

  enum Joint {
    /// After the beginning, or the end of a sentence: nothing is carried over.
    STOP,
    /// After "and" or "then".
    CONJUNCTION,
    /// After a comma, which may also stand inside one request.
    COMMA
  }

  Clause {
    tokens = List.copyOf(tokens);
  }

  static List<Clause> split(List<Token> tokens) {
    List<Clause> clauses = new ArrayList<>();
    List<Token> current = new ArrayList<>();
    Joint joint = Joint.STOP;
    for (Token token : tokens) {
      Joint separator = separator(token);
      if (separator == null) {
        current.add(token);
        continue;
      }
      if (!current.isEmpty()) {
        clauses.add(new Clause(joint, current));
        current = new ArrayList<>();
        joint = separator;
      } else {
        joint = stronger(joint, separator);
      }
    }
    if (!current.isEmpty()) {
      clauses.add(new Clause(joint, current));
    }
    return clauses;
  }

  private static @Nullable Joint separator(Token token) {
    return switch (token.kind()) {
      case STOP -> Joint.STOP;
      case COMMA -> Joint.COMMA;
      case WORD -> CONJUNCTIONS.contains(token.word()) ? Joint.CONJUNCTION : null;
      case QUOTED -> null;
    };
  }

  /// The one that separates more.
  static Joint stronger(Joint first, Joint second) {
    return first.compareTo(second) <= 0 ? first : second;
  }

  /// This clause and the one after it, read as one.
  Clause joinedWith(Clause next) {
    var all = new ArrayList<>(tokens);
    all.addAll(next.tokens());
    return new Clause(joint, all);
  }

  boolean contains(String word) {
    return tokens.stream().anyMatch(token -> token.is(word));
  }

  /// The owner's words from the first token to the last.
  String quote(String goal) {
    return goal.substring(tokens.getFirst().start(), tokens.getLast().end());
  }
}
