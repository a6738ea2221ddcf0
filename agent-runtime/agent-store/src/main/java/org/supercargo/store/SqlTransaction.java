package org.supercargo.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
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

  SqlTransaction(Handle handle, Dialect dialect, Rows rows, AgentId agent) {
    super(handle, dialect, rows);
    this.agent = agent;
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
                      (agent, tick, sequence, payload, rule_name, state, at_nanos)
                    values (:agent, :tick, :sequence, :payload, :rule, :state, :at)
                    on conflict do nothing
                    """),
                intent.id())
            .bind("payload", StorableText.of(rows.json().write(intent.intent())))
            .bind("rule", StorableText.of(intent.rule()))
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
    int reserved =
        onIntent(
                handle.createUpdate(
                    """
                    insert into reservation
                      (agent, tick, sequence, number, rule_name, unit, amount, at_nanos)
                    select agent, tick, sequence,
                      (select 1 + count(*) from reservation where %1$s),
                      :rule, :unit, :amount, :at
                    from intent where %1$s
                    """
                        .formatted(Rows.IS_INTENT)),
                id)
            .bind("rule", StorableText.of(reservation.rule()))
            .bind("unit", StorableText.of(reservation.unit().toString()))
            .bind("amount", dialect.amount(reservation.baseUnits()))
            .bind("at", EpochNanoseconds.of(at))
            .execute();
    if (reserved == 0) {
      throw new IllegalStateException("intent " + id + " does not exist");
    }
  }

  @Override
  public void release(IntentId id) {
    requireOwn(id.agent());
    onIntent(
            handle.createUpdate(
                "update reservation set released = 1 where released = 0 and " + Rows.IS_INTENT),
            id)
        .execute();
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
                   transaction_chain, transaction_id, signed_bytes, at_nanos)
                select agent, tick, sequence, :number, :state, :completes, :unsigned, :validity,
                  :chain, :transaction, :signed, :at
                from intent where %s
                on conflict do nothing
                """
                    .formatted(Rows.IS_INTENT))
            .bind("completes", attempt.completes() ? 1 : 0)
            .bind("unsigned", attempt.unsigned().toArray())
            .bind("validity", rows.json().write(attempt.validity()))
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
                select :agent, 1 + coalesce(max(number), 0), :key, :at, :description, :reference
                from ledger_entry where agent = :agent
                on conflict (agent, entry_key) do nothing
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
    if (entry.postings().isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            """
            insert into posting (agent, number, line, account, asset, amount)
            values (:agent, :number, :line, :account, :asset, :amount)
            """);
    int line = 0;
    for (Posting posting : entry.postings()) {
      batch
          .bind("agent", entry.agent().value())
          .bind("number", number)
          .bind("line", ++line)
          .bind("account", StorableText.of(posting.account()))
          .bind("asset", StorableText.of(posting.asset().toString()))
          .bind("amount", dialect.amount(posting.baseUnits()))
          .add();
    }
    batch.execute();
  }

  private void requireOwn(AgentId other) {
    if (!other.equals(agent)) {
      throw new IllegalArgumentException(
          "a row of agent " + other + " was written under the lease of agent " + agent);
    }
  }
}
