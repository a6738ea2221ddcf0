package org.supercargo.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.ApprovalTerms;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.MarketCondition;
import org.supercargo.api.mandate.Rule;
import org.supercargo.engine.file.Hours;

/// A mandate in plain words.
record MandateWords(AgentSpec spec) {
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("nothing is allowed but what follows, until " + spec.mandate().expires());
    spec.mandate().rules().forEach(rule -> lines.addAll(lines(rule)));
    List<Cap> limits = spec.mandate().limits();
    if (!limits.isEmpty()) {
      lines.add("all rules together: at most " + joined(limits, ", "));
    }
    spec.mandate().fees().forEach((chain, limit) -> lines.add(fees(chain, limit)));
    Duration age = spec.mandate().quoteAge();
    if (age != null) {
      lines.add("independent prices count until they are " + time(age) + " old");
    }
    if (!spec.mandate().signIns().isEmpty()) {
      lines.add("its wallets may be proved to " + String.join(", ", spec.mandate().signIns()));
    }
    return lines;
  }

  private static String fees(ChainId chain, FeeLimit limit) {
    return "fees and rent on "
        + chain.name()
        + ": at most "
        + limit.perTransaction()
        + " for a transaction"
        + (limit.tip().equals(limit.perTransaction())
            ? ""
            : " (" + limit.tip() + " of it as a tip)")
        + ", "
        + limit.rolling()
        + " per "
        + time(limit.window());
  }

  /// What the rule is about, when it holds, and its bounds. A cap named for a symbol holds on each
  /// chain by itself.
  private List<String> lines(Rule rule) {
    String kinds = sorted(rule.kinds().stream().map(kind -> kind.word() + "s").toList(), " and ");
    var lines = new ArrayList<String>();
    String subjects = joined(those(rule, MandateWords::isSubject), " ");
    lines.add("\"" + rule.name() + "\" " + verb(rule.decision()) + " " + kinds + " " + subjects);
    lines.replaceAll(String::strip);
    addLine(lines, "only ", joined(those(rule, MandateWords::isCircumstance), ", "));
    addLine(
        lines, "at most ", joined(those(rule, each -> !(each instanceof Condition.Subject)), ", "));
    ApprovalTerms terms = rule.terms();
    addLine(lines, "after ", terms == null ? "" : words(terms));
    return lines;
  }

  private static void addLine(List<String> lines, String before, String text) {
    if (!text.isEmpty()) {
      lines.add("   " + before + text);
    }
  }

  private static List<Condition> those(Rule rule, Predicate<Condition> which) {
    return rule.conditions().stream().filter(which).toList();
  }

  private static boolean isSubject(Condition condition) {
    return condition instanceof Condition.Subject && !isCircumstance(condition);
  }

  private static boolean isCircumstance(Condition condition) {
    return condition instanceof Condition.During
        || condition instanceof Condition.KnownFor
        || condition instanceof Condition.Origin
        || condition instanceof Condition.Above;
  }

  private String joined(Collection<? extends Condition> conditions, String between) {
    return conditions.stream().map(this::words).distinct().collect(Collectors.joining(between));
  }

  private static String words(ApprovalTerms terms) {
    return terms.quorum()
        + " of "
        + String.join(", ", terms.approvers())
        + (terms.delay().isZero() ? "" : " and " + time(terms.delay()) + " for a veto")
        + "; refused without them after "
        + time(terms.lapse());
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
      case Condition.Subject subject -> words(subject);
      case Cap cap -> words(cap);
      case MarketCondition.MaximumLoss loss ->
          "a loss of " + loss.percent().toPlainString() + " % by the valuations";
      case MarketCondition.MaximumSlippage slippage ->
          "a loss of " + slippage.percent().toPlainString() + " % by independent prices";
    };
  }

  private String words(Condition.Subject subject) {
    return switch (subject) {
      case Condition.OnChain on ->
          "on " + sorted(on.chains().stream().map(ChainId::name).toList(), " and ");
      case Condition.Spends spends -> "of " + symbols(spends.assets());
      case Condition.Pays pays -> "to " + sorted(pays.payees().stream().map(Payee::name).toList());
      case Condition.Buys buys -> "into " + symbols(buys.assets());
      case Condition.Contracts contracts ->
          "only through " + sorted(contracts.addresses().stream().map(Object::toString).toList());
      case Condition.Functions functions -> "of " + sorted(functions.signatures());
      case Condition.Argument argument ->
          "with argument " + argument.index() + " " + sorted(argument.values(), " or ");
      case Condition.Hosts hosts -> "to the hosts " + sorted(hosts.hosts());
      case Condition.Shops shops -> "from " + sorted(shops.shops());
      case Condition.Products products ->
          "of at most "
              + products.most().entrySet().stream()
                  .map(entry -> entry.getValue() + " " + entry.getKey())
                  .collect(Collectors.joining(", "));
      case Condition.During hours -> Hours.text(hours);
      case Condition.Above above -> "above " + money(above.threshold());
      case Condition.KnownFor known -> "to payees known for " + time(known.time());
      case Condition.Origin origin ->
          "with the "
              + origin.field().word()
              + " from "
              + sorted(
                  origin.allowed().stream()
                      .map(each -> each.name().toLowerCase(Locale.ROOT))
                      .toList(),
                  " or ");
    };
  }

  private static String words(Cap cap) {
    return switch (cap) {
      case Cap.PerTransaction once -> money(once.cap()) + " at once";
      case Cap.Budget budget -> money(budget.cap()) + span(budget.window(), budget.per());
      case Cap.Count count -> count.most() + " times" + span(count.window(), count.per());
      case Cap.ShareOfBalance share ->
          share.percent().toPlainString() + " % of the balance at once";
    };
  }

  private static String span(@Nullable Duration window, BudgetKey.Per per) {
    return (window == null ? " in all" : " per " + time(window))
        + switch (per) {
          case AGENT -> "";
          case PAYEE -> " for each payee";
          case ASSET -> " for each asset";
        };
  }

  private static String sorted(Collection<String> words) {
    return sorted(words, ", ");
  }

  private static String sorted(Collection<String> words, String between) {
    return words.stream().distinct().sorted().collect(Collectors.joining(between));
  }

  private String symbols(Set<AssetId> assets) {
    return sorted(
        assets.stream()
            .map(id -> spec.asset(id).map(Asset::symbol).orElse(id.toString()))
            .toList());
  }

  private static String money(Amount amount) {
    return amount.asset().id().equals(AssetId.USD) ? "$" + amount.number() : amount.toString();
  }

  private static String time(Duration time) {
    if (time.toSeconds() % 60 != 0) {
      return time.toSeconds() + " s";
    }
    if (time.toMinutes() % 60 != 0) {
      return time.toMinutes() + " min";
    }
    return time.toHours() % 24 == 0 && time.toHours() > 24
        ? time.toDays() + " days"
        : time.toHours() + " h";
  }
}
