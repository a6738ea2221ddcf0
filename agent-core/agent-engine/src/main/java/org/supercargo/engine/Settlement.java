package org.supercargo.engine;

import java.util.List;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.StoredIntent;

/// Writes down what became of a transaction: landed, failed, or proved dead.
record Settlement(Execution execution, Numbering numbering, Bookkeeper books) {
  /// So many transactions of one intent may die before it is given up.
  private static final int MOST_DEATHS = 3;

  void settle(StoredIntent stored, Attempt attempt, Receipt receipt) {
    AttemptState state = receipt.succeeded() ? AttemptState.LANDED : AttemptState.FAILED;
    execution.transact(transaction -> {
      transaction.update(attempt.in(state), AttemptState.SENT);
      numbering.useUp(transaction, execution.wallet(stored.intent()), attempt.validity());
      execution.append(
          transaction,
          stored,
          new JournalEvent.TransactionFinal(stored.id(), attempt.number(), receipt));
      books.receipt(transaction, stored.intent(), receipt);
      if (!receipt.succeeded()) {
        execution.end(
            transaction, stored, IntentState.FAILED, "the transaction failed: " + receipt.error());
      } else if (attempt.completes()) {
        execution.end(transaction, stored, IntentState.SETTLED, null);
      }
    });
  }

  /// A dead transaction moved nothing and never will, so another may be signed in its place; only
  /// so often, because what keeps killing them will hardly stop.
  void bury(StoredIntent stored, Attempt attempt, SignedTransaction signed, String proof) {
    Intent intent = stored.intent();
    Chain chain = execution.chain(intent);
    boolean counts = attempt.validity() instanceof Validity.Nonce;
    long onChain = counts ? chain.nextNonce(execution.wallet(intent)) : 0;
    execution.transact(transaction -> {
      transaction.update(attempt.in(AttemptState.DEAD), AttemptState.SENT);
      if (counts) {
        // Only another transaction with its number can have killed it, and none of ours has that.
        numbering.restart(transaction, execution.wallet(intent), onChain);
        execution.raiseAlarm(
            transaction,
            "A transaction that is not in these books took the number of one of ours on "
                + chain.id().name(),
            "somebody else uses its key; " + proof);
      }
      execution.append(
          transaction,
          stored,
          new JournalEvent.TransactionDead(stored.id(), attempt.number(), signed.id(), proof));
      List<Attempt> attempts = transaction.attempts(stored.id());
      long deaths = attempts.stream().filter(each -> each.state() == AttemptState.DEAD).count();
      if (deaths >= MOST_DEATHS) {
        execution.end(
            transaction,
            stored,
            IntentState.FAILED,
            "its transactions never landed and never can: " + proof);
      } else {
        new FeeBudget(execution.spec().mandate()).follow(transaction, stored);
      }
    });
  }
}
