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
    for (Rule rule : spec.mandate().rules()) {
      String kinds =
          rule.kinds().stream()
              .map(kind -> kind.name().toLowerCase(Locale.ROOT) + "s")
              .sorted()
              .collect(Collectors.joining(" and "));
      lines.add(
          "\"" + rule.name() + "\": " + verb(rule.decision()) + " " + kinds + " "
              + rule.conditions().stream().map(this::words).filter(text -> !text.isEmpty())
                  .collect(Collectors.joining(", ")));
    }
    spec.mandate()
        .feeCeilings()
        .forEach(
            (chain, ceiling) ->
                lines.add("fees and rent of one transaction on " + chain.name() + ": at most " + ceiling));
    return lines;
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
          "on " + chains.chains().stream().map(ChainId::name).sorted().collect(Collectors.joining(" and "));
      case Condition.Spends spends -> "of " + symbols(spends.assets());
      case Condition.Pays pays ->
          "to " + pays.payees().stream().map(Payee::name).distinct().sorted().collect(Collectors.joining(", "));
      case Condition.Buys buys -> "into " + symbols(buys.assets());
      case Condition.Contracts contracts -> "through " + contracts.addresses().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
      case Condition.PerTransaction cap ->
          "at most " + cap.cap() + " (" + cap.cap().asset().chain().name() + ") at once";
      case Condition.UsdPerTransaction cap -> "at most $" + cap.cap().number() + " at once";
      case Condition.Rolling cap ->
          "at most " + cap.cap() + " (" + cap.cap().asset().chain().name() + ") per " + window(cap.window());
      case Condition.UsdRolling cap ->
          "at most $" + cap.cap().number() + " per " + window(cap.window());
      case Condition.MaximumLoss loss -> "losing at most " + loss.percent() + " %";
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
