package org.supercargo.plugin.offline;

import java.util.List;
import java.util.Optional;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;

/// What a goal means.
sealed interface Interpretation {
  /// Every word of it has a meaning.
  record Understood(List<ActionCall> calls) implements Interpretation {
    public Understood {
      calls = List.copyOf(calls);
    }
  }

  /// Something in it has none, so nothing of it is done.
  ///
  /// @param problems at least one, in the order of the words
  /// @param nearest the action that was probably meant
  record NotUnderstood(List<String> problems, Optional<ActionSpec> nearest)
      implements Interpretation {
    public NotUnderstood {
      problems = List.copyOf(problems);
    }
  }
}
