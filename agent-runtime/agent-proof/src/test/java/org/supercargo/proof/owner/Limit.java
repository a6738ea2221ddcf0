package org.supercargo.proof.owner;

import java.math.BigInteger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.AssetId;

/// How much may leave through one lane.
///
/// @param lane null for all together
/// @param unit an asset, [AssetId#USD] for dollars in steps of 10^-12, or [#TIMES]
/// @param window null for ever, nothing for each at once
/// @param per whether every receiver, or every asset, has as much of its own
public record Limit(
    @Nullable String lane, AssetId unit, BigInteger most, @Nullable Duration window, Per per) {
  /// How often, instead of how much.
  public static final AssetId TIMES = new AssetId(AssetId.USD.chain(), "count", "times");

  /// What is counted apart.
  public enum Per {
    NOTHING,
    RECEIVER,
    ASSET
  }

  public boolean isAtOnce() {
    return window != null && window.isZero();
  }
}
