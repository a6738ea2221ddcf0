package org.supercargo.plugin.solana;

import java.math.BigInteger;
import java.util.List;

/// Chooses a compute unit price from what recent blocks took.
///
/// @param lowest micro-lamports per compute unit
/// @param highest micro-lamports per compute unit
record PriorityFee(BigInteger lowest, BigInteger highest) {
  /// The price that three of four recent blocks with a price would have taken, within the bounds.
  BigInteger choose(List<BigInteger> recent) {
    List<BigInteger> paid = recent.stream().filter(price -> price.signum() > 0).sorted().toList();
    BigInteger usual = paid.isEmpty() ? BigInteger.ZERO : paid.get((paid.size() - 1) * 3 / 4);
    return usual.max(lowest).min(highest);
  }
}
