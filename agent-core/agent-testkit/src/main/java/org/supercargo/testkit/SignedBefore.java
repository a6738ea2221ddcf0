package org.supercargo.testkit;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.store.BudgetQuestion;

/// What a [FakeSigner] remembers of one agent.
final class SignedBefore {
  private record AttemptKey(IntentId id, int attempt) {}

  /// One signature.
  ///
  /// @param charges what the sums count for it
  /// @param exclusion null where only time tells
  record Entry(
      GivenSignature given,
      SignAnswer.Signed answer,
      List<Reservation> charges,
      @Nullable String exclusion) {
    IntentId intent() {
      return given.intent();
    }

    boolean excludes(@Nullable String other) {
      return exclusion != null && exclusion.equals(other);
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Map<AttemptKey, Entry> byAttempt = new HashMap<>();
  private final Map<IntentId, List<Entry>> byIntent = new HashMap<>();
  private final Map<Bytes, IntentId> byBytes = new HashMap<>();
  // By identity: an entry is its own and no other's equal, and deep to hash.
  private final Set<Entry> replaced = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Address, Instant> payees = new LinkedHashMap<>();
  private long fence;

  int size() {
    return entries.size();
  }

  long fence() {
    return fence;
  }

  /// Takes note of a fence; lower ones change nothing.
  void fence(long seen) {
    fence = Math.max(fence, seen);
  }

  /// Payees who stay keep their time; those who are gone lose it.
  void adopt(Collection<Address> listed, Instant now) {
    payees.keySet().retainAll(new HashSet<>(listed));
    listed.forEach(payee -> payees.putIfAbsent(payee, now));
  }

  @Nullable Instant since(Address payee) {
    return payees.get(payee);
  }

  Optional<Entry> find(IntentId id, int attempt) {
    return Optional.ofNullable(byAttempt.get(new AttemptKey(id, attempt)));
  }

  List<Entry> of(IntentId id) {
    return byIntent.getOrDefault(id, List.of());
  }

  Optional<IntentId> signedFor(Bytes unsigned) {
    return Optional.ofNullable(byBytes.get(unsigned));
  }

  List<GivenSignature> history(long after, int limit) {
    return entries.stream().skip(after).limit(limit).map(Entry::given).toList();
  }

  /// @param replaces whose sums the new one takes over
  void add(Entry entry, List<Entry> replaces) {
    entries.add(entry);
    byAttempt.put(new AttemptKey(entry.intent(), entry.given().attempt()), entry);
    byIntent.computeIfAbsent(entry.intent(), _ -> new ArrayList<>()).add(entry);
    byBytes.put(entry.given().unsigned(), entry.intent());
    replaced.addAll(replaces);
  }

  /// What was taken of a sum.
  ///
  /// @param except do not count
  BigInteger spent(BudgetQuestion question, List<Entry> except) {
    BigInteger sum = BigInteger.ZERO;
    Instant since = question.since();
    for (Entry entry : entries.reversed()) {
      if (since != null && entry.given().at().isBefore(since)) {
        break;
      }
      if (!replaced.contains(entry) && !except.contains(entry)) {
        for (Reservation charge : entry.charges()) {
          sum = counts(charge, question) ? sum.add(charge.baseUnits()) : sum;
        }
      }
    }
    return sum;
  }

  private static boolean counts(Reservation charge, BudgetQuestion question) {
    return charge.rule().equals(question.rule())
        && charge.unit().equals(question.unit())
        && (question.counterparty() == null
            || charge.counterparty().equals(question.counterparty()))
        && (question.asset() == null || charge.asset().equals(question.asset()));
  }

  /// Loses everything but who may be paid, like a log that was thrown away.
  void forget() {
    entries.clear();
    byAttempt.clear();
    byIntent.clear();
    byBytes.clear();
    replaced.clear();
    fence = 0;
  }
}
