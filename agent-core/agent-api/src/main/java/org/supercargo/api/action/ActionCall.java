package org.supercargo.api.action;

import static java.util.Objects.requireNonNull;

/// A planner's request to run an action.
///
/// @param id the model's own label for the call, repeated in its result
/// @param arguments a JSON object exactly as the model wrote it
public record ActionCall(String id, String action, String arguments) {
  public ActionCall {
    requireNonNull(id, "id is null");
    requireNonNull(action, "action is null");
    requireNonNull(arguments, "arguments is null");
  }
}
