package org.supercargo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.engine.relevance.Relevance;

/// Which actions a model is shown. Of more than it can well choose from, those that fit the goal;
/// it can look for others. The order never changes and found ones come last, so that prefix caches
/// hold as long as they can.
final class ActionOffer {
  private static final int MOST_FOUND = 8;
  private static final int MOST_SEARCHES = 6;

  private final List<ActionSpec> all;
  private final List<ActionSpec> own;
  private final List<ActionSpec> offered;
  private int searches;

  /// @param own those of the planner itself, always offered
  /// @param most how many others are offered at first
  ActionOffer(List<ActionSpec> all, List<ActionSpec> own, String goal, int most) {
    this.all = List.copyOf(all);
    this.own = new ArrayList<>(own);
    if (all.size() <= most) {
      this.offered = new ArrayList<>(all);
      return;
    }
    this.own.add(OwnActions.findActions());
    this.offered =
        relevance(all).rankAndPad(goal, most).stream()
            .sorted()
            .map(all::get)
            .collect(Collectors.toCollection(ArrayList::new));
  }

  List<ActionSpec> offered() {
    var offer = new ArrayList<>(own);
    offer.addAll(offered);
    return offer;
  }

  boolean has(String action) {
    return offered().stream().anyMatch(spec -> spec.name().equals(action));
  }

  /// Offers more, and tells what.
  String find(String words) {
    if (++searches > MOST_SEARCHES) {
      return "That is enough searching; use what is on offer.";
    }
    List<ActionSpec> rest = all.stream().filter(spec -> !offered.contains(spec)).toList();
    List<ActionSpec> found =
        relevance(rest).rank(words, MOST_FOUND).stream().map(rest::get).toList();
    offered.addAll(found);
    return found.isEmpty()
        ? "No other action fits."
        : "Found, and on offer from now on: "
            + found.stream().map(ActionSpec::name).collect(Collectors.joining(", "));
  }

  private static Relevance relevance(List<ActionSpec> specs) {
    return new Relevance(
        specs.stream()
            .map(spec ->
                spec.name() + " " + spec.description() + " " + String.join(" ", spec.examples()))
            .toList());
  }
}
