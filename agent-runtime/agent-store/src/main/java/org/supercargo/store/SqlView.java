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
import org.supercargo.engine.store.Attempt;
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
            "select * from intent where agent = :agent and state in ('RESERVED', 'EXECUTING')"
                + " order by tick, sequence")
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
  public BigInteger reserved(AgentId agent, String rule, AssetId unit, Instant since) {
    return of(
            agent,
            "select "
                + dialect.sumOfAmount()
                + " from reservation where agent = :agent and rule_name = :rule and unit = :unit"
                + " and at_nanos >= :since and released = 0")
        .bind("rule", rule)
        .bind("unit", unit.toString())
        .bind("since", EpochNanoseconds.nearest(since))
        .map((row, _) -> Rows.integer(row, 1))
        .list()
        .stream()
        .reduce(BigInteger.ZERO, BigInteger::add);
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
    record Account(String name, String asset) {}
    Map<Account, BigInteger> sums = new HashMap<>();
    of(
            agent,
            "select account, asset, "
                + dialect.sumOfAmount()
                + " from posting where agent = :agent"
                + dialect.groupBy("account, asset"))
        .map((row, _) ->
            Map.entry(new Account(row.getString(1), row.getString(2)), Rows.integer(row, 3)))
        .forEach(sum -> sums.merge(sum.getKey(), sum.getValue(), BigInteger::add));
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue().signum() != 0)
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.comparing(Account::name).thenComparing(Account::asset)))
        .map(sum ->
            new AccountBalance(
                sum.getKey().name(), AssetId.parse(sum.getKey().asset()), sum.getValue()))
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

  private Query of(AgentId agent, String sql) {
    return handle.createQuery(sql).bind("agent", agent.value());
  }

  static <S extends SqlStatement<S>> S onIntent(S statement, IntentId id) {
    return statement
        .bind("agent", id.agent().value())
        .bind("tick", id.tick().number())
        .bind("sequence", id.sequence());
  }
}
