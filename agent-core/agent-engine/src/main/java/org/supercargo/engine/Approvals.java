package org.supercargo.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.ApprovalTerms;
import org.supercargo.api.mandate.Facts;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.approval.ApprovalCheck;
import org.supercargo.engine.approval.ApprovalDigest;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// Sees intents through that people have to approve.
///
/// People are shown what bytes would do, decoded. The bytes that are signed later are others, since
/// bytes grow old, but they are held to the same intent.
record Approvals(Execution execution, Preparation preparation, MarketFacts market) {

  /// Asks, counts what came in, and lets the intent go on or ends it.
  ///
  /// @return null when something moved on, or what is being waited for
  @Nullable String step(StoredIntent stored) {
    Bytes digest = ApprovalDigest.of(stored.id(), stored.intent(), stored.rule());
    if (!isAsked(stored)) {
      ask(stored, digest);
      return null;
    }
    ApprovalTerms terms = terms(stored);
    if (terms == null) {
      end(stored, "the mandate has no rule \"" + stored.rule() + "\" that asks for approval now");
      return null;
    }
    Instant now = execution.now();
    Mandate mandate = execution.spec().mandate();
    List<SignedApproval> given = execution.store().read(view -> view.approvals(stored.id()));
    Optional<SignedApproval> veto = ApprovalCheck.veto(stored.id(), digest, mandate, given, now);
    if (veto.isPresent()) {
      execution.transact(transaction -> {
        execution.append(transaction, stored, new JournalEvent.ApprovalCounted(veto.get()));
        refuse(transaction, stored, "rejected by " + veto.get().approver());
      });
      return null;
    }
    Map<String, Instant> approvals =
        ApprovalCheck.counted(stored.id(), digest, mandate, given, now);
    if (terms.areMet(approvals, now)) {
      Optional<String> alarm = execution.store().read(view -> view.alarm(stored.id().agent()));
      if (alarm.isPresent()) {
        return "it waits until the owner has looked at an alarm: " + alarm.get();
      }
      admit(stored, given, approvals, now);
      return null;
    }
    boolean isLate = !now.isBefore(stored.at().plus(terms.lapse()));
    if (isLate && !hasQuorum(terms, approvals)) {
      end(stored, "nobody approved it in time");
      return null;
    }
    return "it waits for " + terms.missing(approvals);
  }

  private static boolean hasQuorum(ApprovalTerms terms, Map<String, Instant> approvals) {
    return approvals.keySet().stream().filter(terms.approvers()::contains).count()
        >= terms.quorum();
  }

  private boolean isAsked(StoredIntent stored) {
    return execution
        .store()
        .read(view ->
            execution
                .journal()
                .executionEvents(view, stored.id().agent(), stored.id().tick().number())
                .stream()
                .anyMatch(event ->
                    event instanceof JournalEvent.ApprovalRequested asked
                        && asked.id().equals(stored.id())));
  }

  private @Nullable ApprovalTerms terms(StoredIntent stored) {
    return execution.spec().mandate().rules().stream()
        .filter(rule -> rule.name().equals(stored.rule()))
        .map(Rule::terms)
        .filter(terms -> terms != null)
        .findFirst()
        .orElse(null);
  }

  private void ask(StoredIntent stored, Bytes digest) {
    ApprovalTerms terms = terms(stored);
    if (terms == null) {
      end(stored, "the mandate has no rule \"" + stored.rule() + "\" that asks for approval now");
      return;
    }
    Draft draft;
    try {
      draft = preparation.build(stored.intent()).draft();
    } catch (org.supercargo.api.SupercargoException e) {
      if (e.category() == org.supercargo.api.SupercargoException.Category.TRANSIENT) {
        throw e;
      }
      end(stored, (e.what() + ". " + e.advice()).strip());
      return;
    }
    Verdict.Deny denial = preparation.judge(stored, draft);
    if (denial != null) {
      end(stored, denial.rule() + ": " + denial.reason());
      return;
    }
    execution.transact(transaction ->
        execution.append(
            transaction,
            stored,
            new JournalEvent.ApprovalRequested(
                stored.id(),
                stored.intent(),
                stored.rule(),
                terms,
                draft.effects(),
                draft.simulation(),
                digest)));
  }

  /// The world has moved on since it was proposed, so everything is judged again, with the budget
  /// it holds given back for the moment.
  private void admit(
      StoredIntent stored,
      List<SignedApproval> given,
      Map<String, Instant> approvals,
      Instant now) {
    MarketFacts.Observed observed = market.observe(stored.intent());
    execution.transact(transaction -> {
      given.stream()
          .filter(approval -> approval.approves() && approvals.containsKey(approval.approver()))
          .forEach(approval ->
              execution.append(transaction, stored, new JournalEvent.ApprovalCounted(approval)));
      transaction.release(stored.id(), "");
      Facts facts =
          new Judging(execution.spec())
              .facts(transaction, stored.intent(), observed, stored.origins(), approvals, now);
      switch (execution.spec().mandate().judge(stored.intent(), facts)) {
        case Verdict.Allow allow -> {
          if (allow.rule().equals(stored.rule())) {
            allow
                .reservations()
                .forEach(reservation -> transaction.reserve(stored.id(), reservation, now));
            transaction.move(stored.id(), IntentState.AWAITING, IntentState.RESERVED);
          } else {
            refuse(transaction, stored, "another rule, \"" + allow.rule() + "\", applies now");
          }
        }
        case Verdict.NeedsApproval other -> refuse(transaction, stored, other.reason());
        case Verdict.Deny deny -> refuse(transaction, stored, deny.rule() + ": " + deny.reason());
      }
    });
  }

  private void end(StoredIntent stored, String reason) {
    execution.transact(transaction -> refuse(transaction, stored, reason));
  }

  /// Nothing was ever built to be signed, so all of its budget is free again.
  private void refuse(StoreTransaction transaction, StoredIntent stored, String reason) {
    transaction.release(stored.id(), "");
    transaction.move(stored.id(), IntentState.AWAITING, IntentState.REFUSED);
    execution.append(
        transaction,
        stored,
        new JournalEvent.IntentFinished(stored.id(), IntentState.REFUSED, reason));
  }
}
