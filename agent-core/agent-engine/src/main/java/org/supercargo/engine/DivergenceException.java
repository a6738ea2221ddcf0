package org.supercargo.engine;

import org.supercargo.api.SupercargoException;

/// The recorded events and the code disagree: the journal was made by other code, by another agent
/// file, or was changed.
public final class DivergenceException extends SupercargoException {
  private static final long serialVersionUID = 1L;

  DivergenceException(int event, String recorded, String computed) {
    this("\n  recorded: " + recorded + "\n  computed: " + computed, event);
  }

  /// @param difference in words
  DivergenceException(int event, String difference) {
    this(" In it, " + difference, event);
  }

  private DivergenceException(String difference, int event) {
    super(
        Category.EXTERNAL,
        "Event " + event + " of the tick differs." + difference,
        "Replay with the agent file and the version that made the journal.",
        null);
  }
}
