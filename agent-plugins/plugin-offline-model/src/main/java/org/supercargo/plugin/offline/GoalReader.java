package org.supercargo.plugin.offline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.action.ActionSpec;

/// Reads a whole goal: all of it or nothing.
final class GoalReader {
  private final String goal;
  private final SlotReader slots;
  private final Vocabulary vocabulary;
  private final ClauseReader reader;

  /// Requests in order; those of one inner list share one head.
  private final List<List<Reading>> lists = new ArrayList<>();

  private final List<Reading.Problem> problems = new ArrayList<>();

  private GoalReader(String goal, List<ActionSpec> actions) {
    this.goal = goal;
    List<ExamplePattern> patterns =
        actions.stream().flatMap(action -> ExamplePattern.of(action).stream()).toList();
    this.vocabulary = Vocabulary.of(actions, patterns);
    this.slots = new SlotReader(goal, vocabulary);
    this.reader = new ClauseReader(patterns, slots);
  }

  static Interpretation read(String goal, List<ActionSpec> actions) {
    return new GoalReader(goal, actions).interpret();
  }

  private Interpretation interpret() {
    List<Clause> clauses = meaningful(Clause.split(Tokeniser.split(goal)));
    if (clauses.isEmpty()) {
      return new Interpretation.NotUnderstood(List.of("\"" + goal + "\""), Optional.empty());
    }
    for (int i = 0; i < clauses.size(); i++) {
      if (introduces(clauses, i)) {
        readOwn(clauses.get(i).joinedWith(clauses.get(i + 1)));
        i++;
      } else {
        readNext(clauses.get(i));
      }
    }
    ChainScope scope = new ChainScope(slots);
    List<Reading> readings =
        lists.stream().flatMap(list -> scope.settle(list).stream()).map(this::tolerant).toList();
    readings.forEach(reading -> problems.addAll(reading.allProblems()));
    return problems.isEmpty()
        ? new Interpretation.Understood(CallWriter.calls(readings))
        : new Interpretation.NotUnderstood(described(), nearest(readings));
  }

  /// Leaves out clauses of fillers alone, such as "thank you".
  private static List<Clause> meaningful(List<Clause> clauses) {
    List<Clause> meaningful = new ArrayList<>();
    Clause.Joint joint = Clause.Joint.STOP;
    for (Clause clause : clauses) {
      joint = Clause.stronger(joint, clause.joint());
      if (!isFiller(clause.tokens())) {
        meaningful.add(new Clause(joint, clause.tokens()));
        joint = Clause.Joint.COMMA;
      }
    }
    return meaningful;
  }

  private static boolean isFiller(List<Token> tokens) {
    int index = 0;
    while (index < tokens.size()) {
      int length = Fillers.OF_EFFECTS.lengthAt(tokens, index);
      if (length == 0) {
        return false;
      }
      index += length;
    }
    return true;
  }

  /// Whether a clause only opens the next one, as in "on base, send ...".
  private boolean introduces(List<Clause> clauses, int index) {
    Clause clause = clauses.get(index);
    if (index + 1 >= clauses.size()
        || clause.joint() != Clause.Joint.STOP
        || clauses.get(index + 1).joint() != Clause.Joint.COMMA
        || reader.read(clause).isPresent()) {
      return false;
    }
    return reader
        .read(clause.joinedWith(clauses.get(index + 1)))
        .filter(joined -> joined.unknown().stream().noneMatch(clause.tokens()::contains))
        .isPresent();
  }

  private boolean readOwn(Clause clause) {
    Optional<Reading> own = reader.read(clause);
    own.ifPresent(reading -> lists.add(new ArrayList<>(List.of(reading))));
    return own.isPresent();
  }

  private void readNext(Clause clause) {
    Optional<Reading> own = reader.read(clause);
    Optional<Reading> before =
        Optional.of(lists)
            .filter(known -> !known.isEmpty() && clause.joint() != Clause.Joint.STOP)
            .map(known -> known.getLast().getLast());
    before
        .filter(Reading::isOpenEnded)
        .ifPresent(open -> replaceLast(open.withProblem(unquoted(open))));
    if (own.filter(reading -> reading.isWhole() || reading.headFirst()).isPresent()) {
      lists.add(new ArrayList<>(List.of(own.get())));
    } else if (before.isEmpty() || !continues(before.get(), clause)) {
      own.ifPresentOrElse(
          reading -> lists.add(new ArrayList<>(List.of(reading))), () -> notUnderstood(clause));
    }
  }

  private void replaceLast(Reading reading) {
    lists.getLast().set(lists.getLast().size() - 1, reading);
  }

  /// Reads a clause as one more request like the one before, or as the rest of that one.
  private boolean continues(Reading before, Clause clause) {
    Optional<Reading> inherited = reader.readInherited(clause, before.pattern().action());
    if (inherited.filter(Reading::isWhole).isEmpty() && clause.joint() == Clause.Joint.COMMA) {
      Optional<Reading> joined = joined(before, before.clause().joinedWith(clause));
      if (joined.filter(Reading::isWhole).isPresent() && !before.isOpenEnded()) {
        replaceLast(joined.get());
        return true;
      }
    }
    Optional<Reading> usable =
        inherited.filter(reading -> reading.isWhole() || reading.isSureOfSomething());
    usable.ifPresent(lists.getLast()::add);
    return usable.isPresent();
  }

  private Optional<Reading> joined(Reading before, Clause clause) {
    return before.inherited()
        ? reader.readInherited(clause, before.pattern().action())
        : reader.read(clause);
  }

  private void notUnderstood(Clause clause) {
    problems.add(
        new Reading.Problem(clause.tokens().getFirst().start(), "\"" + clause.quote(goal) + "\""));
  }

  /// A text without quotation marks that is followed by more: nobody knows where it ends.
  private static Reading.Problem unquoted(Reading reading) {
    Fill text = reading.fills().stream().filter(Fill::openEnded).findFirst().orElseThrow();
    return new Reading.Problem(
        reading.clause().tokens().getLast().end(),
        "\""
            + text.value()
            + "\" (put the "
            + text.parameter().name()
            + " into quotation marks so that it is clear where it ends)");
  }

  /// A goal that only asks may hold words nobody knows, as long as they name neither an amount nor
  /// a person: answering a little beside the question harms nobody.
  private Reading tolerant(Reading reading) {
    boolean onlyAsks =
        problems.isEmpty()
            && lists.stream()
                .flatMap(List::stream)
                .allMatch(other -> other.pattern().action().kind() == ActionSpec.Kind.READ);
    Token first = reading.clause().tokens().getFirst();
    return onlyAsks
            && reading.unknown().stream()
                .allMatch(token -> !token.equals(first) && isHarmless(token))
        ? reading.withoutUnknown(token -> true)
        : reading;
  }

  private boolean isHarmless(Token token) {
    return token.isWord()
        && !AmountReader.isNumberLike(token)
        && !vocabulary.isPayee(token)
        && !Vocabulary.looksLikeAddress(token.text());
  }

  private List<String> described() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Reading.Problem::place))
        .map(Reading.Problem::text)
        .distinct()
        .toList();
  }

  private static Optional<ActionSpec> nearest(List<Reading> readings) {
    return readings.stream()
        .filter(reading -> !reading.isWhole())
        .map(reading -> reading.pattern().action())
        .findFirst();
  }
}
