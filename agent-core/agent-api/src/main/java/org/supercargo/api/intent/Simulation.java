package org.supercargo.api.intent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node predicts of unsigned bytes. Advisory: it never replaces decoding.
///
/// @param error why it would fail, or null
/// @param changes predicted changes of the agent's own balances, fee included where known
public record Simulation(@Nullable String error, List<BalanceChange> changes, List<String> logs) {
  public Simulation {
    changes = List.copyOf(changes);
    logs = List.copyOf(logs);
  }

  public boolean succeeded() {
    return error == null;
  }
}
