package org.supercargo.engine.file;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.api.mandate.Verdict;

/// What earlier cases took, as a store would count it. Fees count with the most they may reach.
final class SpendingBook {
  private final Mandate mandate;
  private final List<Entry> entries = new ArrayList<>();

  /// @param until when a proposal that nobody approved gives its budget back; null for never
  private record Entry(Reservation reservation, Instant at, @Nullable Instant until) {}

  SpendingBook(Mandate mandate) {
    this.mandate = mandate;
  }

  void take(Verdict verdict, Instant at) {
    switch (verdict) {
      case Verdict.Allow allow -> add(allow.reservations(), at, null);
      case Verdict.NeedsApproval asks ->
          add(asks.reservations(), at, at.plus(asks.terms().lapse()));
      case Verdict.Deny _ -> {}
    }
  }

  private void add(List<Reservation> reservations, Instant at, @Nullable Instant until) {
    reservations.forEach(each -> entries.add(new Entry(each, at, until)));
  }

  /// The sums an intent belongs to.
  Map<BudgetKey, BigInteger> sums(Intent intent, Instant now, List<Reservation> besides) {
    var sums = new HashMap<BudgetKey, BigInteger>();
    for (BudgetKey key : mandate.budgets()) {
      Instant since = key.window() == null ? Instant.MIN : now.minus(key.window());
      BigInteger sum = BigInteger.ZERO;
      for (Entry entry : entries) {
        boolean inTime =
            !entry.at.isBefore(since) && (entry.until == null || now.isBefore(entry.until));
        if (inTime && counts(entry.reservation, key, intent)) {
          sum = sum.add(entry.reservation.baseUnits());
        }
      }
      for (Reservation reservation : besides) {
        if (counts(reservation, key, intent)) {
          sum = sum.add(reservation.baseUnits());
        }
      }
      sums.put(key, sum);
    }
    return sums;
  }

  private static boolean counts(Reservation reservation, BudgetKey key, Intent intent) {
    return reservation.rule().equals(key.rule())
        && reservation.unit().equals(key.unit())
        && switch (key.per()) {
          case AGENT -> true;
          case PAYEE -> reservation.counterparty().equals(intent.counterparty());
          case ASSET -> reservation.asset().equals(intent.spends().asset().id());
        };
  }
}
