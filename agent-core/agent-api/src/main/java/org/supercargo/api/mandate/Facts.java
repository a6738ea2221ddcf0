package org.supercargo.api.mandate;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;

/// What a judgement depends on besides the mandate and the intent. Recorded with the verdict, so
/// that anyone can judge again and must come to the same end.
///
/// @param spent reserved or spent so far for each of [Mandate#budgets()]
public record Facts(Instant now, Map<BudgetKey, BigInteger> spent) {
  public Facts {
    spent = Map.copyOf(spent);
  }

  BigInteger spent(BudgetKey key) {
    BigInteger sum = spent.get(key);
    if (sum == null) {
      throw new IllegalArgumentException("the facts do not say what was spent for " + key);
    }
    return sum;
  }
}
