package org.supercargo.api.mandate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;

/// Figures of a mandate as its owner reads them.
final class Wording {
  private Wording() {}

  static String text(Duration window) {
    if (window.toDays() > 0 && window.equals(Duration.ofDays(window.toDays()))) {
      return window.toDays() == 1 ? "24 hours" : window.toDays() + " days";
    }
    return window.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  static String text(Amount amount) {
    return amount.asset().id().equals(AssetId.USD) ? usd(amount) : amount.toString();
  }

  /// Cents, and below a dollar as many digits as one base unit of most stablecoins has, so that the
  /// price of one request does not read as nothing.
  private static String usd(Amount amount) {
    var exact = new BigDecimal(amount.baseUnits(), Asset.USD.decimals());
    int digits = exact.compareTo(BigDecimal.ONE) < 0 ? 6 : 2;
    BigDecimal rounded = exact.setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros();
    if (rounded.signum() == 0) {
      rounded = exact.stripTrailingZeros();
    }
    return "$"
        + rounded.setScale(Math.max(2, rounded.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }
}
