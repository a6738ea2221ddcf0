package org.supercargo.testkit.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreView;
import org.supercargo.engine.store.StoredIntent;

/// Asks the store anew for every read.
record CommittedState(AgentStore store) implements StoreView {
  @Override
  public Optional<JournalRow> lastJournalRow(AgentId agent) {
    return store.read(view -> view.lastJournalRow(agent));
  }

  @Override
  public List<JournalRow> journal(AgentId agent, long after, int limit) {
    return store.read(view -> view.journal(agent, after, limit));
  }

  @Override
  public List<JournalRow> journalOfTick(AgentId agent, long tick) {
    return store.read(view -> view.journalOfTick(agent, tick));
  }

  @Override
  public long lastTick(AgentId agent) {
    return store.read(view -> view.lastTick(agent));
  }

  @Override
  public Optional<StoredIntent> intent(IntentId id) {
    return store.read(view -> view.intent(id));
  }

  @Override
  public List<StoredIntent> openIntents(AgentId agent) {
    return store.read(view -> view.openIntents(agent));
  }

  @Override
  public List<Attempt> attempts(IntentId id) {
    return store.read(view -> view.attempts(id));
  }

  @Override
  public BigInteger reserved(BudgetQuestion question) {
    return store.read(view -> view.reserved(question));
  }

  @Override
  public long signatures(AgentId agent) {
    return store.read(view -> view.signatures(agent));
  }

  @Override
  public List<SignedApproval> approvals(IntentId id) {
    return store.read(view -> view.approvals(id));
  }

  @Override
  public Optional<Instant> payeeSince(AgentId agent, Address payee) {
    return store.read(view -> view.payeeSince(agent, payee));
  }

  @Override
  public Optional<String> alarm(AgentId agent) {
    return store.read(view -> view.alarm(agent));
  }

  @Override
  public OptionalLong nextNonce(Address wallet) {
    return store.read(view -> view.nextNonce(wallet));
  }

  @Override
  public List<AccountBalance> balances(AgentId agent) {
    return store.read(view -> view.balances(agent));
  }

  @Override
  public List<LedgerEntry> entries(AgentId agent) {
    return store.read(view -> view.entries(agent));
  }

  @Override
  public BigInteger spent(AgentId agent, String accountPrefix, AssetId asset, Instant since) {
    return store.read(view -> view.spent(agent, accountPrefix, asset, since));
  }

  @Override
  public List<MemoryNote> notes(AgentId agent, int limit) {
    return store.read(view -> view.notes(agent, limit));
  }

  @Override
  public Optional<ActedOrder> order(AgentId agent, String order) {
    return store.read(view -> view.order(agent, order));
  }
}
