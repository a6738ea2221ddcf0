package org.supercargo.engine.file;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.MarketCondition;
import org.supercargo.api.mandate.Rule;

/// Reads the rules of a mandate.
record RuleReader(
    MoneyWords money, AddressBook book, AddressReader addresses, ApprovalReader approvals) {
  private static final List<String> DECISIONS = List.of("allow", "approve", "deny");

  /// Names that verdicts give for decisions that no rule made.
  private static final Set<String> RESERVED =
      Set.of(
          Mandate.FEES,
          Mandate.LIMITS,
          "expires",
          "payee provenance",
          "default deny",
          "decoded effects",
          "simulation");

  List<Rule> read(YamlPlace place) {
    var rules = new LinkedHashMap<String, Rule>();
    for (YamlPlace item : place.items()) {
      Rule rule = rule(item);
      if (rules.put(rule.name().toLowerCase(Locale.ROOT), rule) != null) {
        throw item.error(
            "two rules are called \"" + rule.name() + "\"",
            "Give each rule a name of its own; budgets are kept by name.");
      }
    }
    return List.copyOf(rules.values());
  }

  private Rule rule(YamlPlace place) {
    var fields = place.fields(RuleKey.ALL);
    var decisions = DECISIONS.stream().filter(fields::containsKey).toList();
    if (decisions.size() != 1) {
      throw place.error(
          "a rule needs exactly one of allow, approve and deny",
          "Write, for example, \"allow: transfer\".");
    }
    String word = decisions.getFirst();
    var decision = Rule.Decision.valueOf(word.toUpperCase(Locale.ROOT));
    Set<Intent.Kind> kinds = kinds(place.required(fields, word), decision);
    String name = name(place.required(fields, "name"));
    RuleKey.requireFitting(fields, decision, kinds);
    Set<ChainId> chains = chains(place, fields, decision, kinds);
    var conditions = new ArrayList<Condition>();
    conditions.addAll(subject(fields, chains, kinds));
    conditions.addAll(new CapReader(money, chains).read(fields));
    conditions.addAll(market(fields));
    if (decision != Rule.Decision.DENY) {
      new RuleBounds(place, conditions).require(kinds.iterator().next());
    }
    return new Rule(
        name,
        decision,
        decision == Rule.Decision.APPROVE ? approvals.terms(place, fields) : null,
        kinds,
        conditions);
  }

  private static String name(YamlPlace place) {
    String name = PlainName.title(place, "the name of a rule");
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw place.error(
          "the name \"" + name + "\" is taken by what every mandate has", "Use another.");
    }
    return name;
  }

  /// One kind for a rule that lets something through: what bounds one kind says nothing about
  /// another.
  private static Set<Intent.Kind> kinds(YamlPlace place, Rule.Decision decision) {
    var kinds = EnumSet.noneOf(Intent.Kind.class);
    for (YamlPlace item : place.items()) {
      try {
        kinds.add(Intent.Kind.valueOf(item.text().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw item.error(
            "\"" + item.text() + "\" is not a kind of intent",
            "Use transfer, swap, call, payment or order.");
      }
    }
    if (kinds.size() > 1 && decision != Rule.Decision.DENY) {
      throw place.error(
          "the rule lets through several kinds, which need different bounds",
          "Write a rule for each.");
    }
    return kinds;
  }

  /// A rule that forbids holds on every chain when it names none; a rule that lets through names
  /// them.
  private static Set<ChainId> chains(
      YamlPlace place,
      Map<String, YamlPlace> fields,
      Rule.Decision decision,
      Set<Intent.Kind> kinds) {
    boolean needed = decision != Rule.Decision.DENY && !kinds.contains(Intent.Kind.ORDER);
    var chains = new LinkedHashSet<ChainId>();
    if (needed || fields.containsKey("chains")) {
      for (YamlPlace item : place.required(fields, "chains").items()) {
        item.requireNew(chains.add(MoneyWords.chain(item, item.text())) ? null : item, item.text());
      }
    }
    return chains;
  }

  private List<Condition> subject(
      Map<String, YamlPlace> fields, Set<ChainId> chains, Set<Intent.Kind> kinds) {
    var conditions = new ArrayList<Condition>();
    if (!chains.isEmpty()) {
      conditions.add(new Condition.OnChain(chains));
    }
    if (fields.containsKey("assets")) {
      conditions.add(new Condition.Spends(assets(fields.get("assets"), chains)));
    }
    if (fields.containsKey("buys")) {
      conditions.add(new Condition.Buys(assets(fields.get("buys"), chains)));
    }
    conditions.addAll(new CounterpartyReader(book, addresses, chains, kinds).read(fields));
    if (fields.containsKey("hours")) {
      conditions.add(Hours.read(fields.get("hours")));
    }
    if (fields.containsKey("above")) {
      for (YamlPlace item : fields.get("above").items()) {
        money.amounts(item, item.text(), chains).stream()
            .map(Condition.Above::new)
            .forEach(conditions::add);
      }
    }
    if (fields.containsKey("payee-known-for")) {
      conditions.add(
          new Condition.KnownFor(
              Measures.time(
                  fields.get("payee-known-for"),
                  java.time.Duration.ofMinutes(1),
                  Measures.LONGEST_WINDOW)));
    }
    addOrigin(fields, Field.PAYEE, conditions);
    addOrigin(fields, Field.AMOUNT, conditions);
    return conditions;
  }

  private Set<AssetId> assets(YamlPlace place, Set<ChainId> chains) {
    Set<AssetId> ids = new LinkedHashSet<>();
    for (YamlPlace item : place.items()) {
      money.named(item, item.text(), chains).forEach(asset -> ids.add(asset.id()));
    }
    return ids;
  }

  private static void addOrigin(
      Map<String, YamlPlace> fields, Field field, List<Condition> conditions) {
    YamlPlace place = fields.get(field.word() + "-from");
    if (place != null) {
      conditions.add(
          new Condition.Origin(
              field,
              place.items().stream().map(RuleReader::provenance).collect(Collectors.toSet())));
    }
  }

  private static Provenance provenance(YamlPlace place) {
    return switch (place.text()) {
      case "owner" -> Provenance.OWNER;
      case "mandate" -> Provenance.MANDATE;
      case "tool" -> Provenance.TOOL;
      default ->
          throw place.error(
              "\"" + place.text() + "\" is no origin a rule can rely on",
              "Use owner (the goal's own words), mandate (this file) or tool (an action's result).");
    };
  }

  private static List<Condition> market(Map<String, YamlPlace> fields) {
    var conditions = new ArrayList<Condition>();
    if (fields.containsKey("maximum-loss")) {
      conditions.add(
          new MarketCondition.MaximumLoss(Measures.percent(fields.get("maximum-loss"), true)));
    }
    if (fields.containsKey("maximum-slippage")) {
      conditions.add(
          new MarketCondition.MaximumSlippage(
              Measures.percent(fields.get("maximum-slippage"), true)));
    }
    return conditions;
  }
}
