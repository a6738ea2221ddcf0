package org.supercargo.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.plan.SubGoal;

/// The parts a goal was divided into, and how far the work on them has come.
final class Division {
  private static final int MOST_PARTS = 12;

  private final List<SubGoal> parts;
  private final List<String> unmet = new ArrayList<>();
  private int current;

  Division(List<SubGoal> parts) {
    this.parts = List.copyOf(parts);
  }

  /// Reads what a model wrote: a part on each line, its fields separated by bars.
  ///
  /// @throws SupercargoException of category USER that says which line is wrong
  static List<SubGoal> read(String text) {
    var parts = new ArrayList<SubGoal>();
    Set<String> names = new HashSet<>();
    for (String line : text.lines().map(String::strip).filter(each -> !each.isEmpty()).toList()) {
      String[] fields = line.split("\\|", -1);
      if (fields.length != 3) {
        throw SupercargoException.user(
            "The part \"" + line + "\" has " + fields.length + " fields",
            "Write: name | what to do | what has to hold when it is done.");
      }
      List<String> after = parts.isEmpty() ? List.of() : List.of(parts.getLast().name());
      var part = new SubGoal(fields[0], fields[1], fields[2], after);
      if (!names.add(part.name())) {
        throw SupercargoException.user(
            "Two parts are called \"" + part.name() + "\"", "Give each its own name.");
      }
      parts.add(part);
    }
    if (parts.size() < 2 || parts.size() > MOST_PARTS) {
      throw SupercargoException.user(
          "There are " + parts.size() + " parts",
          "Divide into 2 to " + MOST_PARTS + ", or do not divide.");
    }
    return parts;
  }

  List<SubGoal> parts() {
    return parts;
  }

  boolean isOver() {
    return current >= parts.size();
  }

  SubGoal current() {
    return parts.get(current);
  }

  /// @param objection empty if the part is met
  void finish(String objection) {
    if (!objection.isEmpty()) {
      unmet.add(current().name() + ": " + objection);
    }
    current++;
  }

  /// Parts that were given up, with what was found wanting.
  List<String> unmet() {
    return List.copyOf(unmet);
  }

  /// What the model is told next.
  String instruction() {
    if (isOver()) {
      return "All parts are worked on"
          + (unmet.isEmpty() ? "" : "; not met: " + String.join("; ", unmet))
          + ". Answer the whole goal now, in plain words.";
    }
    return "Part %d of %d, \"%s\": %s%nIt is done when: %s%nAnswer when it is done; do nothing of the other parts."
        .formatted(
            current + 1, parts.size(), current().name(), current().goal(), current().doneWhen());
  }
}
