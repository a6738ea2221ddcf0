package org.supercargo.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.StoreView;
import org.supercargo.engine.store.StoredIntent;

/// What waits for people: the decoded effects, never the model's words.
public final class Inbox {
  private final AgentStore store;
  private final Journal journal =
      new Journal(new DomainJson(), InstantSource.system(), record -> {});

  public Inbox(AgentStore store) {
    this.store = store;
  }

  /// One proposal that waits.
  ///
  /// @param asked what bytes built for it would do, and what an approval has to name
  /// @param decisions what people have decided so far; whether they count is judged later
  /// @param lapses when it is refused without a quorum
  public record Waiting(
      JournalEvent.ApprovalRequested asked,
      List<SignedApproval> decisions,
      Instant since,
      Instant lapses) {
    public Waiting {
      decisions = List.copyOf(decisions);
    }
  }

  /// Everything of an agent that waits, oldest first.
  public List<Waiting> of(AgentId agent) {
    return store.read(view -> {
      var waiting = new ArrayList<Waiting>();
      for (StoredIntent open : view.openIntents(agent)) {
        if (open.state() == IntentState.AWAITING) {
          asked(view, open).ifPresent(waiting::add);
        }
      }
      return waiting;
    });
  }

  /// @throws SupercargoException of category USER if no such proposal waits
  public Waiting find(IntentId id) {
    return of(id.agent()).stream()
        .filter(each -> each.asked().id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            SupercargoException.user(
                "Nothing called " + id + " waits for approval",
                "See what waits with \"inbox list\"; it may have lapsed or gone on."));
  }

  private Optional<Waiting> asked(StoreView view, StoredIntent open) {
    return journal.executionEvents(view, open.id().agent(), open.id().tick().number()).stream()
        .filter(JournalEvent.ApprovalRequested.class::isInstance)
        .map(JournalEvent.ApprovalRequested.class::cast)
        .filter(asked -> asked.id().equals(open.id()))
        .reduce((first, second) -> second)
        .map(asked ->
            new Waiting(
                asked,
                view.approvals(open.id()),
                open.at(),
                open.at().plus(asked.terms().lapse())));
  }

  /// Takes note of a decision. It counts once its signature is verified, here and in the signer.
  ///
  /// @throws SupercargoException of category USER if nothing of that name waits, or it waits for
  ///   another digest
  public void decide(SignedApproval decision) {
    Waiting waiting = find(decision.intent());
    if (!waiting.asked().digest().equals(decision.digest())) {
      throw SupercargoException.user(
          "The decision is about another proposal than " + decision.intent(),
          "Look at it again and sign what waits now.");
    }
    store.note(decision);
  }
}
