package org.supercargo.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.StandingOrder.Trigger;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.PriceSource;
import org.supercargo.api.chain.SwapVenue;
import org.supercargo.api.mandate.Price;

/// Whether a market price is at or beyond a limit, by everyone who can say.
///
/// What one whole unit would bring at each venue of its chain counts and, where the mandate asks
/// for independent prices, what every price source says. They all have to agree: whoever moves one
/// market for a moment triggers nothing. A source that failed or is out of date, and a venue that
/// could not be reached, leave the order waiting; a venue that does not trade the two has no say.
final class OrderPrices {
  private final @Nullable Duration quoteAge;
  private final List<SwapVenue> venues;
  private final List<PriceSource> sources;

  /// @param quoteAge the oldest independent price that counts; null if the mandate uses none
  OrderPrices(
      @Nullable Duration quoteAge, Map<String, SwapVenue> venues, List<PriceSource> sources) {
    this.quoteAge = quoteAge;
    this.venues = List.copyOf(new TreeMap<>(venues).values());
    this.sources = sources;
  }

  /// What was seen.
  ///
  /// @param price in words, with who says it
  /// @param isReached whether the order acts
  record Seen(String price, boolean isReached, String reason) {}

  /// One price as a ratio, so that nothing is divided and nothing rounded.
  ///
  /// @param worth of one whole asset
  /// @param perUnit of one whole unit, in the same measure
  private record Quote(BigDecimal worth, BigDecimal perUnit, String words) {
    boolean reaches(Trigger.AtPrice trigger) {
      int order = worth.compareTo(trigger.limit().multiply(perUnit));
      return trigger.above() ? order >= 0 : order <= 0;
    }
  }

  Seen look(Trigger.AtPrice trigger, Instant now) {
    var quotes = new ArrayList<Quote>();
    var unknown = new ArrayList<String>();
    for (SwapVenue venue : venues) {
      ask(venue.name(), () -> quote(venue, trigger), quotes, unknown);
    }
    Duration oldest = quoteAge;
    if (oldest != null) {
      for (PriceSource source : sources) {
        ask("a price source", () -> quote(source, trigger, oldest, now), quotes, unknown);
      }
    }
    String price = String.join(", ", quotes.stream().map(Quote::words).toList());
    if (!unknown.isEmpty()) {
      return new Seen(price, false, "a price is not known: " + String.join("; ", unknown));
    }
    if (quotes.isEmpty()) {
      return new Seen(
          price,
          false,
          "nobody here knows a price of " + trigger.asset().symbol() + " in " + unit(trigger));
    }
    boolean reached = quotes.stream().allMatch(quote -> quote.reaches(trigger));
    return new Seen(
        price, reached, "the price is " + (reached ? "" : "not ") + "at or " + beyond(trigger));
  }

  private static String unit(Trigger.AtPrice trigger) {
    return trigger.unit().symbol();
  }

  private static String beyond(Trigger.AtPrice trigger) {
    return (trigger.above() ? "above " : "below ")
        + trigger.limit().toPlainString()
        + " "
        + unit(trigger);
  }

  /// Asks one who may know.
  private interface Asked {
    Optional<Quote> quote();
  }

  private static void ask(String who, Asked asked, List<Quote> quotes, List<String> unknown) {
    try {
      asked.quote().ifPresent(quotes::add);
    } catch (SupercargoException e) {
      unknown.add(who + ": " + e.what());
    }
  }

  private static Optional<Quote> quote(SwapVenue venue, Trigger.AtPrice trigger) {
    Asset asset = trigger.asset();
    if (!venue.chain().equals(asset.chain()) || !venue.chain().equals(trigger.unit().chain())) {
      return Optional.empty();
    }
    Amount brings;
    try {
      brings = venue.quote(new Amount(asset, BigInteger.TEN.pow(asset.decimals())), trigger.unit());
    } catch (SupercargoException e) {
      if (e.category() == SupercargoException.Category.TRANSIENT) {
        throw e;
      }
      // It does not trade these two.
      return Optional.empty();
    }
    return Optional.of(
        new Quote(
            new BigDecimal(brings.baseUnits(), brings.asset().decimals()),
            BigDecimal.ONE,
            brings + " by " + venue.name()));
  }

  private static Optional<Quote> quote(
      PriceSource source, Trigger.AtPrice trigger, Duration oldest, Instant now) {
    Optional<Price> asset = source.price(trigger.asset().id());
    Optional<Price> unit = source.price(trigger.unit().id());
    if (asset.isEmpty() || unit.isEmpty()) {
      return Optional.empty();
    }
    requireFresh(asset.get(), trigger.asset(), oldest, now);
    requireFresh(unit.get(), trigger.unit(), oldest, now);
    return Optional.of(
        new Quote(
            asset.get().usdPerUnit(),
            unit.get().usdPerUnit(),
            "%s USD for one %s and %s USD for one %s by %s"
                .formatted(
                    asset.get().usdPerUnit().toPlainString(),
                    trigger.asset().symbol(),
                    unit.get().usdPerUnit().toPlainString(),
                    unit(trigger),
                    asset.get().source())));
  }

  /// A price from the future is as useless as an old one.
  private static void requireFresh(Price price, Asset asset, Duration oldest, Instant now) {
    if (price.at().isBefore(now.minus(oldest)) || price.at().isAfter(now.plus(oldest))) {
      throw SupercargoException.external(
          "the price of "
              + asset.symbol()
              + " by "
              + price.source()
              + " is of "
              + price.at()
              + ", and the mandate counts none older than "
              + oldest,
          "Wait for a fresh one.",
          null);
    }
  }
}
