package org.supercargo.engine;

import java.util.List;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.engine.store.StoredIntent;

/// Asks the signer for an attempt's signature and stores the answer.
record Signing(Execution execution, Numbering numbering, MarketFacts market, Signer signer) {

  void sign(StoredIntent stored, Attempt attempt) {
    SignAnswer answer = signer.sign(request(stored, attempt));
    switch (answer) {
      case SignAnswer.Signed signed -> keep(stored, attempt, signed);
      case SignAnswer.Refused refused -> refuse(stored, attempt, refused);
      case SignAnswer.Halted halted -> {
        if (halted.cause() == SignAnswer.Cause.FENCED) {
          throw new StaleLeaseException(execution.lease());
        }
        throw SupercargoException.external(halted.reason(), halted.advice(), null);
      }
    }
  }

  private SignRequest request(StoredIntent stored, Attempt attempt) {
    Intent intent = stored.intent();
    long known = execution.store().read(view -> view.signatures(stored.id().agent()));
    return new SignRequest(
        stored.id(),
        attempt.number(),
        intent.chain(),
        intent,
        attempt.unsigned(),
        attempt.validity(),
        execution.lease().fence(),
        known,
        evidence(stored, attempt));
  }

  private Evidence evidence(StoredIntent stored, Attempt attempt) {
    MarketFacts.Observed observed = market.observe(stored.intent());
    return execution
        .store()
        .read(view ->
            new Evidence(
                attempt.simulation(),
                observed.balance(),
                observed.prices(),
                stored.origins(),
                view.approvals(stored.id()),
                attempt.number() == 1 ? List.of() : deaths(view, stored)));
  }

  private List<Evidence.Death> deaths(
      org.supercargo.engine.store.StoreView view, StoredIntent stored) {
    return execution
        .journal()
        .executionEvents(view, stored.id().agent(), stored.id().tick().number())
        .stream()
        .filter(JournalEvent.TransactionDead.class::isInstance)
        .map(JournalEvent.TransactionDead.class::cast)
        .filter(dead -> dead.id().equals(stored.id()))
        .map(dead -> new Evidence.Death(dead.attempt(), dead.proof()))
        .toList();
  }

  private void keep(StoredIntent stored, Attempt attempt, SignAnswer.Signed signed) {
    execution.transact(transaction -> {
      transaction.update(
          attempt.signed(signed.transaction(), signed.bytes()), AttemptState.PREPARED);
      execution.append(
          transaction,
          stored,
          new JournalEvent.TransactionSigned(stored.id(), attempt.number(), signed.transaction()));
    });
  }

  private void refuse(StoredIntent stored, Attempt attempt, SignAnswer.Refused refused) {
    execution.transact(transaction -> {
      transaction.update(attempt.in(AttemptState.REFUSED), AttemptState.PREPARED);
      numbering.giveBack(transaction, execution.wallet(stored.intent()), attempt.validity());
      execution.append(
          transaction,
          stored,
          new JournalEvent.TransactionRefused(
              stored.id(), attempt.number(), "signer", refused.rule(), refused.reason()));
      execution.end(
          transaction,
          stored,
          IntentState.REFUSED,
          "signer, " + refused.rule() + ": " + refused.reason());
    });
  }
}
