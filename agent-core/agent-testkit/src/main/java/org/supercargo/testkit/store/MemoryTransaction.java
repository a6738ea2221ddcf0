package org.supercargo.testkit.store;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreTransaction;
import org.supercargo.engine.store.StoredIntent;

/// Writes of an [InMemoryAgentStore]; remembers for each how to take it back.
final class MemoryTransaction extends MemoryView implements StoreTransaction {
  private final AgentId agent;
  private final MemoryTables.AgentTables own;
  private final Deque<Runnable> inverses = new ArrayDeque<>();

  MemoryTransaction(MemoryTables tables, AgentId agent) {
    super(tables);
    this.agent = agent;
    this.own = tables.of(agent);
  }

  void undo() {
    inverses.forEach(Runnable::run);
  }

  @Override
  public void append(JournalRow row) {
    requireOwn(row.agent());
    requireStorable(Stream.of(row.type(), row.payload(), row.hash()));
    long next = own.journal.size() + 1L;
    if (row.sequence() != next) {
      throw new IllegalStateException(
          "journal row " + row.sequence() + " of " + agent + " came where " + next + " is next");
    }
    own.journal.add(row);
    own.ticks.computeIfAbsent(row.tick(), _ -> new ArrayList<>()).add(row);
    inverses.push(() -> removeLast(row));
  }

  private void removeLast(JournalRow row) {
    own.journal.removeLast();
    own.ticks.computeIfPresent(
        row.tick(),
        (_, rows) -> {
          rows.removeLast();
          return rows.isEmpty() ? null : rows;
        });
  }

  @Override
  public void insert(StoredIntent intent) {
    requireOwn(intent.id().agent());
    if (own.intents.putIfAbsent(intent.id(), new MemoryTables.IntentTables(intent)) != null) {
      throw new IllegalStateException("intent " + intent.id() + " exists");
    }
    inverses.push(() -> own.intents.remove(intent.id()));
  }

  @Override
  public void move(IntentId id, IntentState from, IntentState to) {
    var row = require(id);
    StoredIntent before = row.intent;
    if (before.state() != from) {
      throw new IllegalStateException("intent " + id + " is " + before.state() + ", not " + from);
    }
    row.intent = before.in(to);
    inverses.push(() -> row.intent = before);
  }

  @Override
  public void reserve(IntentId id, Reservation reservation, Instant at) {
    requireNotNegative(reservation);
    requireStorable(Stream.of(reservation.rule(), reservation.counterparty()));
    var taken = new MemoryTables.TakenBudget(reservation, at);
    var row = require(id);
    replaceBudget(row, Stream.concat(row.budget.stream(), Stream.of(taken)).toList());
  }

  @Override
  public void adjust(IntentId id, Reservation reservation) {
    requireNotNegative(reservation);
    requireOwn(id.agent());
    var row = find(id);
    List<MemoryTables.TakenBudget> held =
        row == null
            ? List.of()
            : row.budget.stream().filter(taken -> isOfSameSum(taken, reservation)).toList();
    if (row == null || held.size() != 1) {
      throw new IllegalStateException(
          "intent "
              + id
              + (held.isEmpty() ? " holds no " : " holds more than one ")
              + "reservation of "
              + reservation.unit()
              + " under "
              + reservation.rule());
    }
    replaceBudget(
        row,
        row.budget.stream()
            .map(taken ->
                isOfSameSum(taken, reservation) ? taken.of(reservation.baseUnits()) : taken)
            .toList());
  }

  private static boolean isOfSameSum(MemoryTables.TakenBudget taken, Reservation reservation) {
    return taken.reservation().rule().equals(reservation.rule())
        && taken.reservation().unit().equals(reservation.unit());
  }

  private static void requireNotNegative(Reservation reservation) {
    if (reservation.baseUnits().signum() < 0) {
      throw new IllegalArgumentException(
          "a reservation under " + reservation.rule() + " is negative");
    }
  }

  @Override
  public void release(IntentId id, String except) {
    requireOwn(id.agent());
    var row = find(id);
    if (row != null) {
      replaceBudget(
          row,
          row.budget.stream().filter(taken -> taken.reservation().rule().equals(except)).toList());
    }
  }

  @Override
  public void knowPayees(Set<Address> payees, Instant at) {
    requireStorable(payees.stream().map(Address::text));
    Map<Address, Instant> before = own.payees;
    own.payees =
        payees.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    payee -> payee, payee -> before.getOrDefault(payee, at)));
    inverses.push(() -> own.payees = before);
  }

  @Override
  public void setAlarm(@Nullable String what) {
    requireStorable(Stream.ofNullable(what));
    String before = own.alarm;
    own.alarm = what;
    inverses.push(() -> own.alarm = before);
  }

  @Override
  public void insert(Attempt attempt) {
    var row = require(attempt.intent());
    if (row.attempts.putIfAbsent(attempt.number(), attempt) != null) {
      throw new IllegalStateException(
          "attempt " + attempt.number() + " of intent " + attempt.intent() + " exists");
    }
    inverses.push(() -> row.attempts.remove(attempt.number()));
  }

  @Override
  public void update(Attempt attempt, AttemptState from) {
    var row = require(attempt.intent());
    Attempt before = row.attempts.get(attempt.number());
    if (before == null || before.state() != from) {
      throw new IllegalStateException(
          "attempt "
              + attempt.number()
              + " of intent "
              + attempt.intent()
              + (before == null ? " does not exist" : " is " + before.state() + ", not " + from));
    }
    row.attempts.put(
        before.number(),
        new Attempt(
            before.intent(),
            before.number(),
            attempt.state(),
            before.completes(),
            before.unsigned(),
            before.validity(),
            before.fee(),
            before.simulation(),
            attempt.transaction(),
            attempt.signed(),
            before.at()));
    inverses.push(() -> row.attempts.put(before.number(), before));
  }

  @Override
  public void setNextNonce(Address wallet, long next) {
    Long before = tables.nonces.put(wallet, next);
    inverses.push(() -> {
      if (before == null) {
        tables.nonces.remove(wallet);
      } else {
        tables.nonces.put(wallet, before);
      }
    });
  }

  @Override
  public boolean post(LedgerEntry entry) {
    requireOwn(entry.agent());
    requireStorable(
        Stream.concat(
            Stream.of(entry.key(), entry.description(), entry.reference()),
            entry.postings().stream().map(posting -> posting.account())));
    if (own.entries.putIfAbsent(entry.key(), entry) != null) {
      return false;
    }
    inverses.push(() -> own.entries.remove(entry.key()));
    return true;
  }

  @Override
  public void remember(MemoryNote note) {
    requireStorable(Stream.of(note.text()));
    List<MemoryNote> before = own.notes;
    own.notes = Stream.concat(Stream.of(note), before.stream()).limit(MOST_NOTES).toList();
    inverses.push(() -> own.notes = before);
  }

  @Override
  public void actOn(String order, Instant at) {
    requireStorable(Stream.of(order));
    Map<String, ActedOrder> before = own.orders;
    ActedOrder acted = before.get(order);
    if (acted != null && !acted.last().isBefore(at)) {
      throw new IllegalStateException(
          "order " + order + " acted for " + acted.last() + " and does not act for " + at);
    }
    Map<String, ActedOrder> after = new HashMap<>(before);
    after.put(order, new ActedOrder(acted == null ? 1 : acted.times() + 1, at));
    own.orders = after;
    inverses.push(() -> own.orders = before);
  }

  private void replaceBudget(MemoryTables.IntentTables row, List<MemoryTables.TakenBudget> next) {
    List<MemoryTables.TakenBudget> before = row.budget;
    row.budget = next;
    inverses.push(() -> row.budget = before);
  }

  private MemoryTables.IntentTables require(IntentId id) {
    requireOwn(id.agent());
    var row = find(id);
    if (row == null) {
      throw new IllegalStateException("intent " + id + " does not exist");
    }
    return row;
  }

  private void requireOwn(AgentId other) {
    if (!other.equals(agent)) {
      throw new IllegalArgumentException(
          "a row of agent " + other + " was written under the lease of agent " + agent);
    }
  }

  // Databases keep well-formed Unicode without NUL; a test must not pass on anything else.
  static void requireStorable(Stream<String> texts) {
    texts.forEach(text -> {
      boolean storable =
          text.codePoints()
              .noneMatch(point ->
                  point == 0
                      || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
      if (!storable) {
        throw new IllegalArgumentException("text holds a NUL or half a surrogate pair");
      }
    });
  }
}
