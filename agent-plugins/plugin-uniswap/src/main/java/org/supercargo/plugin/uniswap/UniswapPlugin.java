package org.supercargo.plugin.uniswap;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.intent.Intent;

/// Lets agents ask for prices and propose swaps on Uniswap v3.
public final class UniswapPlugin implements Plugin {
  private static final int USUAL_SLIPPAGE = 50;
  private static final int HIGHEST_SLIPPAGE = 500;
  private static final BigInteger WHOLE = BigInteger.valueOf(10_000);

  private final List<UniswapV3> venues;

  /// @param venues at most one for each chain
  public UniswapPlugin(List<UniswapV3> venues) {
    this.venues = List.copyOf(venues);
  }

  @Override
  public String name() {
    return "uniswap";
  }

  @Override
  public List<SwapVenue> swapVenues() {
    return List.copyOf(venues);
  }

  /// A price, now.
  @Action(
      value = "What selling an amount on Uniswap would bring right now, pool fees included",
      examples = {"quote {sell} for {buy}", "quote {sell} in {buy} on {chain}"})
  public String quote(
      @Param("what to sell, such as 10 USDC") Amount sell,
      @Param("the asset to get, such as ETH") Asset buy,
      @Param(value = "the chain, where both assets are on several", required = false)
          @Nullable ChainId chain) {
    UniswapV3 venue = venue(sell, chain);
    return sell + " would bring " + venue.quote(sell, buy) + " on " + venue.name() + " now";
  }

  /// A swap that returns at least the current quote less the slippage, rounded down.
  @Action(
      value = "Swap an amount of one asset for another on Uniswap",
      examples = {
        "swap {sell} for {buy} on {chain}",
        "swap {sell} for {buy}",
        "swap {sell} to {buy}",
        "swap {sell} into {buy}"
      })
  public Intent.Swap swap(
      @Param("what to sell, such as 10 USDC") Amount sell,
      @Param("the asset to get, such as ETH") Asset buy,
      @Param(value = "the chain, where both assets are on several", required = false)
          @Nullable ChainId chain,
      @Param(
              value = "how much less than the quote is acceptable, in basis points from 1 to 500",
              required = false)
          @Nullable Integer maxSlippageBasisPoints) {
    int slippage = maxSlippageBasisPoints == null ? USUAL_SLIPPAGE : maxSlippageBasisPoints;
    if (slippage < 1 || slippage > HIGHEST_SLIPPAGE) {
      throw SupercargoException.user(
          "A slippage of " + slippage + " basis points is not accepted",
          "Use 1 to " + HIGHEST_SLIPPAGE + "; " + USUAL_SLIPPAGE + " is half a percent.");
    }
    UniswapV3 venue = venue(sell, chain);
    Amount quote = venue.quote(sell, buy);
    BigInteger minimum =
        quote.baseUnits().multiply(WHOLE.subtract(BigInteger.valueOf(slippage))).divide(WHOLE);
    if (minimum.signum() == 0) {
      throw SupercargoException.user(
          sell + " would bring only " + quote + ", too little to set a minimum",
          "Swap a larger amount.");
    }
    return new Intent.Swap(sell, new Amount(buy, minimum), venue.name());
  }

  private UniswapV3 venue(Amount sell, @Nullable ChainId chain) {
    if (chain != null && !chain.equals(sell.asset().chain())) {
      throw SupercargoException.user(
          sell + " is on " + sell.asset().chain().name() + ", not on " + chain.name(),
          "Name the assets' own chain.");
    }
    return venues.stream()
        .filter(venue -> venue.chain().equals(sell.asset().chain()))
        .findFirst()
        .orElseThrow(() ->
            SupercargoException.user(
                "Uniswap is not configured on " + sell.asset().chain().name(),
                "Swap assets of a chain on which it is."));
  }
}
