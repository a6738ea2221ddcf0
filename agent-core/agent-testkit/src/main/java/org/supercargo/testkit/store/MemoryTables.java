package org.supercargo.testkit.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.ledger.LedgerEntry;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.engine.store.ActedOrder;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StoredIntent;

/// What an [InMemoryAgentStore] holds.
final class MemoryTables {
  static final Comparator<IntentId> OLDEST_FIRST =
      Comparator.comparingLong((IntentId id) -> id.tick().number())
          .thenComparingInt(IntentId::sequence);

  final NavigableMap<AgentId, AgentTables> agents =
      new TreeMap<>(Comparator.comparing(AgentId::value));
  final Map<Address, Long> nonces = new HashMap<>();

  AgentTables of(AgentId agent) {
    return agents.getOrDefault(agent, new AgentTables());
  }

  /// One agent's lease and rows.
  static final class AgentTables {
    @Nullable String owner;
    long fence;
    Instant leaseEnd = Instant.MIN;
    @Nullable String alarm;
    Map<Address, Instant> payees = Map.of();

    /// The newest first.
    List<MemoryNote> notes = List.of();

    Map<String, ActedOrder> orders = Map.of();

    final List<JournalRow> journal = new ArrayList<>();
    final NavigableMap<Long, List<JournalRow>> ticks = new TreeMap<>();
    final NavigableMap<IntentId, IntentTables> intents = new TreeMap<>(OLDEST_FIRST);
    final Map<String, LedgerEntry> entries = new LinkedHashMap<>();

    boolean isHeldBy(Lease lease) {
      return fence == lease.fence() && lease.owner().equals(owner);
    }
  }

  /// One intent and what hangs on it.
  static final class IntentTables {
    StoredIntent intent;
    final NavigableMap<Integer, Attempt> attempts = new TreeMap<>();
    List<TakenBudget> budget = List.of();
    final Map<String, SignedApproval> approvals = new LinkedHashMap<>();

    IntentTables(StoredIntent intent) {
      this.intent = intent;
    }
  }

  record TakenBudget(Reservation reservation, Instant at) {
    TakenBudget of(BigInteger baseUnits) {
      return new TakenBudget(
          new Reservation(
              reservation.rule(),
              reservation.unit(),
              baseUnits,
              reservation.counterparty(),
              reservation.asset()),
          at);
    }

    boolean counts(BudgetQuestion question) {
      return reservation.rule().equals(question.rule())
          && reservation.unit().equals(question.unit())
          && (question.since() == null || !at.isBefore(question.since()))
          && (question.counterparty() == null
              || reservation.counterparty().equals(question.counterparty()))
          && (question.asset() == null || reservation.asset().equals(question.asset()));
    }
  }
}
