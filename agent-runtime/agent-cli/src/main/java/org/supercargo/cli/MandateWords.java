package org.supercargo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Rule;

/// A mandate in plain words.
record MandateWords(AgentSpec spec) {
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("nothing is allowed but what follows, until " + spec.mandate().expires());
    spec.mandate().rules().forEach(rule -> lines.addAll(lines(rule)));
    spec.mandate()
        .feeCeilings()
        .forEach((chain, ceiling) ->
            lines.add(
                "fees and rent of one transaction on " + chain.name() + ": at most " + ceiling));
    return lines;
  }

  /// What the rule is about, then its bounds. A cap named for a symbol holds on each chain by
  /// itself.
  private List<String> lines(Rule rule) {
    String kinds =
        rule.kinds().stream()
            .map(kind -> kind.name().toLowerCase(Locale.ROOT) + "s")
            .sorted()
            .collect(Collectors.joining(" and "));
    var lines = new ArrayList<String>();
    lines.add(
        "\""
            + rule.name()
            + "\" "
            + verb(rule.decision())
            + " "
            + kinds
            + joined(
                rule,
                " ",
                Condition.Spends.class,
                Condition.Buys.class,
                Condition.OnChain.class,
                Condition.Pays.class));
    String bounds =
        joined(
            rule,
            ", ",
            Condition.PerTransaction.class,
            Condition.UsdPerTransaction.class,
            Condition.Rolling.class,
            Condition.UsdRolling.class,
            Condition.MaximumLoss.class,
            Condition.Contracts.class);
    if (!bounds.isEmpty()) {
      lines.add("   at most " + bounds.substring(2));
    }
    return lines;
  }

  @SafeVarargs
  private final String joined(Rule rule, String before, Class<? extends Condition>... kinds) {
    var text = new StringBuilder();
    for (Class<? extends Condition> kind : kinds) {
      rule.conditions().stream()
          .filter(kind::isInstance)
          .map(this::words)
          .distinct()
          .forEach(words -> text.append(before).append(words));
    }
    return text.toString();
  }

  private static String verb(Rule.Decision decision) {
    return switch (decision) {
      case ALLOW -> "allows";
      case APPROVE -> "asks approval for";
      case DENY -> "forbids";
    };
  }

  private String words(Condition condition) {
    return switch (condition) {
      case Condition.OnChain chains ->
          "on "
              + chains.chains().stream()
                  .map(ChainId::name)
                  .sorted()
                  .collect(Collectors.joining(" and "));
      case Condition.Spends spends -> "of " + symbols(spends.assets());
      case Condition.Pays pays ->
          "to "
              + pays.payees().stream()
                  .map(Payee::name)
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(", "));
      case Condition.Buys buys -> "into " + symbols(buys.assets());
      case Condition.Contracts contracts ->
          "only through "
              + contracts.addresses().stream()
                  .map(Object::toString)
                  .sorted()
                  .collect(Collectors.joining(", "));
      case Condition.PerTransaction cap -> cap.cap() + " at once";
      case Condition.UsdPerTransaction cap -> "$" + cap.cap().number() + " at once";
      case Condition.Rolling cap -> cap.cap() + " per " + window(cap.window());
      case Condition.UsdRolling cap -> "$" + cap.cap().number() + " per " + window(cap.window());
      case Condition.MaximumLoss loss -> "a loss of " + loss.percent() + " %";
    };
  }

  private String symbols(Set<AssetId> assets) {
    return assets.stream()
        .map(id -> spec.asset(id).map(Asset::symbol).orElse(id.toString()))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String window(java.time.Duration window) {
    return window.toHours() > 0 ? window.toHours() + " h" : window.toMinutes() + " min";
  }
}
