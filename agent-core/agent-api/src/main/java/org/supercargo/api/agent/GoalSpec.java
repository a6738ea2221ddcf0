package org.supercargo.api.agent;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.supercargo.api.plan.Expectation;

/// A goal that an agent file names.
///
/// @param name unique within the file
/// @param accept what has to hold when it is reached; empty if nothing is stated
/// @param offPeak whether it can wait, and is not begun while its model charges for peak hours
public record GoalSpec(String name, Goal goal, List<Expectation> accept, boolean offPeak) {
  public GoalSpec {
    requireNonNull(name, "name is null");
    requireNonNull(goal, "goal is null");
    accept = List.copyOf(accept);
  }

  /// One that is begun at any hour.
  public GoalSpec(String name, Goal goal, List<Expectation> accept) {
    this(name, goal, accept, false);
  }
}
