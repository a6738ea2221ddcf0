package org.supercargo.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;
import org.supercargo.engine.store.StoredIntent;

/// Puts back into the books what the signer has signed and the books have lost, after an older
/// backup of them was restored.
///
/// The sweep then drives each of these intents to its end as if the process had died while signing.
/// What was open in the backup gets no further signature: it may have come to nothing since, and
/// whoever was told so may have asked for it again.
record Recovery(Execution execution, Numbering numbering, Signer signer) {
  private static final int PAGE = 50;
  static final String REVIVED =
      "the books were put back to an older state, which may have brought it to life again; propose"
          + " it again if it is still wanted";

  /// @param wasPutBack whether the books are known to have been put back
  /// @return how many signatures were put back
  /// @throws SupercargoException of category EXTERNAL when the books hold more signatures than the
  ///   signer remembers
  int recover(Standing standing, boolean wasPutBack) {
    AgentId agent = execution.spec().id();
    // Under the lease: whoever was taken over from meanwhile must not compare what others signed.
    long known =
        execution.store().transact(execution.lease(), transaction -> transaction.signatures(agent));
    if (known > standing.signatures()) {
      throw SupercargoException.external(
          "The books of "
              + agent
              + " hold "
              + known
              + " signatures, and the signer remembers "
              + standing.signatures(),
          "Its log was replaced or cut. Put the newest signatures.log back; without it budgets are"
              + " not what they were.",
          null);
    }
    List<GivenSignature> missing = known == standing.signatures() ? List.of() : since(known);
    // All at once: a process that dies here leaves the books as it found them, still to be seen.
    return execution
        .store()
        .transact(
            execution.lease(),
            transaction -> {
              int recovered = 0;
              for (GivenSignature given : missing) {
                recovered += put(transaction, given) ? 1 : 0;
              }
              if (wasPutBack || recovered > 0) {
                settleRevived(
                    transaction,
                    missing.stream().map(GivenSignature::intent).collect(Collectors.toSet()));
              }
              return recovered;
            });
  }

  /// Signatures are stored in the order in which they are given, so what is missing comes later.
  private List<GivenSignature> since(long known) {
    var missing = new ArrayList<GivenSignature>();
    List<GivenSignature> page = signer.history(execution.spec().id(), known, PAGE);
    while (!page.isEmpty()) {
      missing.addAll(page);
      page = signer.history(execution.spec().id(), page.getLast().number(), PAGE);
    }
    return missing;
  }

  /// What was never signed ends. What was signed is followed, and nothing more is signed for it.
  private void settleRevived(StoreTransaction transaction, Set<IntentId> signedSince) {
    for (StoredIntent open : transaction.openIntents(execution.spec().id())) {
      boolean isOver =
          !signedSince.contains(open.id())
              && transaction.attempts(open.id()).stream().allMatch(Recovery::maySpendNothing);
      if (!isRecovered(execution.journal(), transaction, open.id())) {
        execution.append(
            transaction,
            open,
            new JournalEvent.IntentRecovered(open.id(), open.intent(), open.rule()));
      }
      if (isOver) {
        end(transaction, open);
      }
    }
  }

  /// Whether an intent was open when the books were put back.
  static boolean isRecovered(Journal journal, StoreView view, IntentId id) {
    return journal.executionEvents(view, id.agent(), id.tick().number()).stream()
        .anyMatch(event ->
            event instanceof JournalEvent.IntentRecovered recovered && recovered.id().equals(id));
  }

  private static boolean maySpendNothing(Attempt attempt) {
    return switch (attempt.state()) {
      case PREPARED, DEAD, REFUSED -> true;
      case SIGNED, SENT -> false;
      case LANDED, FAILED -> !attempt.completes();
    };
  }

  private void end(StoreTransaction transaction, StoredIntent open) {
    for (Attempt attempt : transaction.attempts(open.id())) {
      if (attempt.state() == AttemptState.PREPARED) {
        transaction.update(attempt.in(AttemptState.REFUSED), AttemptState.PREPARED);
        numbering.giveBack(transaction, execution.wallet(open.intent()), attempt.validity());
      }
    }
    if (open.state() == IntentState.AWAITING) {
      // Nothing was ever built to be signed, so all of its budget is free again.
      transaction.release(open.id(), "");
      transaction.move(open.id(), IntentState.AWAITING, IntentState.REFUSED);
      execution.append(
          transaction,
          open,
          new JournalEvent.IntentFinished(open.id(), IntentState.REFUSED, REVIVED));
      return;
    }
    execution.end(transaction, open, IntentState.REFUSED, REVIVED);
  }

  private boolean put(StoreTransaction transaction, GivenSignature given) {
    Optional<Attempt> known =
        transaction.attempts(given.intent()).stream()
            .filter(attempt -> attempt.number() == given.attempt())
            .findFirst();
    if (known.isPresent()) {
      if (!known.get().unsigned().equals(given.unsigned())) {
        throw wentOn(given, "other bytes for the same attempt");
      }
      // Stored, whether its signature is or not: asking again gives the same one.
      return false;
    }
    StoredIntent stored = intent(transaction, given);
    insert(transaction, stored, given);
    return true;
  }

  private StoredIntent intent(StoreTransaction transaction, GivenSignature given) {
    StoredIntent before = transaction.intent(given.intent()).orElse(null);
    if (before != null) {
      requireSame(before, given);
      return before;
    }
    var stored =
        new StoredIntent(
            given.intent(),
            given.proposal(),
            given.rule(),
            Map.of(),
            IntentState.RESERVED,
            given.at());
    transaction.insert(stored);
    reserve(transaction, given);
    execution.append(
        transaction,
        stored,
        new JournalEvent.IntentRecovered(given.intent(), given.proposal(), given.rule()));
    return stored;
  }

  private static void reserve(StoreTransaction transaction, GivenSignature given) {
    for (Reservation reservation : given.reservations()) {
      transaction.reserve(given.intent(), reservation, given.at());
    }
  }

  private static void requireSame(StoredIntent before, GivenSignature given) {
    boolean same =
        before.intent().spends().equals(given.proposal().spends())
            && before.intent().accounts().equals(given.proposal().accounts());
    if (!same || before.state().isFinal()) {
      throw wentOn(given, before.intent().summary());
    }
  }

  private static SupercargoException wentOn(GivenSignature given, String instead) {
    return SupercargoException.external(
        "The books have another intent "
            + given.intent()
            + " than the one that was signed: "
            + instead
            + " instead of "
            + given.proposal().summary(),
        "The books were put back to an older state and went on from there. Restore the newest"
            + " backup.",
        null);
  }

  private void insert(StoreTransaction transaction, StoredIntent stored, GivenSignature given) {
    // Its number is taken as long as it is open; setting the next one would skip what lies between.
    transaction.insert(
        new Attempt(
            given.intent(),
            given.attempt(),
            AttemptState.PREPARED,
            given.completes(),
            given.unsigned(),
            given.validity(),
            fee(given),
            null,
            null,
            null,
            given.at()));
    if (stored.state() == IntentState.AWAITING) {
      // It was approved, or the signer would not have signed: the approvals are lost.
      transaction.release(given.intent(), "");
      reserve(transaction, given);
      transaction.move(given.intent(), IntentState.AWAITING, IntentState.RESERVED);
    }
    if (stored.state() != IntentState.EXECUTING) {
      transaction.move(given.intent(), IntentState.RESERVED, IntentState.EXECUTING);
    }
    new FeeBudget(execution.spec().mandate()).follow(transaction, stored);
  }

  private static BigInteger fee(GivenSignature given) {
    return given.reservations().stream()
        .filter(reservation -> reservation.rule().equals(Mandate.FEES))
        .map(Reservation::baseUnits)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
