package org.supercargo.cli.scenario;

import java.util.List;
import org.supercargo.api.journal.JournalEvent.Outcome;

/// How a run ended.
///
/// @param answer the agent's last words
/// @param differences between the chains and the books, in words, and what raised an alarm
public record Ending(Outcome outcome, String answer, List<String> differences) {
  public Ending {
    differences = List.copyOf(differences);
  }
}
