package org.supercargo.api.mandate;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// What a judgement depends on besides the mandate and the intent. Recorded with the verdict, so
/// that anyone can judge again and must come to the same end.
///
/// @param spent reserved or spent so far for each of [Mandate#budgets()]
public record Facts(Instant now, Map<BudgetKey, BigInteger> spent) {
  public Facts {
    // Sorted, so that equal facts have one textual form.
    var sorted = new TreeMap<BudgetKey, BigInteger>(Comparator.comparing(BudgetKey::toString));
    sorted.putAll(spent);
    spent = Collections.unmodifiableSortedMap(sorted);
  }

  BigInteger spent(BudgetKey key) {
    BigInteger sum = spent.get(key);
    if (sum == null) {
      throw new IllegalArgumentException("the facts do not say what was spent for " + key);
    }
    return sum;
  }
}
