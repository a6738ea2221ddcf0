package org.supercargo.testkit.engine;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;
import org.supercargo.engine.store.StoredIntent;

/// A store whose journal somebody changed.
record AlteredStore(AgentStore store, UnaryOperator<List<JournalRow>> change)
    implements AgentStore {
  @Override
  public <T> T read(Function<StoreView, T> work) {
    return store.read(view -> work.apply(new View(view, change)));
  }

  @Override
  public Optional<Lease> acquire(AgentId agent, String owner, Instant now, Duration length) {
    return store.acquire(agent, owner, now, length);
  }

  @Override
  public void renew(Lease lease, Instant now, Duration length) {
    store.renew(lease, now, length);
  }

  @Override
  public void release(Lease lease) {
    store.release(lease);
  }

  @Override
  public <T> T transact(Lease lease, Function<StoreTransaction, T> work) {
    return store.transact(lease, work);
  }

  @Override
  public List<AgentId> agents() {
    return store.agents();
  }

  @Override
  public void close() {
    store.close();
  }

  private record View(StoreView view, UnaryOperator<List<JournalRow>> change) implements StoreView {
    @Override
    public Optional<JournalRow> lastJournalRow(AgentId agent) {
      return view.lastJournalRow(agent);
    }

    @Override
    public List<JournalRow> journal(AgentId agent, long after, int limit) {
      return change.apply(view.journal(agent, after, limit));
    }

    @Override
    public List<JournalRow> journalOfTick(AgentId agent, long tick) {
      return change.apply(view.journalOfTick(agent, tick));
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
    public BigInteger reserved(AgentId agent, String rule, AssetId unit, Instant since) {
      return view.reserved(agent, rule, unit, since);
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
  }
}
