package org.supercargo.api.mandate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;

/// What a condition is asked: whether this intent, in the light of these facts, fits the rule.
///
/// @param rule whose condition it is
/// @param quoteAge the oldest price that counts; null when the mandate uses no prices
record Question(
    String rule, Intent intent, Facts facts, Valuations valuations, @Nullable Duration quoteAge) {

  /// The dollar value, rounded up, by the owner's valuations, or by a fresh price where the owner
  /// has none.
  @Nullable Amount usd(Amount amount) {
    if (amount.asset().id().equals(AssetId.USD)) {
      return amount;
    }
    BigDecimal rate = rate(amount.asset().id());
    return rate == null ? null : usd(worth(amount, rate), RoundingMode.UP);
  }

  /// Dollars for one whole unit by the owner's valuations, or by a fresh price where the owner has
  /// none.
  @Nullable BigDecimal rate(AssetId asset) {
    BigDecimal valued = valuations.usdPerUnit().get(asset);
    return valued == null ? quote(asset) : valued;
  }

  /// Dollars for one whole unit by a fresh independent price, or null without one.
  @Nullable BigDecimal quote(AssetId asset) {
    Price price = price(asset);
    return price == null ? null : price.usdPerUnit();
  }

  /// Dollars, exact.
  static BigDecimal worth(Amount amount, BigDecimal usdPerUnit) {
    return new BigDecimal(amount.baseUnits(), amount.asset().decimals()).multiply(usdPerUnit);
  }

  static Amount usd(BigDecimal dollars, RoundingMode rounding) {
    return new Amount(
        Asset.USD,
        dollars.movePointRight(Asset.USD.decimals()).setScale(0, rounding).toBigIntegerExact());
  }

  private @Nullable Price price(AssetId asset) {
    Duration oldest = quoteAge;
    if (oldest == null) {
      return null;
    }
    // A price from the future is as useless as an old one.
    return facts.prices().stream()
        .filter(price -> price.asset().equals(asset))
        .filter(price -> !price.at().isBefore(facts.now().minus(oldest)))
        .filter(price -> !price.at().isAfter(facts.now().plus(oldest)))
        .max(Comparator.comparing(Price::at))
        .orElse(null);
  }

  /// Why a value is not known.
  Condition.Miss unvalued(Asset asset) {
    return new Condition.Miss(
        "the mandate does not value "
            + asset.symbol()
            + (quoteAge == null
                ? ""
                : " and no price of it is younger than " + Wording.text(quoteAge)),
        "add " + asset.symbol() + " to the mandate's valuations");
  }

  Condition.Miss unpriced(Asset asset) {
    return new Condition.Miss(
        "no independent price of "
            + asset.symbol()
            + (quoteAge == null ? " is asked for" : " is younger than " + Wording.text(quoteAge)),
        quoteAge == null
            ? "add \"quote-age: 5m\" to the mandate"
            : "wait for a fresh price, or configure a price source");
  }
}
