package org.supercargo.cli.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.supercargo.api.action.ActionSpec;

/// All that is known of a task while it is worked on. The right answer is not in it, so nothing
/// that sees only a question can be steered by the answer.
///
/// @param ask the owner's words
/// @param actions on offer
public record Question(String ask, List<ActionSpec> actions, Check check) {
  public Question {
    requireNonNull(ask, "ask is null");
    actions = List.copyOf(actions);
    requireNonNull(check, "check is null");
  }

  List<String> actionNames() {
    return actions.stream().map(ActionSpec::name).toList();
  }
}
