package org.supercargo.plugin.offline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.plugin.offline.Alignment.Strictness;

/// Finds the pattern that explains a clause best.
final class ClauseReader {
  private static final Comparator<Reading> BEST_FIRST =
      Comparator.comparing(Reading::isWhole, Comparator.reverseOrder())
          .thenComparing(Reading::headFirst, Comparator.reverseOrder())
          .thenComparingInt(Reading::cost)
          .thenComparing(ClauseReader::literals, Comparator.reverseOrder());

  private final List<ExamplePattern> patterns;
  private final SlotReader slots;

  ClauseReader(List<ExamplePattern> patterns, SlotReader slots) {
    this.patterns = patterns;
    this.slots = slots;
  }

  /// Reads a clause that says by itself what is asked.
  Optional<Reading> read(Clause clause) {
    return best(patterns, clause, false);
  }

  /// Reads a clause that leaves out what the clause before it asks.
  Optional<Reading> readInherited(Clause clause, ActionSpec action) {
    return best(
        patterns.stream().filter(pattern -> pattern.action().equals(action)).toList(),
        clause,
        true);
  }

  private Optional<Reading> best(List<ExamplePattern> among, Clause clause, boolean inherited) {
    return best(among, clause, inherited, Strictness.WHOLE)
        .or(() -> best(among, clause, inherited, Strictness.LENIENT));
  }

  private Optional<Reading> best(
      List<ExamplePattern> among, Clause clause, boolean inherited, Strictness strictness) {
    List<Reading> readings =
        among.stream()
            .flatMap(
                pattern -> Alignment.read(pattern, clause, inherited, strictness, slots).stream())
            .map(this::withoutNamedSymbols)
            .sorted(BEST_FIRST)
            .toList();
    return readings.stream().findFirst().map(best -> checkedAgainst(best, readings));
  }

  /// A question may name a symbol the action does not ask for: the answer holds it anyway.
  private Reading withoutNamedSymbols(Reading reading) {
    return switch (reading.pattern().action().kind()) {
      case EFFECT -> reading;
      case READ -> reading.withoutUnknown(slots::isSymbol);
    };
  }

  private Reading checkedAgainst(Reading best, List<Reading> readings) {
    return readings.stream()
        .filter(other -> best.isWhole() && other.isWhole())
        .filter(other -> BEST_FIRST.compare(best, other) == 0 && !means(best, other))
        .findFirst()
        .map(other ->
            best.withProblem(
                new Reading.Problem(
                    best.clause().tokens().getFirst().start(),
                    "\""
                        + slots.quote(best.clause())
                        + "\" (it could mean "
                        + meanings(best, other)
                        + ")")))
        .orElse(best);
  }

  private static String meanings(Reading first, Reading second) {
    String one = first.pattern().action().name();
    String other = second.pattern().action().name();
    return one.equals(other) ? one + " in two ways" : one + " or " + other;
  }

  private static boolean means(Reading one, Reading other) {
    return one.pattern().action().equals(other.pattern().action())
        && CallWriter.arguments(one).equals(CallWriter.arguments(other));
  }

  private static int literals(Reading reading) {
    long inBody =
        reading.pattern().body().stream()
            .filter(ExamplePattern.Element.Literal.class::isInstance)
            .count();
    return reading.pattern().head().size() + Math.toIntExact(inBody);
  }
}
