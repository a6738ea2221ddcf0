package org.supercargo.api.asset;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;

/// A whole number of an asset's base units. Exact: nothing is ever rounded on the way in.
///
/// May be negative as a difference; what an intent carries is always positive.
public record Amount(Asset asset, BigInteger baseUnits) {
  private static final Pattern DECIMAL = Pattern.compile("(\\d{1,40})(?:\\.(\\d{1,40}))?");

  public Amount {
    requireNonNull(asset, "asset is null");
    requireNonNull(baseUnits, "baseUnits is null");
  }

  public static Amount ofBaseUnits(Asset asset, long baseUnits) {
    return new Amount(asset, BigInteger.valueOf(baseUnits));
  }

  public static Amount zero(Asset asset) {
    return new Amount(asset, BigInteger.ZERO);
  }

  /// Reads a plain positive decimal such as `2.5`.
  ///
  /// Refuses, each with its own reason: a comma, an exponent, a sign, and more digits after the
  /// point than the asset has decimals.
  ///
  /// @throws SupercargoException of category USER
  public static Amount parse(String number, Asset asset) {
    String text = number.strip();
    Matcher decimal = DECIMAL.matcher(text);
    if (!decimal.matches()) {
      throw SupercargoException.user(
          "\"" + text + "\" is not an amount of " + asset.symbol() + ": " + complaint(text),
          "Write a plain number such as 2.5.");
    }
    String fraction = decimal.group(2) == null ? "" : decimal.group(2);
    if (fraction.length() > asset.decimals()) {
      throw SupercargoException.user(
          text
              + " "
              + asset.symbol()
              + " cannot be represented: "
              + asset.symbol()
              + " has "
              + asset.decimals()
              + " decimals and this number has "
              + fraction.length(),
          "Use at most " + asset.decimals() + " digits after the point; nothing is rounded.");
    }
    BigInteger baseUnits =
        new BigInteger(
            decimal.group(1) + fraction + "0".repeat(asset.decimals() - fraction.length()));
    return new Amount(asset, baseUnits);
  }

  private static String complaint(String text) {
    if (text.isEmpty()) {
      return "it is empty";
    }
    if (text.startsWith("-")) {
      return "it is negative";
    }
    if (text.indexOf(',') >= 0) {
      return "a comma could mean a decimal point or thousands";
    }
    if (text.matches("[0-9.]+[eE][-+]?[0-9]+")) {
      return "scientific notation is not accepted for money";
    }
    return "it is not a plain decimal number";
  }

  public Amount plus(Amount other) {
    return new Amount(asset, baseUnits.add(sameAsset(other).baseUnits));
  }

  public Amount minus(Amount other) {
    return new Amount(asset, baseUnits.subtract(sameAsset(other).baseUnits));
  }

  public boolean isPositive() {
    return baseUnits.signum() > 0;
  }

  public boolean isMoreThan(Amount other) {
    return baseUnits.compareTo(sameAsset(other).baseUnits) > 0;
  }

  private Amount sameAsset(Amount other) {
    if (!other.asset.id().equals(asset.id())) {
      throw SupercargoException.bug(
          "Amounts of " + asset.id() + " and " + other.asset.id() + " were combined", null);
    }
    return other;
  }

  /// The number in whole units, exact, without trailing zeros: `2.5`.
  public String number() {
    return new BigDecimal(baseUnits, asset.decimals()).stripTrailingZeros().toPlainString();
  }

  /// The number and the symbol: `2.5 USDC`.
  @Override
  public String toString() {
    return number() + " " + asset.symbol();
  }
}
