package org.supercargo.api.asset;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;

/// An asset with the symbol people use and the number of decimals its chain declares.
///
/// @param decimals digits after the point of one whole unit, 0 to 36
public record Asset(AssetId id, String symbol, int decimals) {
  private static final Pattern SYMBOL = Pattern.compile("[A-Za-z][A-Za-z0-9._$-]{0,19}");

  /// Dollars in steps of 10⁻¹², fine enough for the price of one cached model token.
  public static final Asset USD = new Asset(AssetId.USD, "USD", 12);

  public Asset {
    requireNonNull(id, "id is null");
    if (!SYMBOL.matcher(symbol).matches()) {
      throw SupercargoException.user(
          "\"" + symbol + "\" is not an asset symbol", "Use letters and digits, such as USDC.");
    }
    if (decimals < 0 || decimals > 36) {
      throw SupercargoException.user(
          symbol + " cannot have " + decimals + " decimals", "Use 0 to 36.");
    }
  }

  public ChainId chain() {
    return id.chain();
  }
}
