package org.supercargo.engine;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// Journal rows in a list that a test may tamper with. Holds nothing else.
final class Rows implements StoreTransaction {
  final List<JournalRow> rows = new ArrayList<>();

  @Override
  public void append(JournalRow row) {
    rows.add(row);
  }

  @Override
  public Optional<JournalRow> lastJournalRow(AgentId agent) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast());
  }

  @Override
  public List<JournalRow> journal(AgentId agent, long after, int limit) {
    return rows.stream().filter(row -> row.sequence() > after).limit(limit).toList();
  }

  @Override
  public List<JournalRow> journalOfTick(AgentId agent, long tick) {
    return rows.stream().filter(row -> row.tick() == tick).toList();
  }

  @Override
  public long lastTick(AgentId agent) {
    return rows.stream().mapToLong(JournalRow::tick).max().orElse(0);
  }

  private static UnsupportedOperationException journalOnly() {
    return new UnsupportedOperationException("only the journal is here");
  }

  @Override
  public Optional<StoredIntent> intent(IntentId id) {
    throw journalOnly();
  }

  @Override
  public List<StoredIntent> openIntents(AgentId agent) {
    throw journalOnly();
  }

  @Override
  public List<Attempt> attempts(IntentId id) {
    throw journalOnly();
  }

  @Override
  public BigInteger reserved(BudgetQuestion question) {
    throw journalOnly();
  }

  @Override
  public long signatures(AgentId agent) {
    throw journalOnly();
  }

  @Override
  public List<SignedApproval> approvals(IntentId id) {
    throw journalOnly();
  }

  @Override
  public Optional<Instant> payeeSince(AgentId agent, Address payee) {
    throw journalOnly();
  }

  @Override
  public Optional<String> alarm(AgentId agent) {
    throw journalOnly();
  }

  @Override
  public OptionalLong nextNonce(Address wallet) {
    throw journalOnly();
  }

  @Override
  public List<AccountBalance> balances(AgentId agent) {
    throw journalOnly();
  }

  @Override
  public List<LedgerEntry> entries(AgentId agent) {
    throw journalOnly();
  }

  @Override
  public BigInteger spent(AgentId agent, String accountPrefix, AssetId asset, Instant since) {
    throw journalOnly();
  }

  @Override
  public List<MemoryNote> notes(AgentId agent, int limit) {
    throw journalOnly();
  }

  @Override
  public void insert(StoredIntent intent) {
    throw journalOnly();
  }

  @Override
  public void move(IntentId id, IntentState from, IntentState to) {
    throw journalOnly();
  }

  @Override
  public void reserve(IntentId id, Reservation reservation, Instant at) {
    throw journalOnly();
  }

  @Override
  public void adjust(IntentId id, Reservation reservation) {
    throw journalOnly();
  }

  @Override
  public void release(IntentId id, String except) {
    throw journalOnly();
  }

  @Override
  public void knowPayees(Set<Address> payees, Instant at) {
    throw journalOnly();
  }

  @Override
  public void setAlarm(@Nullable String what) {
    throw journalOnly();
  }

  @Override
  public void insert(Attempt attempt) {
    throw journalOnly();
  }

  @Override
  public void update(Attempt attempt, AttemptState from) {
    throw journalOnly();
  }

  @Override
  public void setNextNonce(Address wallet, long next) {
    throw journalOnly();
  }

  @Override
  public boolean post(LedgerEntry entry) {
    throw journalOnly();
  }

  @Override
  public void remember(MemoryNote note) {
    throw journalOnly();
  }

  @Override
  public Optional<ActedOrder> order(AgentId agent, String order) {
    throw journalOnly();
  }

  @Override
  public void actOn(String order, Instant at) {
    throw journalOnly();
  }
}
