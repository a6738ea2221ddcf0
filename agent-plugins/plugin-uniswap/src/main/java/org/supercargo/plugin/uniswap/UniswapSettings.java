package org.supercargo.plugin.uniswap;

import java.time.Duration;
import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.evm.SwapRouter;

/// A deployment of Uniswap v3 and how it is used.
///
/// @param quoter a QuoterV2 contract
/// @param feeTiers the pools to look at, by their fee in millionths of what is sold
/// @param deadline bound on each request to the node
public record UniswapSettings(
    SwapRouter router, Address quoter, List<Integer> feeTiers, Duration deadline) {
  private static final int HIGHEST_FEE = 1_000_000;

  /// Base's deployment and the four usual fees: 0.01 %, 0.05 %, 0.3 % and 1 %.
  ///
  /// Source: [Uniswap on
  /// Base](https://docs.uniswap.org/contracts/v3/reference/deployments/base-deployments).
  public static final UniswapSettings BASE =
      new UniswapSettings(
          SwapRouter.BASE,
          new Address(ChainId.BASE, "0x3d4e44Eb1374240CE5F1B871ab261CD16335B76a"),
          List.of(100, 500, 3_000, 10_000),
          Duration.ofSeconds(20));

  public UniswapSettings {
    feeTiers = List.copyOf(feeTiers);
    if (!router.contract().chain().equals(quoter.chain())) {
      throw new IllegalArgumentException("the router and the quoter are on different chains");
    }
    if (feeTiers.isEmpty() || feeTiers.stream().anyMatch(fee -> fee < 0 || fee >= HIGHEST_FEE)) {
      throw new IllegalArgumentException("fees are 0 to 999,999 millionths, and at least one");
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline must be positive");
    }
  }

  ChainId chain() {
    return quoter.chain();
  }
}
