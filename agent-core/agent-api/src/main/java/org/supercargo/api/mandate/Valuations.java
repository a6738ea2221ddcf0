package org.supercargo.api.mandate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;

/// What the owner counts one whole unit of an asset as, in dollars.
///
/// These are the owner's figures and no market's, so that nobody widens a dollar cap by moving a
/// price. Values are rounded up to the next 10⁻¹² dollar.
public record Valuations(Map<AssetId, BigDecimal> usdPerUnit) {
  public static final Valuations NONE = new Valuations(Map.of());

  public Valuations {
    var copy = new TreeMap<AssetId, BigDecimal>(Comparator.comparing(AssetId::toString));
    copy.putAll(usdPerUnit);
    usdPerUnit = Collections.unmodifiableSortedMap(copy);
  }

  /// The value in [Asset#USD], or null when the owner has not valued the asset.
  public @Nullable Amount usd(Amount amount) {
    BigDecimal price = usdPerUnit.get(amount.asset().id());
    if (price == null) {
      return null;
    }
    BigDecimal units = new BigDecimal(amount.baseUnits(), amount.asset().decimals());
    return new Amount(
        Asset.USD,
        units
            .multiply(price)
            .movePointRight(Asset.USD.decimals())
            .setScale(0, RoundingMode.UP)
            .toBigIntegerExact());
  }
}
