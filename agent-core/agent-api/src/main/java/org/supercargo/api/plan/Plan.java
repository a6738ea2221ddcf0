package org.supercargo.api.plan;

import java.util.List;
import org.supercargo.api.action.ActionCall;

/// What a planner wants to happen next.
public sealed interface Plan {
  /// Run these actions in order, then ask again.
  record Act(List<ActionCall> steps) implements Plan {
    public Act {
      steps = List.copyOf(steps);
    }
  }

  /// The goal is answered.
  record Done(String answer) implements Plan {}

  /// The planner has given up: what has to hold does not.
  record NotMet(String answer, String objection) implements Plan {}

  /// The planner cannot go on.
  ///
  /// @param reason the typed cause, such as a [org.supercargo.api.model.ChatReply.Failure] name
  record Stuck(String reason, String detail) implements Plan {}
}
