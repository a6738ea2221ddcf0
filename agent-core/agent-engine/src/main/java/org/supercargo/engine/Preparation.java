package org.supercargo.engine;

import java.util.List;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.ContractCall;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.StoredIntent;

/// Builds the bytes of an intent's next transaction, judges what they do, and stores them unsigned.
record Preparation(Execution execution, Numbering numbering) {

  /// Bytes with what is known of them, and whether they carry out the whole intent.
  record Built(Draft draft, boolean completes) {}

  /// @throws SupercargoException as the chain or the venue threw it
  Built build(Intent intent) {
    Chain chain = execution.chain(intent);
    Address wallet = execution.wallet(intent);
    List<ContractCall> calls = calls(intent, wallet);
    long nonce = numbering.next(chain, wallet);
    Draft draft =
        chain.prepare(
            new DraftRequest(intent, wallet, calls.isEmpty() ? null : calls.getFirst(), nonce));
    return new Built(draft, calls.size() <= 1);
  }

  private List<ContractCall> calls(Intent intent, Address wallet) {
    return switch (intent) {
      case Intent.Transfer _, Intent.Call _, Intent.Payment _ -> List.of();
      case Intent.Swap swap -> {
        SwapVenue venue = execution.venues().get(swap.venue());
        if (venue == null) {
          throw SupercargoException.user(
              "The venue " + swap.venue() + " is not configured",
              "Add its plugin to the agent file.");
        }
        yield venue.calls(swap, wallet);
      }
      case Intent.Order order ->
          throw SupercargoException.user(
              "No plugin connects to the shop " + order.shop(), "Add its plugin.");
    };
  }

  /// Judges what built bytes would do.
  Verdict.@org.jspecify.annotations.Nullable Deny judge(StoredIntent stored, Draft draft) {
    Mandate mandate = execution.spec().mandate();
    Intent intent = stored.intent();
    Verdict.Deny denial =
        mandate.judgeEffects(
            intent,
            stored.rule(),
            execution.wallet(intent),
            draft.effects(),
            execution.clock().instant());
    if (denial != null) {
      return denial;
    }
    return mandate.judgeSimulation(intent, draft.effects(), draft.simulation());
  }

  /// Stores the next attempt, or ends the intent when it cannot be built or does too much.
  void prepare(StoredIntent stored, int number) {
    boolean isRecovered =
        execution
            .store()
            .read(view -> Recovery.isRecovered(execution.journal(), view, stored.id()));
    if (isRecovered) {
      execution.transact(
          transaction -> execution.end(transaction, stored, IntentState.REFUSED, Recovery.REVIVED));
      return;
    }
    Built built;
    try {
      built = build(stored.intent());
    } catch (SupercargoException e) {
      if (e.category() == SupercargoException.Category.TRANSIENT) {
        throw e;
      }
      finish(stored, number, (e.what() + ". " + e.advice()).strip());
      return;
    }
    Draft draft = built.draft();
    var prepared =
        new JournalEvent.TransactionPrepared(
            stored.id(), number, draft.effects(), draft.simulation());
    Verdict.Deny denial = judge(stored, draft);
    if (denial == null) {
      store(stored, number, built, prepared);
    } else {
      refuse(stored, number, denial, prepared);
    }
  }

  private void refuse(
      StoredIntent stored,
      int number,
      Verdict.Deny denial,
      JournalEvent.TransactionPrepared prepared) {
    execution.transact(transaction -> {
      execution.append(transaction, stored, prepared);
      execution.append(
          transaction,
          stored,
          new JournalEvent.TransactionRefused(
              stored.id(), number, "runtime", denial.rule(), denial.reason()));
      execution.end(
          transaction, stored, IntentState.REFUSED, denial.rule() + ": " + denial.reason());
    });
  }

  private void store(
      StoredIntent stored, int number, Built built, JournalEvent.TransactionPrepared prepared) {
    var fees = new FeeBudget(execution.spec().mandate());
    Draft draft = built.draft();
    var attempt =
        new Attempt(
            stored.id(),
            number,
            AttemptState.PREPARED,
            built.completes(),
            draft.unsigned(),
            draft.validity(),
            fees.of(stored.intent(), draft.effects()),
            draft.simulation(),
            null,
            null,
            execution.now());
    execution.transact(transaction -> {
      transaction.insert(attempt);
      numbering.take(transaction, execution.wallet(stored.intent()), draft.validity());
      if (stored.state() == IntentState.RESERVED) {
        transaction.move(stored.id(), IntentState.RESERVED, IntentState.EXECUTING);
      }
      fees.follow(transaction, stored);
      execution.append(transaction, stored, prepared);
    });
  }

  private void finish(StoredIntent stored, int number, String reason) {
    execution.transact(transaction -> {
      execution.append(
          transaction,
          stored,
          new JournalEvent.TransactionRefused(stored.id(), number, "chain", "prepare", reason));
      execution.end(transaction, stored, IntentState.FAILED, reason);
    });
  }
}
