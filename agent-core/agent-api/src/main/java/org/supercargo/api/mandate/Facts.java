package org.supercargo.api.mandate;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Provenance;

/// What a judgement depends on besides the mandate and the intent. Recorded with the verdict, so
/// that anyone can judge again and must come to the same end.
///
/// A fact that is missing never helps: a condition that needs it does not hold.
///
/// @param spent reserved or spent so far for each of [Mandate#budgets()], in the sum that the
///   intent's payee or asset belongs to
/// @param payeeSince since when the payee stands in the address book; null when it does not
/// @param balance base units the wallet holds of what the intent spends; null when not read
/// @param prices from sources independent of whoever executes the intent
/// @param origins where the parts of the proposal came from; a part without one came from the model
/// @param approvals verified approvals of this very intent: who, and when
public record Facts(
    Instant now,
    Map<BudgetKey, BigInteger> spent,
    @Nullable Instant payeeSince,
    @Nullable BigInteger balance,
    List<Price> prices,
    Map<Field, Provenance> origins,
    Map<String, Instant> approvals) {
  public Facts {
    // Sorted, so that equal facts have one textual form.
    var sorted = new TreeMap<BudgetKey, BigInteger>(Comparator.comparing(BudgetKey::toString));
    sorted.putAll(spent);
    spent = Collections.unmodifiableSortedMap(sorted);
    prices = List.copyOf(prices);
    origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    approvals = Collections.unmodifiableSortedMap(new TreeMap<>(approvals));
  }

  /// Facts of which only time and sums are known.
  public static Facts of(Instant now, Map<BudgetKey, BigInteger> spent) {
    return new Facts(now, spent, null, null, List.of(), Map.of(), Map.of());
  }

  /// The same with these verified approvals.
  public Facts approvedBy(Map<String, Instant> approvers) {
    return new Facts(now, spent, payeeSince, balance, prices, origins, approvers);
  }

  BigInteger spent(BudgetKey key) {
    BigInteger sum = spent.get(key);
    if (sum == null) {
      throw new IllegalArgumentException("the facts do not say what was spent for " + key);
    }
    return sum;
  }
}
