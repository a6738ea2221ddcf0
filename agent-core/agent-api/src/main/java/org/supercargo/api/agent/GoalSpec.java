package org.supercargo.api.agent;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.supercargo.api.plan.Expectation;

/// A goal that an agent file names.
///
/// @param name unique within the file
/// @param accept what has to hold when it is reached; empty if nothing is stated
public record GoalSpec(String name, Goal goal, List<Expectation> accept) {
  public GoalSpec {
    requireNonNull(name, "name is null");
    requireNonNull(goal, "goal is null");
    accept = List.copyOf(accept);
  }
}
