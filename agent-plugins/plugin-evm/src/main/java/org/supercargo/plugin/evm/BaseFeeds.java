package org.supercargo.plugin.evm;

import java.time.Duration;
import java.util.Map;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.evm.EvmAddress;

/// Chainlink's feeds on Base, with the heartbeats they are published with; where a heartbeat is not
/// published it is assumed short, which makes a price stale early and never late.
///
/// Source: [Price feed
/// addresses](https://docs.chain.link/data-feeds/price-feeds/addresses?network=base).
public final class BaseFeeds {
  private static final Duration ETHER_HEARTBEAT = Duration.ofMinutes(20);
  private static final Duration SOL_HEARTBEAT = Duration.ofHours(1);
  private static final Duration DOLLAR_HEARTBEAT = Duration.ofHours(24);

  private BaseFeeds() {}

  /// @param usdcOnBase the token the dollar feed is about
  /// @param wrappedEther valued as ether
  /// @param usdcOnSolana valued as USDC on Base
  public static ChainlinkPrices.Feeds all(
      Address usdcOnBase, Address wrappedEther, Address usdcOnSolana) {
    var ether =
        new ChainlinkPrices.Feed(
            EvmAddress.parse("0x71041dddad3595F9CEd3DcCFBe3D1F4b0a16Bb70"), ETHER_HEARTBEAT);
    var sol =
        new ChainlinkPrices.Feed(
            EvmAddress.parse("0x975043adBb80fc32276CbF9Bbcfd4A601a12462D"), SOL_HEARTBEAT);
    var dollar =
        new ChainlinkPrices.Feed(
            EvmAddress.parse("0x7e860098F58bBFC8648a4311b374B1D669a2bc6B"), DOLLAR_HEARTBEAT);
    return new ChainlinkPrices.Feeds(
        EvmAddress.parse("0xBCF85224fc0756B9Fa45aA7892530B47e10b6433"),
        Map.of(
            AssetId.nativeOf(ChainId.BASE), ether,
            AssetId.token(wrappedEther), ether,
            AssetId.nativeOf(ChainId.SOLANA), sol,
            AssetId.token(usdcOnBase), dollar,
            AssetId.token(usdcOnSolana), dollar));
  }
}
