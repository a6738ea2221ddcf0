package org.supercargo.engine.file;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Valuations;

/// Reads the `mandate` part of an agent file.
record MandateReader(MoneyWords money, AddressBook book, AddressReader addresses) {
  private static final Set<String> KEYS =
      Set.of(
          "expires", "fees", "valuations", "quote-age", "limits", "approvers", "rules", "sign-in");
  private static final Duration OLDEST_QUOTE = Duration.ofHours(24);

  Mandate read(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(KEYS);
    ApprovalReader approvals =
        fields.containsKey("approvers")
            ? ApprovalReader.of(place.required(fields, "approvers"))
            : new ApprovalReader(Map.of());
    YamlPlace quoteAge = fields.get("quote-age");
    YamlPlace valuations = fields.get("valuations");
    YamlPlace limits = fields.get("limits");
    YamlPlace signIns = fields.get("sign-in");
    return new Mandate(
        Measures.instant(place.required(fields, "expires")),
        new FeeReader(money).read(place.required(fields, "fees")),
        valuations == null ? Valuations.NONE : valuations(valuations),
        quoteAge == null ? null : Measures.time(quoteAge, Duration.ofSeconds(1), OLDEST_QUOTE),
        limits == null ? List.of() : limits(limits),
        approvals.approvers(),
        new RuleReader(money, book, addresses, approvals).read(place.required(fields, "rules")),
        signIns == null ? Set.of() : signIns(signIns));
  }

  private static Set<String> signIns(YamlPlace place) {
    var hosts = new TreeSet<String>();
    for (YamlPlace each : place.items()) {
      each.requireNew(hosts.add(CounterpartyReader.host(each)) ? null : each, each.text());
    }
    if (hosts.isEmpty()) {
      throw place.error("there are no hosts here", "Name one, or remove the key.");
    }
    return hosts;
  }

  private Valuations valuations(YamlPlace place) {
    var prices = new LinkedHashMap<AssetId, BigDecimal>();
    place
        .entries()
        .forEach((symbol, value) -> {
          List<Asset> named = money.named(value, symbol, Set.of());
          String text = value.text();
          Amount price =
              MoneyWords.amount(value, text.startsWith("$") ? text.substring(1) : text, Asset.USD);
          if (!price.isPositive()) {
            throw value.error(
                symbol + " is valued at nothing, and no cap in dollars would count it",
                "Give it a value above zero, or leave it out.");
          }
          var perUnit = new BigDecimal(price.baseUnits(), Asset.USD.decimals());
          named.forEach(asset -> value.requireNew(prices.put(asset.id(), perUnit), symbol));
        });
    return new Valuations(prices);
  }

  private List<Cap> limits(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(Set.copyOf(CapReader.KEYS));
    if (fields.isEmpty()) {
      throw place.error("the limits bound nothing", "Add \"rolling: [$200 per 24h]\".");
    }
    return new CapReader(money, Set.of()).read(fields);
  }
}
