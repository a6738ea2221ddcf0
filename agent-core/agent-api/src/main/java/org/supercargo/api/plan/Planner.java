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
}
