package org.supercargo.api.mandate;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.supercargo.api.asset.AssetId;

/// What a source that does not execute anything says one whole unit of an asset is worth.
///
/// @param at when the source last changed it, by the source's own word
/// @param source for people and journals, such as `chainlink`
public record Price(AssetId asset, BigDecimal usdPerUnit, Instant at, String source) {
  public Price {
    requireNonNull(asset, "asset is null");
    requireNonNull(at, "at is null");
    requireNonNull(source, "source is null");
    if (usdPerUnit.signum() <= 0) {
      throw new IllegalArgumentException("a price of " + usdPerUnit + " is no price");
    }
  }
}
