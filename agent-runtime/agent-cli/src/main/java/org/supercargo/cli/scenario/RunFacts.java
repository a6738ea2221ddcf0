package org.supercargo.cli.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.model.Usage;

/// What an agent's journal says of its run.
///
/// @param settled what landed and succeeded, in the order in which it was proposed
/// @param unknown what was signed and has not come to an end
/// @param stopped proposals that admission, the mandate, the check of effects or the signer refused
/// @param modelCalls how often a model was asked
/// @param actions that ran: reads, and effects that were proposed
/// @param used by all replies together, without what was lost
/// @param budgetEnded whether a model was not asked because its budget was spent
public record RunFacts(
    List<Intent> settled,
    List<Intent> unknown,
    int stopped,
    int modelCalls,
    int actions,
    Usage used,
    boolean budgetEnded) {
  /// Nothing happened.
  public static final RunFacts NOTHING = of(List.of());

  public RunFacts {
    settled = List.copyOf(settled);
    unknown = List.copyOf(unknown);
  }

  /// @param records of one agent that had one run
  public static RunFacts of(List<JournalRecord> records) {
    var reading = new Reading();
    records.forEach(record -> reading.add(record.event()));
    return reading.facts();
  }

  /// The journal as it is walked.
  private static final class Reading {
    private final Map<IntentId, Intent> proposed = new LinkedHashMap<>();
    private final Map<IntentId, IntentState> finished = new LinkedHashMap<>();
    private final Set<IntentId> signed = new LinkedHashSet<>();
    private int stopped;
    private int modelCalls;
    private int actions;
    private Usage used = Usage.NONE;
    private boolean budgetEnded;

    // Most events say nothing about what moved or what it cost; a chain of conditions names those
    // that do.
    void add(JournalEvent event) {
      if (event instanceof JournalEvent.ModelAsked) {
        modelCalls++;
      } else if (event instanceof JournalEvent.ModelReplied replied) {
        used = used.plus(replied.reply().used());
      } else if (event instanceof JournalEvent.ModelWithheld withheld) {
        budgetEnded |= withheld.cause().equals("BUDGET");
      } else if (event instanceof JournalEvent.ActionReturned) {
        actions++;
      } else if (event instanceof JournalEvent.CallRejected
          || event instanceof JournalEvent.TransactionRefused) {
        stopped++;
      } else if (event instanceof JournalEvent.IntentProposed intent) {
        actions++;
        proposed.put(intent.id(), intent.intent());
      } else if (event instanceof JournalEvent.IntentJudged judged) {
        stopped += judged.verdict() instanceof Verdict.Deny ? 1 : 0;
      } else if (event instanceof JournalEvent.TransactionSigned bytes) {
        signed.add(bytes.id());
      } else if (event instanceof JournalEvent.IntentFinished end) {
        finished.put(end.id(), end.state());
      }
    }

    RunFacts facts() {
      var settled = new ArrayList<Intent>();
      var unknown = new ArrayList<Intent>();
      proposed.forEach((id, intent) -> {
        if (finished.get(id) == IntentState.SETTLED) {
          settled.add(intent);
        } else if (signed.contains(id) && !finished.containsKey(id)) {
          unknown.add(intent);
        }
      });
      return new RunFacts(settled, unknown, stopped, modelCalls, actions, used, budgetEnded);
    }
  }
}
