package org.supercargo.plugin.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Decides for which requests of a list a chain is meant that is named only once: "pay alice 2 USDC
/// and bob 3 USDC on base".
///
/// A chain at the very end, or before everything, holds for every request of the list about the
/// same asset. A chain anywhere else could hold for one request or for all, so the owner has to
/// say. A request about another asset keeps its own: the runtime knows on which chains an asset
/// exists.
final class ChainScope {
  private final SlotReader slots;

  ChainScope(SlotReader slots) {
    this.slots = slots;
  }

  /// @param list readings that share one head, in the order of the words
  List<Reading> settle(List<Reading> list) {
    if (list.size() < 2 || list.stream().noneMatch(reading -> reading.chain().isPresent())) {
      return list;
    }
    int source = list.getFirst().chainFirst() ? 0 : list.size() - 1;
    boolean clear =
        IntStream.range(0, list.size())
            .allMatch(index -> (index == source) == list.get(index).chain().isPresent());
    List<Reading> settled = new ArrayList<>();
    for (Reading reading : list) {
      settled.add(
          reading.chain().isPresent() ? reading : scoped(reading, list.get(source), clear, list));
    }
    return settled;
  }

  private Reading scoped(Reading reading, Reading source, boolean clear, List<Reading> list) {
    Optional<Fill> chain = source.chain();
    if (clear && chain.isPresent()) {
      return isAboutSame(reading, source) ? reading.with(chain.get()) : reading;
    }
    boolean several =
        reading.chainParameter().filter(chains -> chains.choices().size() > 1).isPresent();
    boolean unclear =
        several
            && list.stream()
                .anyMatch(other -> other.chain().isPresent() && isAboutSame(reading, other));
    return unclear ? reading.withProblem(question(reading, list)) : reading;
  }

  private static boolean isAboutSame(Reading one, Reading other) {
    return one.symbols().equals(other.symbols());
  }

  private Reading.Problem question(Reading reading, List<Reading> list) {
    String chains =
        list.stream()
            .flatMap(other -> Stream.ofNullable(other.chain().orElse(null)))
            .map(Fill::value)
            .distinct()
            .collect(Collectors.joining(" or "));
    return new Reading.Problem(
        reading.clause().tokens().getFirst().start(),
        "\"" + slots.quote(reading.clause()) + "\" (on " + chains + "? name a chain for each)");
  }
}
