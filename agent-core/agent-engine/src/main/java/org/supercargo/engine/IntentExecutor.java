package org.supercargo.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.ContractCall;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// Drives an admitted intent to a final state, from wherever a crash left it.
///
/// Each step writes what it is about to do before it does it: unsigned bytes before the signer is
/// asked, signed bytes before they are sent. The same bytes are sent until the chain proves them
/// landed or dead, so driving an intent twice, or by two processes in turn, does nothing twice.
final class IntentExecutor {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration RESEND = Duration.ofSeconds(2);

  private final AgentSpec spec;
  private final AgentStore store;
  private final Lease lease;
  private final Journal journal;
  private final Bookkeeper books;
  private final Signer signer;
  private final Map<ChainId, Chain> chains;
  private final Map<String, SwapVenue> venues;
  private final Map<ChainId, Address> wallets;
  private final InstantSource clock;
  private final Pause pause;
  private final Duration patience;
  private final Numbering numbering;
  private final Conclusion conclusion;

  /// @param patience how long one call waits for a transaction to become final before it reports
  ///   that the outcome is not known yet
  IntentExecutor(
      AgentSpec spec,
      AgentStore store,
      Lease lease,
      Journal journal,
      Bookkeeper books,
      Signer signer,
      Map<ChainId, Chain> chains,
      Map<String, SwapVenue> venues,
      Map<ChainId, Address> wallets,
      InstantSource clock,
      Pause pause,
      Duration patience) {
    this.spec = spec;
    this.store = store;
    this.lease = lease;
    this.journal = journal;
    this.books = books;
    this.signer = signer;
    this.chains = chains;
    this.venues = venues;
    this.wallets = wallets;
    this.clock = clock;
    this.pause = pause;
    this.patience = patience;
    this.numbering = new Numbering(store, spec.id());
    this.conclusion = new Conclusion(store, journal);
  }

  /// Goes on with an intent until it is final or patience ends.
  ActionResult execute(IntentId id) {
    Instant until = clock.instant().plus(patience);
    while (true) {
      StoredIntent stored = stored(id);
      List<Attempt> attempts = store.read(view -> view.attempts(id));
      Optional<Attempt> last =
          attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
      if (stored.state().isFinal()) {
        return conclusion.of(stored, last);
      }
      String obstacle;
      try {
        obstacle = step(stored, last);
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
      if (obstacle != null) {
        if (!clock.instant().isBefore(until) || Thread.currentThread().isInterrupted()) {
          return new ActionResult.Unresolved(
              id.toString(),
              stored.intent().summary() + ": " + obstacle + "; it will be followed up");
        }
        pause.of(POLL);
      }
    }
  }

  private StoredIntent stored(IntentId id) {
    return store
        .read(view -> view.intent(id))
        .orElseThrow(() -> SupercargoException.bug("Intent " + id + " is not stored", null));
  }

  /// Does the next thing.
  ///
  /// @return null when something moved on, or what is being waited for
  private @Nullable String step(StoredIntent stored, Optional<Attempt> last) {
    if (last.isEmpty()) {
      prepare(stored, 1);
      return null;
    }
    Attempt attempt = last.get();
    return switch (attempt.state()) {
      case PREPARED -> sign(stored, attempt);
      case SIGNED -> send(stored, attempt);
      case SENT -> follow(stored, attempt);
      case LANDED -> {
        // A preparing approval landed; the movement itself is next.
        prepare(stored, attempt.number() + 1);
        yield null;
      }
      case FAILED, DEAD, REFUSED ->
          throw SupercargoException.bug(
              "Intent " + stored.id() + " is open though its attempt is " + attempt.state(), null);
    };
  }

  private void prepare(StoredIntent stored, int number) {
    Intent intent = stored.intent();
    Chain chain = chain(intent);
    Address wallet = wallet(intent);
    List<ContractCall> calls;
    Draft draft;
    try {
      calls = calls(intent, wallet);
      long nonce = numbering.next(chain, wallet);
      draft =
          chain.prepare(
              new DraftRequest(intent, wallet, calls.isEmpty() ? null : calls.getFirst(), nonce));
    } catch (SupercargoException e) {
      if (e.category() == SupercargoException.Category.TRANSIENT) {
        throw e;
      }
      finish(stored, number, IntentState.FAILED, (e.what() + ". " + e.advice()).strip());
      return;
    }
    Verdict.Deny denial =
        spec.mandate().judgeEffects(intent, stored.rule(), wallet, draft.effects());
    if (denial == null) {
      denial = spec.mandate().judgeSimulation(intent, draft.simulation());
    }
    var prepared =
        new JournalEvent.TransactionPrepared(
            stored.id(), number, draft.effects(), draft.simulation());
    if (denial != null) {
      String rule = denial.rule();
      String reason = denial.reason();
      transact(
          stored,
          transaction -> {
            append(transaction, stored, prepared);
            append(
                transaction,
                stored,
                new JournalEvent.TransactionRefused(stored.id(), number, "runtime", rule, reason));
            end(transaction, stored, IntentState.REFUSED, rule + ": " + reason);
          });
      return;
    }
    var attempt =
        new Attempt(
            stored.id(),
            number,
            AttemptState.PREPARED,
            calls.size() <= 1,
            draft.unsigned(),
            draft.validity(),
            null,
            null,
            now());
    transact(
        stored,
        transaction -> {
          transaction.insert(attempt);
          numbering.take(transaction, wallet, draft.validity());
          if (stored.state() == IntentState.RESERVED) {
            transaction.move(stored.id(), IntentState.RESERVED, IntentState.EXECUTING);
          }
          append(transaction, stored, prepared);
        });
  }

  private List<ContractCall> calls(Intent intent, Address wallet) {
    return switch (intent) {
      case Intent.Transfer _ -> List.of();
      case Intent.Swap swap -> {
        SwapVenue venue = venues.get(swap.venue());
        if (venue == null) {
          throw SupercargoException.user(
              "The venue " + swap.venue() + " is not configured",
              "Add its plugin to the agent file.");
        }
        yield venue.calls(swap, wallet);
      }
    };
  }

  private @Nullable String sign(StoredIntent stored, Attempt attempt) {
    SignAnswer answer =
        signer.sign(
            new SignRequest(
                stored.id(),
                attempt.number(),
                stored.intent().chain(),
                stored.intent(),
                attempt.unsigned()));
    switch (answer) {
      case SignAnswer.Signed signed ->
          transact(
              stored,
              transaction -> {
                transaction.update(
                    attempt.signed(signed.transaction(), signed.bytes()), AttemptState.PREPARED);
                append(
                    transaction,
                    stored,
                    new JournalEvent.TransactionSigned(
                        stored.id(), attempt.number(), signed.transaction()));
              });
      case SignAnswer.Refused refused ->
          transact(
              stored,
              transaction -> {
                transaction.update(attempt.in(AttemptState.REFUSED), AttemptState.PREPARED);
                numbering.giveBack(transaction, wallet(stored.intent()), attempt.validity());
                append(
                    transaction,
                    stored,
                    new JournalEvent.TransactionRefused(
                        stored.id(), attempt.number(), "signer", refused.rule(), refused.reason()));
                end(
                    transaction,
                    stored,
                    IntentState.REFUSED,
                    "signer, " + refused.rule() + ": " + refused.reason());
              });
    }
    return null;
  }

  private @Nullable String send(StoredIntent stored, Attempt attempt) {
    SubmitResult result = chain(stored.intent()).submit(signed(attempt));
    String answer =
        switch (result) {
          case SubmitResult.Accepted _ -> "accepted";
          case SubmitResult.Rejected rejected -> "rejected: " + rejected.reason();
          case SubmitResult.NoAnswer none -> "no answer: " + none.reason();
        };
    transact(
        stored,
        transaction -> {
          transaction.update(attempt.in(AttemptState.SENT), AttemptState.SIGNED);
          append(
              transaction,
              stored,
              new JournalEvent.TransactionSent(
                  stored.id(), attempt.number(), signed(attempt).id(), answer));
        });
    return null;
  }

  private @Nullable String follow(StoredIntent stored, Attempt attempt) {
    Intent intent = stored.intent();
    Chain chain = chain(intent);
    SignedTransaction transaction = signed(attempt);
    List<Asset> assets =
        spec.assets().stream().filter(asset -> asset.chain().equals(chain.id())).toList();
    Instant resendAt = clock.instant().plus(RESEND);
    while (true) {
      TransactionStatus status = chain.status(transaction, wallet(intent), assets);
      switch (status) {
        case TransactionStatus.Final landed -> {
          settle(stored, attempt, landed.receipt());
          return null;
        }
        case TransactionStatus.Dead dead -> {
          bury(stored, attempt, dead.proof());
          return null;
        }
        case TransactionStatus.Seen _ -> {
          return "transaction " + transaction.id() + " is not final yet";
        }
        case TransactionStatus.Unseen _ -> {
          if (clock.instant().isBefore(resendAt)) {
            pause.of(POLL);
            if (Thread.currentThread().isInterrupted()) {
              return "interrupted";
            }
          } else {
            chain.submit(transaction);
            return "transaction " + transaction.id() + " is not on the chain yet";
          }
        }
      }
    }
  }

  private void settle(StoredIntent stored, Attempt attempt, Receipt receipt) {
    AttemptState state = receipt.succeeded() ? AttemptState.LANDED : AttemptState.FAILED;
    transact(
        stored,
        transaction -> {
          transaction.update(attempt.in(state), AttemptState.SENT);
          numbering.useUp(transaction, wallet(stored.intent()), attempt.validity());
          append(
              transaction,
              stored,
              new JournalEvent.TransactionFinal(stored.id(), attempt.number(), receipt));
          books.receipt(transaction, stored.intent(), receipt);
          if (!receipt.succeeded()) {
            end(
                transaction,
                stored,
                IntentState.FAILED,
                "the transaction failed: " + receipt.error());
          } else if (attempt.completes()) {
            end(transaction, stored, IntentState.SETTLED, null);
          }
        });
  }

  private void bury(StoredIntent stored, Attempt attempt, String proof) {
    Intent intent = stored.intent();
    Chain chain = chain(intent);
    long onChain =
        attempt.validity() instanceof Validity.Nonce ? chain.nextNonce(wallet(intent)) : 0;
    transact(
        stored,
        transaction -> {
          transaction.update(attempt.in(AttemptState.DEAD), AttemptState.SENT);
          if (attempt.validity() instanceof Validity.Nonce) {
            transaction.setNextNonce(wallet(intent), onChain);
          }
          append(
              transaction,
              stored,
              new JournalEvent.TransactionDead(
                  stored.id(), attempt.number(), signed(attempt).id(), proof));
          end(
              transaction,
              stored,
              IntentState.FAILED,
              "the transaction never landed and never can: " + proof);
        });
  }

  private void finish(StoredIntent stored, int attempt, IntentState state, String reason) {
    transact(
        stored,
        transaction -> {
          append(
              transaction,
              stored,
              new JournalEvent.TransactionRefused(
                  stored.id(), attempt, "chain", "prepare", reason));
          end(transaction, stored, state, reason);
        });
  }

  private void end(
      StoreTransaction transaction,
      StoredIntent stored,
      IntentState state,
      @Nullable String reason) {
    IntentState current =
        transaction.intent(stored.id()).map(StoredIntent::state).orElse(stored.state());
    transaction.move(stored.id(), current, state);
    if (state != IntentState.SETTLED) {
      transaction.release(stored.id());
    }
    append(transaction, stored, new JournalEvent.IntentFinished(stored.id(), state, reason));
  }

  private void transact(StoredIntent stored, java.util.function.Consumer<StoreTransaction> work) {
    store.transact(
        lease,
        transaction -> {
          work.accept(transaction);
          return stored.id();
        });
  }

  private void append(StoreTransaction transaction, StoredIntent stored, JournalEvent event) {
    journal.append(transaction, stored.id().agent(), stored.id().tick().number(), event);
  }

  private static SignedTransaction signed(Attempt attempt) {
    if (attempt.transaction() == null || attempt.signed() == null) {
      throw SupercargoException.bug(
          "Attempt " + attempt.number() + " of " + attempt.intent() + " has no signed bytes", null);
    }
    return new SignedTransaction(attempt.transaction(), attempt.signed(), attempt.validity());
  }

  private Chain chain(Intent intent) {
    Chain chain = chains.get(intent.chain());
    if (chain == null) {
      throw SupercargoException.user(
          "No plugin connects to " + intent.chain().name(), "Configure the chain.");
    }
    return chain;
  }

  private Address wallet(Intent intent) {
    Address wallet = wallets.get(intent.chain());
    if (wallet == null) {
      throw SupercargoException.user(
          "The agent has no wallet on " + intent.chain().name(), "Add one to the agent file.");
    }
    return wallet;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
