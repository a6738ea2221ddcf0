package org.supercargo.testkit.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

/// Reads of an [InMemoryAgentStore].
class MemoryView implements StoreView {
  final MemoryTables tables;

  MemoryView(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<JournalRow> lastJournalRow(AgentId agent) {
    List<JournalRow> journal = tables.of(agent).journal;
    return journal.isEmpty() ? Optional.empty() : Optional.of(journal.getLast());
  }

  @Override
  public List<JournalRow> journal(AgentId agent, long after, int limit) {
    List<JournalRow> journal = tables.of(agent).journal;
    int from = (int) Math.min(Math.max(0, after), journal.size());
    return List.copyOf(journal.subList(from, from + Math.min(limit, journal.size() - from)));
  }

  @Override
  public List<JournalRow> journalOfTick(AgentId agent, long tick) {
    return List.copyOf(tables.of(agent).ticks.getOrDefault(tick, List.of()));
  }

  @Override
  public long lastTick(AgentId agent) {
    var ticks = tables.of(agent).ticks;
    return ticks.isEmpty() ? 0 : ticks.lastKey();
  }

  @Override
  public Optional<StoredIntent> intent(IntentId id) {
    var found = find(id);
    return found == null ? Optional.empty() : Optional.of(found.intent);
  }

  @Override
  public List<StoredIntent> openIntents(AgentId agent) {
    return tables.of(agent).intents.values().stream()
        .map(each -> each.intent)
        .filter(intent -> !intent.state().isFinal())
        .toList();
  }

  @Override
  public List<Attempt> attempts(IntentId id) {
    var found = find(id);
    return found == null ? List.of() : List.copyOf(found.attempts.values());
  }

  @Override
  public BigInteger reserved(BudgetQuestion question) {
    return tables.of(question.agent()).intents.values().stream()
        .flatMap(intent -> intent.budget.stream())
        .filter(taken -> taken.counts(question))
        .map(taken -> taken.reservation().baseUnits())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  @Override
  public long signatures(AgentId agent) {
    return tables.of(agent).intents.values().stream()
        .flatMap(intent -> intent.attempts.values().stream())
        .filter(attempt -> attempt.signed() != null)
        .count();
  }

  @Override
  public List<SignedApproval> approvals(IntentId id) {
    var found = find(id);
    return found == null ? List.of() : List.copyOf(found.approvals.values());
  }

  @Override
  public Optional<Instant> payeeSince(AgentId agent, Address payee) {
    return Optional.ofNullable(tables.of(agent).payees.get(payee));
  }

  @Override
  public Optional<String> alarm(AgentId agent) {
    return Optional.ofNullable(tables.of(agent).alarm);
  }

  @Override
  public OptionalLong nextNonce(Address wallet) {
    Long next = tables.nonces.get(wallet);
    return next == null ? OptionalLong.empty() : OptionalLong.of(next);
  }

  @Override
  public List<AccountBalance> balances(AgentId agent) {
    record Account(String name, AssetId asset) {}
    Map<Account, BigInteger> sums = new HashMap<>();
    for (LedgerEntry entry : tables.of(agent).entries.values()) {
      for (Posting posting : entry.postings()) {
        sums.merge(
            new Account(posting.account(), posting.asset()), posting.baseUnits(), BigInteger::add);
      }
    }
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue().signum() != 0)
        .map(sum -> new AccountBalance(sum.getKey().name(), sum.getKey().asset(), sum.getValue()))
        .sorted(
            Comparator.comparing(AccountBalance::account)
                .thenComparing(balance -> balance.asset().toString()))
        .toList();
  }

  @Override
  public List<LedgerEntry> entries(AgentId agent) {
    return List.copyOf(tables.of(agent).entries.values());
  }

  @Override
  public BigInteger spent(AgentId agent, String accountPrefix, AssetId asset, Instant since) {
    MemoryTransaction.requireStorable(Stream.of(accountPrefix));
    return tables.of(agent).entries.values().stream()
        .filter(entry -> !entry.at().isBefore(since))
        .flatMap(entry -> entry.postings().stream())
        .filter(
            posting -> posting.asset().equals(asset) && posting.account().startsWith(accountPrefix))
        .map(Posting::baseUnits)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  @Override
  public List<MemoryNote> notes(AgentId agent, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit of " + limit + " notes is negative");
    }
    return tables.of(agent).notes.stream().limit(limit).toList();
  }

  @Override
  public Optional<ActedOrder> order(AgentId agent, String order) {
    MemoryTransaction.requireStorable(Stream.of(order));
    return Optional.ofNullable(tables.of(agent).orders.get(order));
  }

  final MemoryTables.@Nullable IntentTables find(IntentId id) {
    return tables.of(id.agent()).intents.get(id);
  }
}
