package org.supercargo.api.plan;

import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionResult;

/// Turns a goal into steps, one plan at a time. Holds the conversation of one tick.
///
/// A planner is treated as compromised: nothing it says moves value by itself.
public interface Planner {
  /// Decides what to do next, given everything observed so far.
  Plan next();

  /// Tells the planner what came of one of its steps.
  void observe(ActionCall step, ActionResult result);

  /// Tells the planner, before it observes the result, why one of its steps was not admitted.
  default void objected(ActionCall step, Objection objection) {}

  /// How many models it has asked.
  default int modelCalls() {
    return 0;
  }

  /// Why a step is not admitted.
  enum Objection {
    /// There is no such action.
    UNKNOWN_ACTION,
    /// The arguments are not what the action's parameters are.
    MALFORMED,
    /// An argument is of the right type and means nothing to this agent, such as an unknown payee.
    MEANINGLESS,
    /// The same was asked for too often.
    REPEAT
  }
}
