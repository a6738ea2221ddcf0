package org.supercargo.engine.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.file.MandateCase.Expected;
import org.supercargo.engine.file.MandateCase.Group;

/// Reads one row of a table of cases.
///
/// @param common facts that hold for every row that does not say otherwise
record CaseReader(AgentSpec spec, AddressReader addresses, Map<String, YamlPlace> common) {
  /// Keys of facts, in a row or for all rows.
  static final Set<String> FACTS =
      Set.of("prices", "price-age", "balances", "payee-known-for", "amount-from", "payee-from");

  private static final List<String> GROUPS = Stream.of(Group.values()).map(Group::word).toList();
  private static final int MOST_TIMES = 10_000;

  private static final Set<String> KEYS =
      Stream.of(
              FACTS.stream(),
              GROUPS.stream(),
              Stream.of("at", "chain", "expect", "rule", "because"),
              Stream.of("times", "spent", "approved-by"),
              Stream.of("transfer", "to", "memo", "swap", "for", "venue"),
              Stream.of("payment", "host", "resource", "order", "shop", "items"),
              Stream.of("call", "contract", "arguments", "spends", "value"))
          .flatMap(keys -> keys)
          .collect(Collectors.toUnmodifiableSet());
  private static final Duration LONGEST = Duration.ofDays(4000);

  MandateCase read(YamlPlace place, CaseClock clock) {
    Map<String, YamlPlace> fields = place.fields(KEYS);
    Group group = Group.valueOf(upper(one(place, fields, GROUPS)));
    YamlPlace title = place.required(fields, group.word());
    Expected expected =
        expected(
            group == Group.CASE ? place.required(fields, "expect") : fields.get("expect"), group);
    YamlPlace times = fields.get("times");
    Instant at = clock.next(fields.get("at"));
    Intent intent = null;
    String objection = null;
    try {
      intent = intent(place, fields);
    } catch (SupercargoException e) {
      if (expected != Expected.UNREADABLE) {
        throw e;
      }
      objection = e.what();
    }
    return new MandateCase(
        place.line(),
        group,
        title.text(),
        intent,
        objection,
        facts(fields, at),
        times == null ? 1 : Measures.whole(times, times.text(), 1, MOST_TIMES),
        intent == null || !fields.containsKey("spent")
            ? List.of()
            : spent(place.required(fields, "spent"), intent),
        expected,
        text(fields, "rule"),
        text(fields, "because"));
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private static String one(YamlPlace place, Map<String, YamlPlace> fields, List<String> keys) {
    List<String> given = keys.stream().filter(fields::containsKey).toList();
    if (given.size() != 1) {
      throw place.error("a case needs exactly one of " + String.join(", ", keys), "Write one.");
    }
    return given.getFirst();
  }

  private static Expected expected(@Nullable YamlPlace place, Group group) {
    if (place == null) {
      return group == Group.TASK ? Expected.ALLOW : Expected.DENY;
    }
    try {
      return Expected.valueOf(upper(place.text()));
    } catch (IllegalArgumentException e) {
      throw place.error(
          "\"" + place.text() + "\" cannot be expected",
          "Use allow, approve, deny, or unreadable for what names nothing to propose.");
    }
  }

  private Intent intent(YamlPlace place, Map<String, YamlPlace> fields) {
    YamlPlace from = fact(fields, "payee-from");
    var words =
        new IntentWords(
            spec, addresses, text(fields, "chain"), from == null ? null : provenance(from));
    String kind =
        one(place, fields, Stream.of(Intent.Kind.values()).map(Intent.Kind::word).toList());
    YamlPlace what = place.required(fields, kind);
    return what.read(text ->
        switch (Intent.Kind.valueOf(upper(kind))) {
          case TRANSFER ->
              words.transfer(text, place.required(fields, "to").text(), text(fields, "memo", ""));
          case SWAP ->
              words.swap(
                  text, place.required(fields, "for").text(), text(fields, "venue", "uniswap-v3"));
          case PAYMENT ->
              words.payment(
                  text,
                  place.required(fields, "host").text(),
                  text(fields, "to"),
                  text(fields, "resource", "/"));
          case ORDER ->
              words.order(
                  text,
                  place.required(fields, "shop").text(),
                  texts(place.required(fields, "items")),
                  place.required(fields, "to").text());
          case CALL ->
              words.call(
                  text,
                  place.required(fields, "contract").text(),
                  fields.containsKey("arguments")
                      ? texts(place.required(fields, "arguments"))
                      : List.of(),
                  text(fields, "spends"),
                  text(fields, "value"));
        });
  }

  private static @Nullable String text(Map<String, YamlPlace> fields, String key) {
    YamlPlace place = fields.get(key);
    return place == null ? null : place.text();
  }

  private static String text(Map<String, YamlPlace> fields, String key, String otherwise) {
    String text = text(fields, key);
    return text == null ? otherwise : text;
  }

  private static List<String> texts(YamlPlace place) {
    return place.items().stream().map(YamlPlace::text).toList();
  }

  private @Nullable YamlPlace fact(Map<String, YamlPlace> fields, String key) {
    YamlPlace own = fields.get(key);
    return own == null ? common.get(key) : own;
  }

  private static Provenance provenance(YamlPlace place) {
    try {
      return Provenance.valueOf(upper(place.text()));
    } catch (IllegalArgumentException e) {
      throw place.error(
          "\"" + place.text() + "\" is no origin", "Use owner, mandate, tool, model or memory.");
    }
  }

  private GivenFacts facts(Map<String, YamlPlace> fields, Instant at) {
    var origins = new LinkedHashMap<Field, Provenance>();
    for (Field field : Field.values()) {
      YamlPlace place = fact(fields, field.word() + "-from");
      if (place != null) {
        origins.put(field, provenance(place));
      }
    }
    YamlPlace known = fact(fields, "payee-known-for");
    YamlPlace age = fact(fields, "price-age");
    return new GivenFacts(
        at,
        prices(fact(fields, "prices")),
        age == null ? Duration.ZERO : Measures.time(age, Duration.ZERO, LONGEST),
        balances(fact(fields, "balances")),
        known == null ? null : Measures.time(known, Duration.ZERO, LONGEST),
        origins,
        approvals(fields.get("approved-by")));
  }

  private Map<AssetId, BigDecimal> prices(@Nullable YamlPlace place) {
    var prices = new LinkedHashMap<AssetId, BigDecimal>();
    each(
        place,
        (symbol, value) -> {
          Amount dollars =
              MoneyWords.amount(value, value.text().replaceFirst("^\\$", ""), Asset.USD);
          var rate = new BigDecimal(dollars.baseUnits(), Asset.USD.decimals());
          money()
              .named(value, symbol, Set.of())
              .forEach(asset -> value.requireNew(prices.put(asset.id(), rate), symbol));
        });
    return prices;
  }

  private Map<AssetId, BigInteger> balances(@Nullable YamlPlace place) {
    var balances = new LinkedHashMap<AssetId, BigInteger>();
    each(
        place,
        (symbol, value) ->
            money()
                .named(value, symbol, Set.of())
                .forEach(asset ->
                    value.requireNew(
                        balances.put(
                            asset.id(), MoneyWords.amount(value, value.text(), asset).baseUnits()),
                        symbol)));
    return balances;
  }

  private static void each(
      @Nullable YamlPlace place, java.util.function.BiConsumer<String, YamlPlace> reader) {
    if (place != null) {
      place.entries().forEach(reader);
    }
  }

  private MoneyWords money() {
    return new MoneyWords(spec.assets());
  }

  private Map<String, Duration> approvals(@Nullable YamlPlace place) {
    var approvals = new LinkedHashMap<String, Duration>();
    each(place, (name, value) -> approvals.put(name, Measures.time(value, Duration.ZERO, LONGEST)));
    return approvals;
  }

  /// What stands in the books of some rules before this case, spent on the same counterparty.
  private List<Reservation> spent(YamlPlace place, Intent intent) {
    var spent = new ArrayList<Reservation>();
    place
        .entries()
        .forEach((rule, amounts) -> {
          if (spec.mandate().budgets().stream().noneMatch(key -> key.rule().equals(rule))) {
            throw amounts.error(
                "nothing is counted under \"" + rule + "\"",
                "Name a rule with a budget, limits, or fees.");
          }
          amounts.items().forEach(item -> spent.addAll(reservations(rule, item, intent)));
        });
    return spent;
  }

  private List<Reservation> reservations(String rule, YamlPlace item, Intent intent) {
    AssetId asset = intent.spends().asset().id();
    if (item.text().matches("\\d+")) {
      var number = BigInteger.valueOf(Measures.whole(item, item.text(), 1, 1_000_000));
      return List.of(
          new Reservation(rule, BudgetKey.INTENTS, number, intent.counterparty(), asset));
    }
    return money().amounts(item, item.text(), Set.of(intent.chain())).stream()
        .map(amount ->
            new Reservation(
                rule, amount.asset().id(), amount.baseUnits(), intent.counterparty(), asset))
        .toList();
  }
}
