package org.supercargo.testkit.engine;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// Writes through another transaction; a base for transactions that change something.
public class ForwardedTransaction extends ForwardedView implements StoreTransaction {
  private final StoreTransaction transaction;

  protected ForwardedTransaction(StoreTransaction transaction) {
    super(transaction);
    this.transaction = transaction;
  }

  @Override
  public void append(JournalRow row) {
    transaction.append(row);
  }

  @Override
  public void insert(StoredIntent intent) {
    transaction.insert(intent);
  }

  @Override
  public void move(IntentId id, IntentState from, IntentState to) {
    transaction.move(id, from, to);
  }

  @Override
  public void reserve(IntentId id, Reservation reservation, Instant at) {
    transaction.reserve(id, reservation, at);
  }

  @Override
  public void adjust(IntentId id, Reservation reservation) {
    transaction.adjust(id, reservation);
  }

  @Override
  public void release(IntentId id, String except) {
    transaction.release(id, except);
  }

  @Override
  public void knowPayees(Set<Address> payees, Instant at) {
    transaction.knowPayees(payees, at);
  }

  @Override
  public void setAlarm(@Nullable String what) {
    transaction.setAlarm(what);
  }

  @Override
  public void insert(Attempt attempt) {
    transaction.insert(attempt);
  }

  @Override
  public void update(Attempt attempt, AttemptState from) {
    transaction.update(attempt, from);
  }

  @Override
  public void setNextNonce(Address wallet, long next) {
    transaction.setNextNonce(wallet, next);
  }

  @Override
  public boolean post(LedgerEntry entry) {
    return transaction.post(entry);
  }

  @Override
  public void remember(MemoryNote note) {
    transaction.remember(note);
  }

  @Override
  public void actOn(String order, Instant at) {
    transaction.actOn(order, at);
  }
}
