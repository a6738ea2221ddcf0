package org.supercargo.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.ledger.Posting;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// Writes within one transaction that holds an agent's lock.
///
/// Refusals are found by counting rows, not by breaking constraints, because PostgreSQL gives up a
/// transaction after a broken one.
final class SqlTransaction extends SqlView implements StoreTransaction {
  private final AgentId agent;
  private final Reservations reservations;

  SqlTransaction(Handle handle, Dialect dialect, Rows rows, AgentId agent) {
    super(handle, dialect, rows);
    this.agent = agent;
    this.reservations = new Reservations(handle, dialect);
  }

  @Override
  public void append(JournalRow row) {
    requireOwn(row.agent());
    int appended =
        handle
            .createUpdate(
                """
                insert into journal (agent, sequence, tick, at_nanos, event_type, payload, hash)
                select :agent, :sequence, :tick, :at, :type, :payload, :hash
                where :sequence =
                  1 + coalesce((select max(sequence) from journal where agent = :agent), 0)
                """)
            .bind("agent", row.agent().value())
            .bind("sequence", row.sequence())
            .bind("tick", row.tick())
            .bind("at", EpochNanoseconds.of(row.at()))
            .bind("type", StorableText.of(row.type()))
            .bind("payload", StorableText.of(row.payload()))
            .bind("hash", StorableText.of(row.hash()))
            .execute();
    if (appended == 0) {
      long next = lastJournalRow(agent).map(last -> last.sequence() + 1).orElse(1L);
      throw new IllegalStateException(
          "journal row " + row.sequence() + " of " + agent + " came where " + next + " is next");
    }
  }

  @Override
  public void insert(StoredIntent intent) {
    requireOwn(intent.id().agent());
    int inserted =
        onIntent(
                handle.createUpdate(
                    """
                    insert into intent
                      (agent, tick, sequence, payload, rule_name, origins, state, at_nanos)
                    values (:agent, :tick, :sequence, :payload, :rule, :origins, :state, :at)
                    on conflict do nothing
                    """),
                intent.id())
            .bind("payload", StorableText.of(rows.json().write(intent.intent())))
            .bind("rule", StorableText.of(intent.rule()))
            .bind("origins", rows.origins(intent))
            .bind("state", intent.state().name())
            .bind("at", EpochNanoseconds.of(intent.at()))
            .execute();
    if (inserted == 0) {
      throw new IllegalStateException("intent " + intent.id() + " exists");
    }
  }

  @Override
  public void move(IntentId id, IntentState from, IntentState to) {
    requireOwn(id.agent());
    int moved =
        onIntent(
                handle.createUpdate(
                    "update intent set state = :to where state = :from and " + Rows.IS_INTENT),
                id)
            .bind("from", from.name())
            .bind("to", to.name())
            .execute();
    if (moved == 0) {
      throw new IllegalStateException(
          "intent "
              + id
              + intent(id)
                  .map(stored -> " is " + stored.state() + ", not " + from)
                  .orElse(" does not exist"));
    }
  }

  @Override
  public void reserve(IntentId id, Reservation reservation, Instant at) {
    requireOwn(id.agent());
    reservations.reserve(id, reservation, at);
  }

  @Override
  public void adjust(IntentId id, Reservation reservation) {
    requireOwn(id.agent());
    reservations.adjust(id, reservation);
  }

  @Override
  public void release(IntentId id, String except) {
    requireOwn(id.agent());
    reservations.release(id, except);
  }

  /// Holds back further decisions until this transaction ends, so that none is noted for an intent
  /// that this transaction, which did not see it, moves on.
  @Override
  public List<SignedApproval> approvals(IntentId id) {
    onIntent(
            handle.createQuery(
                "select sequence from intent where " + Rows.IS_INTENT + dialect.lockRow()),
            id)
        .mapTo(Integer.class)
        .findOne();
    return super.approvals(id);
  }

  @Override
  public void knowPayees(Set<Address> payees, Instant at) {
    Set<String> known = payees.stream().map(Rows::account).collect(Collectors.toSet());
    Set<String> before =
        of(agent, "select account from payee where agent = :agent").mapTo(String.class).set();
    var strangers =
        handle.prepareBatch("delete from payee where agent = :agent and account = :old");
    before.stream()
        .filter(account -> !known.contains(account))
        .forEach(account -> strangers.bind("agent", agent.value()).bind("old", account).add());
    execute(strangers);
    var arrivals =
        handle.prepareBatch(
            "insert into payee (agent, account, at_nanos) values (:agent, :account, :at)");
    long since = EpochNanoseconds.of(at);
    known.stream()
        .filter(account -> !before.contains(account))
        .forEach(account ->
            arrivals.bind("agent", agent.value()).bind("account", account).bind("at", since).add());
    execute(arrivals);
  }

  @Override
  public void setAlarm(@Nullable String what) {
    handle
        .createUpdate("update agent set alarm = :what where name = :agent")
        .bind("agent", agent.value())
        .bind("what", what == null ? null : StorableText.of(what))
        .execute();
  }

  private static void execute(PreparedBatch batch) {
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  @Override
  public void insert(Attempt attempt) {
    requireOwn(attempt.intent().agent());
    var insert =
        handle
            .createUpdate(
                """
                insert into attempt
                  (agent, tick, sequence, number, state, completes, unsigned_bytes, validity,
                   fee, simulation, transaction_chain, transaction_id, signed_bytes, at_nanos)
                select agent, tick, sequence, :number, :state, :completes, :unsigned, :validity,
                  :fee, :simulation, :chain, :transaction, :signed, :at
                from intent where %s
                on conflict do nothing
                """
                    .formatted(Rows.IS_INTENT))
            .bind("completes", attempt.completes() ? 1 : 0)
            .bind("unsigned", attempt.unsigned().toArray())
            .bind("validity", rows.json().write(attempt.validity()))
            .bind("fee", dialect.amount(attempt.fee()))
            .bind("simulation", rows.simulation(attempt))
            .bind("at", EpochNanoseconds.of(attempt.at()));
    if (outcome(insert, attempt).execute() == 0) {
      throw new IllegalStateException(
          name(attempt)
              + (intent(attempt.intent()).isPresent() ? " exists" : " has no stored intent"));
    }
  }

  @Override
  public void update(Attempt attempt, AttemptState from) {
    requireOwn(attempt.intent().agent());
    var update =
        handle
            .createUpdate(
                """
                update attempt set state = :state, transaction_chain = :chain,
                  transaction_id = :transaction, signed_bytes = :signed
                where number = :number and state = :from and %s
                """
                    .formatted(Rows.IS_INTENT))
            .bind("from", from.name());
    if (outcome(update, attempt).execute() == 0) {
      Optional<Attempt> stored =
          attempts(attempt.intent()).stream()
              .filter(each -> each.number() == attempt.number())
              .findFirst();
      throw new IllegalStateException(
          name(attempt)
              + stored
                  .map(found -> " is " + found.state() + ", not " + from)
                  .orElse(" does not exist"));
    }
  }

  private static <S extends SqlStatement<S>> S outcome(S statement, Attempt attempt) {
    @Nullable TransactionId transaction = attempt.transaction();
    @Nullable Bytes signed = attempt.signed();
    return onIntent(statement, attempt.intent())
        .bind("number", attempt.number())
        .bind("state", attempt.state().name())
        .bind("chain", transaction == null ? null : transaction.chain().toString())
        .bind("transaction", transaction == null ? null : StorableText.of(transaction.text()))
        .bind("signed", signed == null ? null : signed.toArray());
  }

  private static String name(Attempt attempt) {
    return "attempt " + attempt.number() + " of intent " + attempt.intent();
  }

  @Override
  public OptionalLong nextNonce(Address wallet) {
    dialect.lockWallet(handle, Rows.account(wallet));
    return super.nextNonce(wallet);
  }

  @Override
  public void setNextNonce(Address wallet, long next) {
    dialect.lockWallet(handle, Rows.account(wallet));
    handle
        .createUpdate(
            """
            insert into wallet (account, next_nonce) values (:account, :next)
            on conflict (account) do update set next_nonce = excluded.next_nonce
            """)
        .bind("account", Rows.account(wallet))
        .bind("next", next)
        .execute();
  }

  @Override
  public boolean post(LedgerEntry entry) {
    requireOwn(entry.agent());
    Optional<Long> number =
        handle
            .createQuery(
                """
                insert into ledger_entry
                  (agent, number, entry_key, at_nanos, description, reference)
                select :agent,
                  1 + coalesce((select max(number) from ledger_entry where agent = :agent), 0),
                  :key, :at, :description, :reference
                where not exists
                  (select 1 from ledger_entry where agent = :agent and entry_key = :key)
                returning number
                """)
            .bind("agent", entry.agent().value())
            .bind("key", StorableText.of(entry.key()))
            .bind("at", EpochNanoseconds.of(entry.at()))
            .bind("description", StorableText.of(entry.description()))
            .bind("reference", StorableText.of(entry.reference()))
            .mapTo(Long.class)
            .findOne();
    number.ifPresent(posted -> post(entry, posted));
    return number.isPresent();
  }

  private void post(LedgerEntry entry, long number) {
    var batch =
        handle.prepareBatch(
            """
            insert into posting (agent, number, line, account, asset, amount)
            values (:agent, :number, :line, :account, :asset, :amount)
            """);
    Map<Account, BigInteger> changes = new LinkedHashMap<>();
    int line = 0;
    for (Posting posting : entry.postings()) {
      var account = new Account(posting.account(), posting.asset().toString());
      account
          .named(batch.bind("agent", agent.value()))
          .bind("number", number)
          .bind("line", ++line)
          .bind("amount", dialect.amount(posting.baseUnits()))
          .add();
      changes.merge(account, posting.baseUnits(), BigInteger::add);
    }
    execute(batch);
    addToBalances(changes);
  }

  private record Account(String name, String asset) {
    private PreparedBatch named(PreparedBatch batch) {
      return batch.bind("account", StorableText.of(name)).bind("asset", StorableText.of(asset));
    }
  }

  private void addToBalances(Map<Account, BigInteger> changes) {
    var batch =
        handle.prepareBatch(
            """
            insert into balance (agent, account, asset, amount)
            values (:agent, :account, :asset, :change)
            on conflict (agent, account, asset) do update set amount = %s
            """
                .formatted(dialect.plus("balance")));
    changes.forEach((account, change) ->
        account
            .named(batch.bind("agent", agent.value()))
            .bind("change", dialect.amount(change))
            .add());
    execute(batch);
  }

  @Override
  public void remember(MemoryNote note) {
    long number =
        handle
            .createQuery(
                """
                insert into note (agent, number, words, source, tick, at_nanos)
                select :agent, 1 + coalesce((select max(number) from note where agent = :agent), 0),
                  :words, :source, :tick, :at
                returning number
                """)
            .bind("agent", agent.value())
            .bind("words", StorableText.of(note.text()))
            .bind("source", note.source().name())
            .bind("tick", note.tick())
            .bind("at", EpochNanoseconds.of(note.at()))
            .mapTo(Long.class)
            .one();
    handle
        .createUpdate("delete from note where agent = :agent and number <= :forgotten")
        .bind("agent", agent.value())
        .bind("forgotten", number - MOST_NOTES)
        .execute();
  }

  @Override
  public void actOn(String order, Instant at) {
    int acted =
        handle
            .createUpdate(
                """
                insert into standing_order (agent, name, times, last_nanos)
                values (:agent, :order, 1, :at)
                on conflict (agent, name) do update
                set times = standing_order.times + 1, last_nanos = excluded.last_nanos
                where standing_order.last_nanos < excluded.last_nanos
                """)
            .bind("agent", agent.value())
            .bind("order", StorableText.of(order))
            .bind("at", EpochNanoseconds.of(at))
            .execute();
    if (acted == 0) {
      throw new IllegalStateException(
          "order " + order + " acted for " + at + " or later before, and acts once for a moment");
    }
  }

  private void requireOwn(AgentId other) {
    if (!other.equals(agent)) {
      throw new IllegalArgumentException(
          "a row of agent " + other + " was written under the lease of agent " + agent);
    }
  }
}
