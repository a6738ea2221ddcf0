package org.supercargo.engine.file;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;

/// Reads the `mandate` part of an agent file.
final class MandateReader {
  private static final Set<String> MANDATE = Set.of("expires", "fees", "valuations", "rules");
  private static final Set<String> RULE =
      Set.of(
          "name",
          "allow",
          "approve",
          "deny",
          "chains",
          "assets",
          "payees",
          "buys",
          "contracts",
          "per-transaction",
          "rolling",
          "maximum-loss");
  private static final Pattern ROLLING = Pattern.compile("(.+?)\\s+per\\s+(\\d+)\\s*(m|h|d)");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)\\s*%");

  private final List<Asset> assets;
  private final AddressBook addressBook;
  private final AddressReader addresses;

  MandateReader(List<Asset> assets, AddressBook addressBook, AddressReader addresses) {
    this.assets = assets;
    this.addressBook = addressBook;
    this.addresses = addresses;
  }

  Mandate read(YamlPlace place) {
    var fields = place.fields(MANDATE);
    return new Mandate(
        instant(place.required(fields, "expires")),
        fees(place.required(fields, "fees")),
        fields.containsKey("valuations")
            ? valuations(place.required(fields, "valuations"))
            : Valuations.NONE,
        rules(place.required(fields, "rules")));
  }

  private List<Rule> rules(YamlPlace place) {
    var rules = new LinkedHashMap<String, Rule>();
    for (YamlPlace item : place.items()) {
      Rule rule = rule(item);
      if (rules.put(rule.name(), rule) != null) {
        throw item.error(
            "two rules are called \"" + rule.name() + "\"",
            "Give each rule a name of its own; budgets are kept by name.");
      }
    }
    return List.copyOf(rules.values());
  }

  private static Instant instant(YamlPlace place) {
    String text = place.text();
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw place.error(
          "\"" + text + "\" is not a date", "Write 2027-12-31 or 2027-12-31T18:00:00Z.");
    }
  }

  private Map<ChainId, Amount> fees(YamlPlace place) {
    var fees = new LinkedHashMap<ChainId, Amount>();
    place
        .entries()
        .forEach((name, value) -> {
          ChainId chain = chain(value, name);
          Amount ceiling = one(value, amounts(value, value.text(), Set.of(chain)));
          if (!ceiling.asset().id().equals(AssetId.nativeOf(chain))) {
            throw value.error(
                "fees on " + name + " are not paid in " + ceiling.asset().symbol(),
                "Name the chain's own coin.");
          }
          value.requireNew(fees.put(chain, ceiling), name);
        });
    return fees;
  }

  private Valuations valuations(YamlPlace place) {
    var prices = new LinkedHashMap<AssetId, BigDecimal>();
    place
        .entries()
        .forEach((symbol, value) -> {
          List<Asset> named = named(value, symbol, Set.of());
          Amount price = parse(value, value.text().replaceFirst("^\\$", ""), Asset.USD);
          var perUnit = new BigDecimal(price.baseUnits(), Asset.USD.decimals());
          named.forEach(asset -> value.requireNew(prices.put(asset.id(), perUnit), symbol));
        });
    return new Valuations(prices);
  }

  private Rule rule(YamlPlace place) {
    var fields = place.fields(RULE);
    var decisions =
        List.of("allow", "approve", "deny").stream().filter(fields::containsKey).toList();
    if (decisions.size() != 1) {
      throw place.error(
          "a rule needs exactly one of allow, approve and deny",
          "Write, for example, \"allow: transfer\".");
    }
    var decision = Rule.Decision.valueOf(decisions.getFirst().toUpperCase(Locale.ROOT));
    Set<Intent.Kind> kinds = kinds(place.required(fields, decisions.getFirst()));
    Set<ChainId> chains = new LinkedHashSet<>();
    for (YamlPlace item : place.required(fields, "chains").items()) {
      chains.add(chain(item, item.text()));
    }
    var conditions = new ArrayList<Condition>();
    conditions.add(new Condition.OnChain(chains));
    Set<AssetId> spends = assetIds(fields, "assets", chains);
    if (!spends.isEmpty()) {
      conditions.add(new Condition.Spends(spends));
    }
    addNamed(fields, chains, conditions);
    addCaps(fields, chains, conditions);
    if (decision == Rule.Decision.DENY) {
      requireNoCaps(fields);
    }
    if (decision != Rule.Decision.DENY) {
      requireBounds(place, kinds, spends, conditions);
    }
    return new Rule(place.required(fields, "name").text(), decision, kinds, conditions);
  }

  private static Set<Intent.Kind> kinds(YamlPlace place) {
    return place.items().stream()
        .map(item -> {
          try {
            return Intent.Kind.valueOf(item.text().toUpperCase(Locale.ROOT));
          } catch (IllegalArgumentException e) {
            throw item.error(
                "\"" + item.text() + "\" is not a kind of intent", "Use transfer or swap.");
          }
        })
        .collect(Collectors.toSet());
  }

  private void addNamed(
      Map<String, YamlPlace> fields, Set<ChainId> chains, List<Condition> conditions) {
    if (fields.containsKey("payees")) {
      var payees = new ArrayList<Payee>();
      for (YamlPlace item : fields.get("payees").items()) {
        payees.addAll(payees(item, chains));
      }
      conditions.add(new Condition.Pays(payees));
    }
    Set<AssetId> buys = assetIds(fields, "buys", chains);
    if (!buys.isEmpty()) {
      conditions.add(new Condition.Buys(buys));
    }
    if (fields.containsKey("contracts")) {
      Set<Address> contracts = new LinkedHashSet<>();
      for (YamlPlace item : fields.get("contracts").items()) {
        contracts.add(contract(item, chains));
      }
      conditions.add(new Condition.Contracts(contracts));
    }
  }

  private List<Payee> payees(YamlPlace item, Set<ChainId> chains) {
    String name = item.text();
    if (!addressBook.knows(name)) {
      throw item.error(
          "\"" + name + "\" is not in the address book", "Add it there, or correct the name.");
    }
    List<Payee> payees =
        chains.stream()
            .flatMap(chain -> addressBook.find(name, chain).stream())
            .map(address -> new Payee(name, address, Provenance.MANDATE))
            .toList();
    if (payees.isEmpty()) {
      throw item.error(
          "\"" + name + "\" has no address on the chains of this rule",
          "Add one to the address book, or remove the payee.");
    }
    return payees;
  }

  private Address contract(YamlPlace item, Set<ChainId> chains) {
    if (chains.size() != 1) {
      throw item.error("contracts need a rule with one chain", "Write a rule for each chain.");
    }
    try {
      return addresses.read(chains.iterator().next(), item.text());
    } catch (SupercargoException e) {
      throw item.error(e);
    }
  }

  private void addCaps(
      Map<String, YamlPlace> fields, Set<ChainId> chains, List<Condition> conditions) {
    if (fields.containsKey("per-transaction")) {
      for (YamlPlace item : fields.get("per-transaction").items()) {
        for (Amount cap : amounts(item, item.text(), chains)) {
          conditions.add(
              cap.asset().id().equals(AssetId.USD)
                  ? new Condition.UsdPerTransaction(cap)
                  : new Condition.PerTransaction(cap));
        }
      }
    }
    if (fields.containsKey("rolling")) {
      for (YamlPlace item : fields.get("rolling").items()) {
        Matcher rolling = ROLLING.matcher(item.text());
        if (!rolling.matches()) {
          throw item.error(
              "\"" + item.text() + "\" is not a rolling cap", "Write \"40 USDC per 24h\".");
        }
        Duration window = window(item, rolling.group(2), rolling.group(3));
        for (Amount cap : amounts(item, rolling.group(1), chains)) {
          conditions.add(
              cap.asset().id().equals(AssetId.USD)
                  ? new Condition.UsdRolling(cap, window)
                  : new Condition.Rolling(cap, window));
        }
      }
    }
    if (fields.containsKey("maximum-loss")) {
      YamlPlace item = fields.get("maximum-loss");
      Matcher percent = PERCENT.matcher(item.text());
      if (!percent.matches()
          || new BigDecimal(percent.group(1)).compareTo(BigDecimal.valueOf(100)) > 0) {
        throw item.error("\"" + item.text() + "\" is not a share", "Write \"3%\".");
      }
      conditions.add(new Condition.MaximumLoss(new BigDecimal(percent.group(1))));
    }
  }

  private static Duration window(YamlPlace item, String number, String unit) {
    long count = number.length() > 5 ? 0 : Long.parseLong(number);
    Duration window =
        switch (unit) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (window.isZero() || window.compareTo(Duration.ofDays(400)) > 0) {
      throw item.error("the window " + number + unit + " is out of range", "Use 1m to 400d.");
    }
    return window;
  }

  /// A rule applies when all its conditions hold, so a cap here would forbid small payments and let
  /// large ones pass.
  private static void requireNoCaps(Map<String, YamlPlace> fields) {
    for (String cap : List.of("per-transaction", "rolling", "maximum-loss")) {
      YamlPlace place = fields.get(cap);
      if (place != null) {
        throw place.error(
            "a rule that forbids cannot have a cap", "Put the cap on the rule that allows.");
      }
    }
  }

  /// An allow rule without bounds is a mistake: nothing is ever meant to be without limit.
  private void requireBounds(
      YamlPlace place, Set<Intent.Kind> kinds, Set<AssetId> spends, List<Condition> conditions) {
    if (spends.isEmpty()) {
      throw place.error("the rule names no assets", "Add \"assets: [USDC]\".");
    }
    if (kinds.contains(Intent.Kind.TRANSFER)
        && conditions.stream().noneMatch(Condition.Pays.class::isInstance)) {
      throw place.error(
          "the rule allows transfers and names no payees",
          "Add \"payees: [...]\"; no list never means everyone.");
    }
    if (kinds.contains(Intent.Kind.SWAP)
        && (conditions.stream().noneMatch(Condition.Contracts.class::isInstance)
            || conditions.stream().noneMatch(Condition.Buys.class::isInstance)
            || conditions.stream().noneMatch(Condition.MaximumLoss.class::isInstance))) {
      throw place.error(
          "the rule allows swaps and does not name buys, contracts and maximum-loss",
          "Add all three, so that a swap cannot give value away.");
    }
    boolean dollars =
        conditions.stream()
            .anyMatch(each ->
                each instanceof Condition.UsdPerTransaction
                    || each instanceof Condition.UsdRolling);
    for (AssetId asset : spends) {
      boolean capped =
          conditions.stream()
              .anyMatch(each ->
                  (each instanceof Condition.PerTransaction cap
                          && cap.cap().asset().id().equals(asset))
                      || (each instanceof Condition.Rolling rolling
                          && rolling.cap().asset().id().equals(asset)));
      if (!capped && !dollars) {
        throw place.error(
            "the rule sets no cap for " + asset,
            "Add it to per-transaction or rolling, or set a dollar cap.");
      }
    }
  }

  private Set<AssetId> assetIds(Map<String, YamlPlace> fields, String key, Set<ChainId> chains) {
    Set<AssetId> ids = new LinkedHashSet<>();
    YamlPlace place = fields.get(key);
    if (place != null) {
      for (YamlPlace item : place.items()) {
        named(item, item.text(), chains).forEach(asset -> ids.add(asset.id()));
      }
    }
    return ids;
  }

  /// `10 USDC`, for each of the chains that has it, or `$25`.
  private List<Amount> amounts(YamlPlace place, String text, Set<ChainId> chains) {
    if (text.startsWith("$")) {
      return List.of(parse(place, text.substring(1), Asset.USD));
    }
    String[] words = text.strip().split("\\s+", -1);
    if (words.length != 2) {
      throw place.error("\"" + text + "\" is not an amount", "Write \"10 USDC\" or \"$25\".");
    }
    return named(place, words[1], chains).stream()
        .map(asset -> parse(place, words[0], asset))
        .toList();
  }

  private static Amount one(YamlPlace place, List<Amount> amounts) {
    if (amounts.size() != 1) {
      throw place.error("this names more than one asset", "Name one.");
    }
    return amounts.getFirst();
  }

  private List<Asset> named(YamlPlace place, String symbol, Set<ChainId> chains) {
    List<Asset> named =
        assets.stream()
            .filter(asset -> asset.symbol().equalsIgnoreCase(symbol))
            .filter(asset -> chains.isEmpty() || chains.contains(asset.chain()))
            .toList();
    if (named.isEmpty()) {
      String known =
          assets.stream().map(Asset::symbol).distinct().collect(Collectors.joining(", "));
      throw place.error(
          "the asset \""
              + symbol
              + "\" is not known"
              + (chains.isEmpty() ? "" : " on the chains of this rule"),
          "Known: " + known + "; declare others under assets.");
    }
    return named;
  }

  static ChainId chain(YamlPlace place, String name) {
    return ChainId.find(name)
        .orElseThrow(
            () -> place.error("\"" + name + "\" is not a chain known here", "Use solana or base."));
  }

  private static Amount parse(YamlPlace place, String number, Asset asset) {
    try {
      return Amount.parse(number, asset);
    } catch (SupercargoException e) {
      throw place.error(e);
    }
  }
}
