package org.supercargo.testkit.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoreView;
import org.supercargo.engine.store.StoredIntent;
import org.supercargo.testkit.store.InMemoryAgentStore;

/// A store that can be put back to any earlier state, as if an older backup were restored: it
/// remembers every committed write and makes them again up to that point.
public final class RewindableStore implements AgentStore {
  private final List<Consumer<AgentStore>> committed = new ArrayList<>();
  private AgentStore store = new InMemoryAgentStore();

  /// How many writes were committed so far.
  public int position() {
    return committed.size();
  }

  /// Puts the state back to what it was after so many writes.
  public void rewind(int position) {
    committed.subList(position, committed.size()).clear();
    var restored = new InMemoryAgentStore();
    committed.forEach(write -> write.accept(restored));
    store = restored;
  }

  @Override
  public Optional<Lease> acquire(
      AgentId agent, String owner, Instant now, Duration length, long above) {
    Optional<Lease> lease = store.acquire(agent, owner, now, length, above);
    if (lease.isPresent()) {
      committed.add(restored -> restored.acquire(agent, owner, now, length, above));
    }
    return lease;
  }

  @Override
  public void renew(Lease lease, Instant now, Duration length) {
    store.renew(lease, now, length);
    committed.add(restored -> restored.renew(lease, now, length));
  }

  @Override
  public void release(Lease lease) {
    store.release(lease);
    committed.add(restored -> restored.release(lease));
  }

  @Override
  public <T> T transact(Lease lease, Function<StoreTransaction, T> work) {
    List<Consumer<StoreTransaction>> writes = new ArrayList<>();
    T result =
        store.transact(
            lease, transaction -> work.apply(new RecordedTransaction(transaction, writes)));
    if (!writes.isEmpty()) {
      committed.add(restored ->
          restored.transact(
              lease,
              transaction -> {
                writes.forEach(write -> write.accept(transaction));
                return lease;
              }));
    }
    return result;
  }

  @Override
  public void note(SignedApproval approval) {
    store.note(approval);
    committed.add(restored -> restored.note(approval));
  }

  @Override
  public <T> T read(Function<StoreView, T> work) {
    return store.read(work);
  }

  @Override
  public List<AgentId> agents() {
    return store.agents();
  }

  @Override
  public void close() {
    store.close();
  }

  private static final class RecordedTransaction extends ForwardedTransaction {
    private final List<Consumer<StoreTransaction>> writes;

    RecordedTransaction(StoreTransaction transaction, List<Consumer<StoreTransaction>> writes) {
      super(transaction);
      this.writes = writes;
    }

    @Override
    public void append(JournalRow row) {
      super.append(row);
      writes.add(transaction -> transaction.append(row));
    }

    @Override
    public void insert(StoredIntent intent) {
      super.insert(intent);
      writes.add(transaction -> transaction.insert(intent));
    }

    @Override
    public void move(IntentId id, IntentState from, IntentState to) {
      super.move(id, from, to);
      writes.add(transaction -> transaction.move(id, from, to));
    }

    @Override
    public void reserve(IntentId id, Reservation reservation, Instant at) {
      super.reserve(id, reservation, at);
      writes.add(transaction -> transaction.reserve(id, reservation, at));
    }

    @Override
    public void adjust(IntentId id, Reservation reservation) {
      super.adjust(id, reservation);
      writes.add(transaction -> transaction.adjust(id, reservation));
    }

    @Override
    public void release(IntentId id, String except) {
      super.release(id, except);
      writes.add(transaction -> transaction.release(id, except));
    }

    @Override
    public void knowPayees(Set<Address> payees, Instant at) {
      super.knowPayees(payees, at);
      writes.add(transaction -> transaction.knowPayees(payees, at));
    }

    @Override
    public void setAlarm(@Nullable String what) {
      super.setAlarm(what);
      writes.add(transaction -> transaction.setAlarm(what));
    }

    @Override
    public void insert(Attempt attempt) {
      super.insert(attempt);
      writes.add(transaction -> transaction.insert(attempt));
    }

    @Override
    public void update(Attempt attempt, AttemptState from) {
      super.update(attempt, from);
      writes.add(transaction -> transaction.update(attempt, from));
    }

    @Override
    public void setNextNonce(Address wallet, long next) {
      super.setNextNonce(wallet, next);
      writes.add(transaction -> transaction.setNextNonce(wallet, next));
    }

    @Override
    public boolean post(LedgerEntry entry) {
      writes.add(transaction -> transaction.post(entry));
      return super.post(entry);
    }

    @Override
    public void remember(MemoryNote note) {
      super.remember(note);
      writes.add(transaction -> transaction.remember(note));
    }

    @Override
    public void actOn(String order, Instant at) {
      super.actOn(order, at);
      writes.add(transaction -> transaction.actOn(order, at));
    }
  }
}
