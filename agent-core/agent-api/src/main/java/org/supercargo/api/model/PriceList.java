package org.supercargo.api.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;

/// A provider's prices as published on one day. A model without a price cannot be used, because an
/// unknown price is not a price of zero; a model that is free is listed at zero.
///
/// @param source where the prices come from, for people
/// @param dated the day on which they held
/// @param prices by the provider's model name
public record PriceList(
    String source, LocalDate dated, Map<String, Price> prices, PeakHours peakHours) {
  private static final BigDecimal TOKENS_PER_PRICE = BigDecimal.valueOf(1_000_000);

  public PriceList {
    requireNonNull(source, "source is null");
    requireNonNull(dated, "dated is null");
    prices = Map.copyOf(prices);
    requireNonNull(peakHours, "peakHours is null");
  }

  /// Prices in United States dollars for one million tokens, outside peak hours.
  ///
  /// @param cached for prompt tokens served from the provider's cache
  /// @param input for all other prompt tokens
  /// @param output for answer tokens, reasoning included
  /// @param written for prompt tokens that the provider writes to its cache
  public record Price(BigDecimal cached, BigDecimal input, BigDecimal output, BigDecimal written) {
    public Price {
      if (cached.signum() < 0
          || input.signum() < 0
          || output.signum() < 0
          || written.signum() < 0) {
        throw SupercargoException.user("A price is negative", "Use zero or more.");
      }
    }

    /// Of a provider that takes nothing more for what it writes to its cache.
    public Price(BigDecimal cached, BigDecimal input, BigDecimal output) {
      this(cached, input, output, input);
    }

    /// @param written in dollars for one million tokens
    public Price withWritten(BigDecimal written) {
      return new Price(cached, input, output, written);
    }

    /// @param cached in dollars, as plain decimals such as `0.003`
    public static Price of(String cached, String input, String output) {
      return new Price(new BigDecimal(cached), new BigDecimal(input), new BigDecimal(output));
    }
  }

  public boolean knows(String model) {
    return prices.containsKey(model);
  }

  /// What a call costs in [Asset#USD], rounded up to the next base unit. Of the moments it began
  /// and ended at, the dearer counts.
  ///
  /// @param cached of `input`, those from the cache
  public Amount cost(
      String model, long input, long cached, long output, Instant began, Instant ended) {
    Price price = requireNonNull(prices.get(model), "the model has no price");
    BigDecimal sum =
        times(price.input(), input - cached)
            .add(times(price.cached(), cached))
            .add(times(price.output(), output));
    return dollars(sum, Math.max(peakHours.factorAt(began), peakHours.factorAt(ended)));
  }

  /// What a call costs at the most, wherever its prompt comes from or is written to. Of the moments
  /// it began and ended at, the dearer counts.
  public Amount atMost(String model, long input, long output, Instant began, Instant ended) {
    Price price = requireNonNull(prices.get(model), "the model has no price");
    BigDecimal dearest = price.input().max(price.written()).max(price.cached());
    return dollars(
        times(dearest, input).add(times(price.output(), output)),
        Math.max(peakHours.factorAt(began), peakHours.factorAt(ended)));
  }

  private static Amount dollars(BigDecimal sum, int factor) {
    BigDecimal dollars = sum.multiply(BigDecimal.valueOf(factor)).divide(TOKENS_PER_PRICE);
    return new Amount(
        Asset.USD, dollars.setScale(Asset.USD.decimals(), RoundingMode.CEILING).unscaledValue());
  }

  private static BigDecimal times(BigDecimal price, long tokens) {
    return price.multiply(BigDecimal.valueOf(tokens));
  }
}
