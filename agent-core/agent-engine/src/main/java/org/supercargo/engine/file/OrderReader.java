package org.supercargo.engine.file;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.StandingOrder;
import org.supercargo.api.agent.StandingOrder.Trigger;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;

/// Reads what an agent does without a model, at fixed moments or at a price.
record OrderReader(MoneyWords money) {
  private static final Set<String> KEYS =
      Set.of("do", "with", "every", "from", "when", "most", "until");
  private static final Set<String> PRICE =
      Set.of("price-of", "in", "chain", "at-or-below", "at-or-above");
  private static final Pattern ACTION = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final int MOST = 1_000_000;

  List<StandingOrder> read(YamlPlace place) {
    var orders = new LinkedHashMap<String, StandingOrder>();
    place
        .entries()
        .forEach((name, value) -> {
          PlainName.word(value, name, "a name for an order");
          value.requireNew(orders.put(name.toLowerCase(Locale.ROOT), order(name, value)), name);
        });
    if (orders.isEmpty()) {
      throw place.error("there are no orders here", "Name one, or remove the key.");
    }
    return List.copyOf(orders.values());
  }

  private StandingOrder order(String name, YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(KEYS);
    YamlPlace action = place.required(fields, "do");
    if (!ACTION.matcher(action.text()).matches()) {
      throw action.error(
          "\"" + action.text() + "\" is not the name of an action",
          "Write the name alone; its arguments belong under with.");
    }
    YamlPlace with = fields.get("with");
    var call =
        new ActionCall("order", action.text(), with == null ? "{}" : ArgumentReader.read(with));
    Trigger trigger = trigger(place, fields);
    YamlPlace most = fields.get("most");
    return new StandingOrder(
        name,
        call,
        trigger,
        most == null ? mostOf(place, trigger) : Measures.whole(most, most.text(), 1, MOST),
        until(fields.get("until"), trigger));
  }

  /// An order at a price would act again and again while the price stays there.
  private static int mostOf(YamlPlace place, Trigger trigger) {
    return switch (trigger) {
      case Trigger.Every _ -> MOST;
      case Trigger.AtPrice _ -> 1;
      case Trigger.PrepaidBelow prepaid ->
          throw place.error(
              "how often it may act is not said, and only "
                  + prepaid.host()
                  + " knows what is left there",
              "Add most, such as \"most: 30\".");
    };
  }

  private Trigger trigger(YamlPlace place, Map<String, YamlPlace> fields) {
    YamlPlace every = fields.get("every");
    YamlPlace when = fields.get("when");
    YamlPlace from = fields.get("from");
    if (every != null && when == null) {
      return new Trigger.Every(
          Measures.instant(place.required(fields, "from")), Measures.window(every, every.text()));
    }
    if (when == null || every != null) {
      throw place.error(
          "an order needs exactly one of every, when",
          "Write \"every: 7d\" and from, or when with a price.");
    }
    if (from != null) {
      throw from.error(
          "\"from\" is the first moment of an order with every", "Remove it from this order.");
    }
    return when.isMapping() && when.entries().containsKey("prepaid")
        ? prepaidBelow(when)
        : atPrice(when);
  }

  private static Trigger prepaidBelow(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(Set.of("prepaid", "below"));
    YamlPlace below = place.required(fields, "below");
    String text = below.text();
    Amount amount =
        MoneyWords.amount(below, text.startsWith("$") ? text.substring(1) : text, Asset.USD);
    if (!amount.isPositive()) {
      throw below.error("nothing is ever less than that", "Write dollars above zero: $2.");
    }
    return new Trigger.PrepaidBelow(
        CounterpartyReader.host(place.required(fields, "prepaid")), amount);
  }

  private Trigger atPrice(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(PRICE);
    ChainId chain = MoneyWords.chain(place.required(fields, "chain"));
    Asset asset = money.named(place.required(fields, "price-of"), chain);
    YamlPlace in = place.required(fields, "in");
    Asset unit = money.named(in, chain);
    if (unit.id().equals(asset.id())) {
      throw in.error(
          "the price of " + asset.symbol() + " in itself is always 1", "Name another asset.");
    }
    YamlPlace below = fields.get("at-or-below");
    YamlPlace above = fields.get("at-or-above");
    if (above != null && below == null) {
      return new Trigger.AtPrice(asset, unit, true, limit(above));
    }
    if (below != null && above == null) {
      return new Trigger.AtPrice(asset, unit, false, limit(below));
    }
    throw place.error(
        "a price needs exactly one of at-or-below, at-or-above", "Write an order for each.");
  }

  private static BigDecimal limit(YamlPlace place) {
    BigDecimal limit = Measures.decimal(place);
    if (limit.signum() == 0) {
      throw place.error("no price is ever zero", "Write one above zero.");
    }
    return limit;
  }

  private static @Nullable Instant until(@Nullable YamlPlace place, Trigger trigger) {
    if (place == null) {
      return null;
    }
    Instant until = Measures.instant(place);
    if (trigger instanceof Trigger.Every every && !until.isAfter(every.first())) {
      throw place.error("the order ends before it has acted once", "Let until be later than from.");
    }
    return until;
  }
}
