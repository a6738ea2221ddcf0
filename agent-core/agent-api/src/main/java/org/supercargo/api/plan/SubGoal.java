package org.supercargo.api.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.supercargo.api.SupercargoException;

/// A part of a goal that is worked on, reviewed and, if it has to be, done again by itself.
///
/// @param name short and unique within its outline
/// @param goal what to do, in words
/// @param doneWhen what has to hold then, in words; the review checks it
/// @param after names of the sub-goals that have to be met before
public record SubGoal(String name, String goal, String doneWhen, List<String> after) {
  private static final int LONGEST = 1_000;

  public SubGoal {
    name = bounded("name", name, 60);
    goal = bounded("goal", goal, LONGEST);
    doneWhen = bounded("doneWhen", doneWhen, LONGEST);
    after = List.copyOf(after);
  }

  private static String bounded(String part, String text, int longest) {
    requireNonNull(text, part + " is null");
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > longest) {
      throw SupercargoException.user(
          "The " + part + " of a sub-goal has " + stripped.length() + " characters",
          "Use 1 to " + longest + ".");
    }
    return stripped;
  }
}
