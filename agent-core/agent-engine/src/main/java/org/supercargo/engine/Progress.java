package org.supercargo.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.supercargo.api.action.ActionResult;

/// Notices when a planner's steps stop telling it anything it has not heard before.
final class Progress {
  static final int MOST_IDLE_STEPS = 4;

  private final Set<ActionResult> heard = new HashSet<>();
  private int idle;

  /// @return false when the last steps were all idle
  boolean made(List<ActionResult> results) {
    boolean isNew = false;
    for (ActionResult result : results) {
      isNew |= heard.add(result);
    }
    idle = isNew ? 0 : idle + 1;
    return idle < MOST_IDLE_STEPS;
  }
}
