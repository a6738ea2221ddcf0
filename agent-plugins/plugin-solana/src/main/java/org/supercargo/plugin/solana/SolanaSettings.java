package org.supercargo.plugin.solana;

import java.math.BigInteger;
import java.time.Duration;

/// Bounds of a [SolanaChain].
///
/// @param readDeadline bound on one read, repeats included
/// @param sendDeadline bound on one send
/// @param lowestUnitPrice least priority fee offered, in micro-lamports per compute unit, 0 or more
/// @param highestUnitPrice most priority fee offered, whatever others pay
public record SolanaSettings(
    Duration readDeadline,
    Duration sendDeadline,
    BigInteger lowestUnitPrice,
    BigInteger highestUnitPrice) {
  /// Ten seconds for a read, fifteen for a send, 1,000 to 2,000,000 micro-lamports.
  public static final SolanaSettings DEFAULT =
      new SolanaSettings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          BigInteger.valueOf(1_000),
          BigInteger.valueOf(2_000_000));

  public SolanaSettings {
    if (!readDeadline.isPositive() || !sendDeadline.isPositive()) {
      throw new IllegalArgumentException("deadlines must be positive");
    }
    if (lowestUnitPrice.signum() < 0 || lowestUnitPrice.compareTo(highestUnitPrice) > 0) {
      throw new IllegalArgumentException(
          "unit prices must be 0 or more, the lowest not above the highest");
    }
  }
}
