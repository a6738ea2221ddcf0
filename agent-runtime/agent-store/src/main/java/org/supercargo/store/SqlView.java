package org.supercargo.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.ledger.AccountBalance;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.ledger.Posting;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreView;
import org.supercargo.engine.store.StoredIntent;

/// Reads within one transaction.
class SqlView implements StoreView {
  final Handle handle;
  final Dialect dialect;
  final Rows rows;

  SqlView(Handle handle, Dialect dialect, Rows rows) {
    this.handle = handle;
    this.dialect = dialect;
    this.rows = rows;
  }

  @Override
  public Optional<JournalRow> lastJournalRow(AgentId agent) {
    return of(agent, "select * from journal where agent = :agent order by sequence desc limit 1")
        .map((row, _) -> rows.journal(row))
        .findOne();
  }

  @Override
  public List<JournalRow> journal(AgentId agent, long after, int limit) {
    return of(
            agent,
            "select * from journal where agent = :agent and sequence > :after"
                + " order by sequence limit :limit")
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> rows.journal(row))
        .list();
  }

  @Override
  public List<JournalRow> journalOfTick(AgentId agent, long tick) {
    return of(
            agent, "select * from journal where agent = :agent and tick = :tick order by sequence")
        .bind("tick", tick)
        .map((row, _) -> rows.journal(row))
        .list();
  }

  @Override
  public long lastTick(AgentId agent) {
    return of(agent, "select coalesce(max(tick), 0) from journal where agent = :agent")
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Optional<StoredIntent> intent(IntentId id) {
    return onIntent(handle.createQuery("select * from intent where " + Rows.IS_INTENT), id)
        .map((row, _) -> rows.intent(row))
        .findOne();
  }

  @Override
  public List<StoredIntent> openIntents(AgentId agent) {
    return of(
            agent,
            "select * from intent where agent = :agent"
                + " and state in ('AWAITING', 'RESERVED', 'EXECUTING') order by tick, sequence")
        .map((row, _) -> rows.intent(row))
        .list();
  }

  @Override
  public List<Attempt> attempts(IntentId id) {
    return onIntent(
            handle.createQuery(
                "select * from attempt where " + Rows.IS_INTENT + " order by number"),
            id)
        .map((row, _) -> rows.attempt(row))
        .list();
  }

  @Override
  public BigInteger reserved(BudgetQuestion question) {
    return new BudgetSums(handle, dialect).sum(question);
  }

  @Override
  public long signatures(AgentId agent) {
    return of(agent, "select signatures from agent where name = :agent")
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  @Override
  public List<SignedApproval> approvals(IntentId id) {
    return onIntent(
            handle.createQuery(
                "select * from approval where " + Rows.IS_INTENT + " order by number"),
            id)
        .map((row, _) -> Rows.approval(row))
        .list();
  }

  @Override
  public Optional<Instant> payeeSince(AgentId agent, Address payee) {
    return of(agent, "select at_nanos from payee where agent = :agent and account = :account")
        .bind("account", Rows.account(payee))
        .mapTo(Long.class)
        .findOne()
        .map(EpochNanoseconds::toInstant);
  }

  @Override
  public Optional<String> alarm(AgentId agent) {
    return of(agent, "select alarm from agent where name = :agent and alarm is not null")
        .mapTo(String.class)
        .findOne();
  }

  @Override
  public OptionalLong nextNonce(Address wallet) {
    Optional<Long> next =
        handle
            .createQuery("select next_nonce from wallet where account = :account")
            .bind("account", Rows.account(wallet))
            .mapTo(Long.class)
            .findOne();
    return next.isPresent() ? OptionalLong.of(next.get()) : OptionalLong.empty();
  }

  @Override
  public List<AccountBalance> balances(AgentId agent) {
    return of(agent, "select account, asset, amount from balance where agent = :agent")
        .map((row, _) ->
            new AccountBalance(
                row.getString(1), AssetId.parse(row.getString(2)), Rows.integer(row, 3)))
        .stream()
        .filter(balance -> balance.baseUnits().signum() != 0)
        .sorted(
            Comparator.comparing(AccountBalance::account)
                .thenComparing(balance -> balance.asset().toString()))
        .toList();
  }

  @Override
  public List<LedgerEntry> entries(AgentId agent) {
    Map<Long, List<Posting>> postings = new HashMap<>();
    of(agent, "select * from posting where agent = :agent order by number, line")
        .map((row, _) -> Map.entry(row.getLong("number"), rows.posting(row)))
        .forEach(line ->
            postings.computeIfAbsent(line.getKey(), _ -> new ArrayList<>()).add(line.getValue()));
    return of(agent, "select * from ledger_entry where agent = :agent order by number")
        .map((row, _) -> rows.entry(row, postings.getOrDefault(row.getLong("number"), List.of())))
        .list();
  }

  @Override
  public BigInteger spent(AgentId agent, String accountPrefix, AssetId asset, Instant since) {
    return of(agent, spentSince(dialect))
        .bind("prefix", StorableText.of(accountPrefix))
        .bind("asset", asset.toString())
        .bind("since", EpochNanoseconds.nearest(since))
        .map((row, _) -> Rows.integer(row, 1))
        .one();
  }

  /// The cross join keeps SQLite from walking all postings first. The prefix is measured by the
  /// database that cuts the account to its length, so both count the same characters.
  static String spentSince(Dialect dialect) {
    return """
    select %s
    from ledger_entry cross join posting
    where ledger_entry.agent = :agent and ledger_entry.at_nanos >= :since
      and posting.agent = ledger_entry.agent and posting.number = ledger_entry.number
      and posting.asset = :asset and substr(posting.account, 1, length(:prefix)) = :prefix
    """
        .formatted(dialect.sum("posting.amount"));
  }

  @Override
  public List<MemoryNote> notes(AgentId agent, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit of " + limit + " notes is negative");
    }
    return of(agent, "select * from note where agent = :agent order by number desc limit :limit")
        .bind("limit", limit)
        .map((row, _) -> Rows.note(row))
        .list();
  }

  @Override
  public Optional<ActedOrder> order(AgentId agent, String order) {
    return of(agent, "select * from standing_order where agent = :agent and name = :order")
        .bind("order", StorableText.of(order))
        .map((row, _) -> Rows.actedOrder(row))
        .findOne();
  }

  final Query of(AgentId agent, String sql) {
    return handle.createQuery(sql).bind("agent", agent.value());
  }

  static <S extends SqlStatement<S>> S onIntent(S statement, IntentId id) {
    return statement
        .bind("agent", id.agent().value())
        .bind("tick", id.tick().number())
        .bind("sequence", id.sequence());
  }
}
