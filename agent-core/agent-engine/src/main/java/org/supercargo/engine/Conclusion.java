package org.supercargo.engine;

import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.StoredIntent;

/// Tells a planner what came of an intent in the end, from what is stored.
record Conclusion(AgentStore store, Journal journal) {

  /// @param last the intent's newest attempt
  ActionResult of(StoredIntent stored, Optional<Attempt> last) {
    String summary = stored.intent().summary();
    return switch (stored.state()) {
      case SETTLED ->
          new ActionResult.Settled(
              stored.id().toString(),
              summary + last.map(Attempt::transaction).map(tx -> ", transaction " + tx).orElse(""));
      case REFUSED ->
          new ActionResult.Refused("transaction check", summary + ": " + reason(stored.id()));
      case FAILED -> new ActionResult.Failed(summary + ": " + reason(stored.id()));
      case AWAITING, RESERVED, EXECUTING ->
          throw SupercargoException.bug("Intent " + stored.id() + " is not final", null);
    };
  }

  private String reason(IntentId id) {
    return store.read(view ->
        journal.executionEvents(view, id.agent(), id.tick().number()).stream()
            .filter(JournalEvent.IntentFinished.class::isInstance)
            .map(JournalEvent.IntentFinished.class::cast)
            .filter(finished -> finished.id().equals(id))
            .map(finished -> finished.reason() == null ? "" : finished.reason())
            .findFirst()
            .orElse(""));
  }
}
