package org.supercargo.testkit.engine;

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
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreView;
import org.supercargo.engine.store.StoredIntent;

/// Reads through another view; a base for views that change something.
public class ForwardedView implements StoreView {
  private final StoreView view;

  protected ForwardedView(StoreView view) {
    this.view = view;
  }

  @Override
  public Optional<JournalRow> lastJournalRow(AgentId agent) {
    return view.lastJournalRow(agent);
  }

  @Override
  public List<JournalRow> journal(AgentId agent, long after, int limit) {
    return view.journal(agent, after, limit);
  }

  @Override
  public List<JournalRow> journalOfTick(AgentId agent, long tick) {
    return view.journalOfTick(agent, tick);
  }

  @Override
  public long lastTick(AgentId agent) {
    return view.lastTick(agent);
  }

  @Override
  public Optional<StoredIntent> intent(IntentId id) {
    return view.intent(id);
  }

  @Override
  public List<StoredIntent> openIntents(AgentId agent) {
    return view.openIntents(agent);
  }

  @Override
  public List<Attempt> attempts(IntentId id) {
    return view.attempts(id);
  }

  @Override
  public BigInteger reserved(BudgetQuestion question) {
    return view.reserved(question);
  }

  @Override
  public long signatures(AgentId agent) {
    return view.signatures(agent);
  }

  @Override
  public List<SignedApproval> approvals(IntentId id) {
    return view.approvals(id);
  }

  @Override
  public Optional<Instant> payeeSince(AgentId agent, Address payee) {
    return view.payeeSince(agent, payee);
  }

  @Override
  public Optional<String> alarm(AgentId agent) {
    return view.alarm(agent);
  }

  @Override
  public OptionalLong nextNonce(Address wallet) {
    return view.nextNonce(wallet);
  }

  @Override
  public List<AccountBalance> balances(AgentId agent) {
    return view.balances(agent);
  }

  @Override
  public List<LedgerEntry> entries(AgentId agent) {
    return view.entries(agent);
  }

  @Override
  public BigInteger spent(AgentId agent, String accountPrefix, AssetId asset, Instant since) {
    return view.spent(agent, accountPrefix, asset, since);
  }

  @Override
  public List<MemoryNote> notes(AgentId agent, int limit) {
    return view.notes(agent, limit);
  }

  @Override
  public Optional<ActedOrder> order(AgentId agent, String order) {
    return view.order(agent, order);
  }
}
