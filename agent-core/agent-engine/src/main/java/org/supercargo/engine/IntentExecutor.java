package org.supercargo.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.StoredIntent;

/// Drives an admitted intent to a final state, from wherever a crash left it.
///
/// Each step writes what it is about to do before it does it: unsigned bytes before the signer is
/// asked, signed bytes before they are sent. The same bytes are sent until the chain proves them
/// landed or dead, so driving an intent twice, or by two processes in turn, does nothing twice.
final class IntentExecutor {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration RESEND = Duration.ofSeconds(2);

  /// A host is asked less often than a node: it may count how often.
  private static final Duration RESEND_TO_HOST = Duration.ofSeconds(15);

  private final Execution execution;
  private final Pause pause;
  private final Duration patience;
  private final Preparation preparation;
  private final Signing signing;
  private final Settlement settlement;
  private final Approvals approvals;
  private final Conclusion conclusion;

  /// @param patience how long one call waits for a transaction to become final before it reports
  ///   that the outcome is not known yet
  IntentExecutor(
      Execution execution,
      Bookkeeper books,
      Signer signer,
      MarketFacts market,
      Pause pause,
      Duration patience) {
    this.execution = execution;
    this.pause = pause;
    this.patience = patience;
    var numbering = new Numbering(execution.store(), execution.spec().id());
    this.preparation = new Preparation(execution, numbering);
    this.signing = new Signing(execution, numbering, market, signer);
    this.settlement = new Settlement(execution, numbering, books);
    this.approvals = new Approvals(execution, preparation, market);
    this.conclusion = new Conclusion(execution.store(), execution.journal());
  }

  /// Goes on with an intent until it is final, waits for people, or patience ends.
  ActionResult execute(IntentId id) {
    Instant until = execution.clock().instant().plus(patience);
    while (true) {
      StoredIntent stored = stored(id);
      List<Attempt> attempts = execution.store().read(view -> view.attempts(id));
      if (stored.state().isFinal()) {
        return conclusion.of(stored, last(attempts));
      }
      String obstacle;
      try {
        obstacle = step(stored, current(attempts));
      } catch (SupercargoException e) {
        boolean waitingHelps =
            switch (e.category()) {
              case TRANSIENT -> true;
              case USER, EXTERNAL -> false;
              case POLICY, BUG -> throw e;
            };
        if (!waitingHelps) {
          // Told at once: other intents must not wait for this one.
          return new ActionResult.Unresolved(
              id.toString(), stored.intent().summary() + ": " + e.what() + ". " + e.advice());
        }
        obstacle = e.what();
      }
      if (obstacle != null && stored.state() == IntentState.AWAITING) {
        return new ActionResult.Awaiting(
            id.toString(), stored.intent().summary() + ": " + obstacle);
      }
      if (obstacle != null) {
        if (!execution.clock().instant().isBefore(until)
            || Thread.currentThread().isInterrupted()) {
          return new ActionResult.Unresolved(
              id.toString(),
              stored.intent().summary() + ": " + obstacle + "; it will be followed up");
        }
        pause.of(POLL);
      }
    }
  }

  private static Optional<Attempt> last(List<Attempt> attempts) {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  /// The attempt to go on with: the oldest that is not over, because books that were put right
  /// after a loss may hold several; otherwise the newest.
  private static Optional<Attempt> current(List<Attempt> attempts) {
    return attempts.stream()
        .filter(attempt -> !attempt.state().isFinal())
        .findFirst()
        .or(() -> last(attempts));
  }

  private StoredIntent stored(IntentId id) {
    return execution
        .store()
        .read(view -> view.intent(id))
        .orElseThrow(() -> SupercargoException.bug("Intent " + id + " is not stored", null));
  }

  /// Does the next thing.
  ///
  /// @return null when something moved on, or what is being waited for
  private @Nullable String step(StoredIntent stored, Optional<Attempt> current) {
    if (stored.state() == IntentState.AWAITING) {
      return approvals.step(stored);
    }
    if (current.isEmpty()) {
      prepare(stored, 1);
      return null;
    }
    Attempt attempt = current.get();
    return switch (attempt.state()) {
      case PREPARED -> {
        signing.sign(stored, attempt);
        yield null;
      }
      case SIGNED -> {
        send(stored, attempt);
        yield null;
      }
      case SENT -> follow(stored, attempt);
      case LANDED, DEAD -> {
        // A preparing approval landed, or the chain proved that the last one never will.
        prepare(stored, attempt.number() + 1);
        yield null;
      }
      case FAILED, REFUSED ->
          throw SupercargoException.bug(
              "Intent " + stored.id() + " is open though its attempt is " + attempt.state(), null);
    };
  }

  /// What is signed may be out and is followed; nothing new is begun while an alarm stands.
  private void prepare(StoredIntent stored, int number) {
    execution
        .store()
        .read(view -> view.alarm(stored.id().agent()))
        .ifPresent(alarm -> {
          throw SupercargoException.external(
              "It waits for an alarm: " + alarm, "Look at it, then clear the alarm.", null);
        });
    preparation.prepare(stored, number);
  }

  private void send(StoredIntent stored, Attempt attempt) {
    SubmitResult result = execution.send(stored.intent(), signed(attempt));
    String answer =
        switch (result) {
          case SubmitResult.Accepted _ -> "accepted";
          case SubmitResult.Rejected rejected -> "rejected: " + rejected.reason();
          case SubmitResult.NoAnswer none -> "no answer: " + none.reason();
        };
    execution.transact(transaction -> {
      transaction.update(attempt.in(AttemptState.SENT), AttemptState.SIGNED);
      execution.append(
          transaction,
          stored,
          new JournalEvent.TransactionSent(
              stored.id(), attempt.number(), signed(attempt).id(), answer));
    });
  }

  private @Nullable String follow(StoredIntent stored, Attempt attempt) {
    Intent intent = stored.intent();
    Chain chain = execution.chain(intent);
    SignedTransaction transaction = signed(attempt);
    List<Asset> assets =
        execution.spec().assets().stream()
            .filter(asset -> asset.chain().equals(chain.id()))
            .toList();
    Duration wait = intent instanceof Intent.Payment ? RESEND_TO_HOST : RESEND;
    Instant resendAt = execution.clock().instant().plus(wait);
    while (true) {
      switch (chain.status(transaction, execution.wallet(intent), assets)) {
        case TransactionStatus.Final landed -> {
          settlement.settle(stored, attempt, landed.receipt());
          return null;
        }
        case TransactionStatus.Dead dead -> {
          settlement.bury(stored, attempt, transaction, dead.proof());
          return null;
        }
        case TransactionStatus.Seen _ -> {
          return "transaction " + transaction.id() + " is not final yet";
        }
        case TransactionStatus.Unseen _ -> {
          if (execution.clock().instant().isBefore(resendAt)) {
            pause.of(POLL);
            if (Thread.currentThread().isInterrupted()) {
              return "interrupted";
            }
          } else {
            execution.send(intent, transaction);
            return "transaction " + transaction.id() + " is not on the chain yet";
          }
        }
      }
    }
  }

  static SignedTransaction signed(Attempt attempt) {
    if (attempt.transaction() == null || attempt.signed() == null) {
      throw SupercargoException.bug(
          "Attempt " + attempt.number() + " of " + attempt.intent() + " has no signed bytes", null);
    }
    return new SignedTransaction(attempt.transaction(), attempt.signed(), attempt.validity());
  }
}
