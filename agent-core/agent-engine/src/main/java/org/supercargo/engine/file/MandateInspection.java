package org.supercargo.engine.file;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.StandingOrder;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;

/// Looks for what an agent file allows and its owner hardly means: rules that never apply, bounds
/// that bind nothing, names and addresses that are easily mistaken.
///
/// A file without warnings is not a good mandate; a file with warnings is hardly one.
public final class MandateInspection {
  private static final Duration STALE = Duration.ofHours(1);

  private final AgentFile file;
  private final List<Warning> warnings = new ArrayList<>();

  private MandateInspection(AgentFile file) {
    this.file = file;
  }

  /// @param now at which the mandate may have expired
  /// @return in the order of their lines
  public static List<Warning> of(AgentFile file, Instant now) {
    var inspection = new MandateInspection(file);
    inspection.inspect(now);
    return inspection.warnings.stream().sorted(Comparator.comparingInt(Warning::line)).toList();
  }

  private void inspect(Instant now) {
    AgentSpec spec = file.spec();
    Mandate mandate = spec.mandate();
    inspectTerms(mandate, now);
    inspectLimits(mandate);
    inspectApprovers(mandate);
    spec.orders().forEach(order -> inspectOrder(order, mandate));
    new AddressInspection(spec).inspect(this::warn);
    for (int index = 0; index < mandate.rules().size(); index++) {
      Rule rule = mandate.rules().get(index);
      String path = "mandate.rules[" + index + "]";
      new RuleInspection(spec, rule, path).inspect(this::warn);
      inspectCover(rule, path, mandate.rules());
    }
  }

  /// Takes a warning about the value at a path.
  interface Report {
    void warn(String path, String what, String advice);
  }

  private void warn(String path, String what, String advice) {
    warnings.add(new Warning(file.lines().of(path), what, advice));
  }

  private void inspectTerms(Mandate mandate, Instant now) {
    if (!now.isBefore(mandate.expires())) {
      warn(
          "mandate.expires",
          "the mandate expired at " + mandate.expires() + ", so nothing is allowed",
          "Renew it with a later date.");
    }
    Duration age = mandate.quoteAge();
    if (age != null && age.compareTo(STALE) > 0) {
      warn(
          "mandate.quote-age",
          "prices count until they are " + Measures.text(age) + " old",
          "Use minutes; an old price hides a bad exchange.");
    }
    if (mandate.rules().stream().allMatch(rule -> rule.decision() == Rule.Decision.DENY)) {
      warn("mandate.rules", "no rule allows anything", "Add one that does.");
    }
  }

  private void inspectLimits(Mandate mandate) {
    boolean bounded =
        mandate.limits().stream()
            .anyMatch(cap -> cap instanceof Cap.Budget || cap instanceof Cap.Count);
    if (!bounded) {
      warn(
          "mandate",
          "no limits hold over all rules together",
          "Add \"limits: { rolling: [$200 per 24h] }\" with what a day may cost at the most.");
    }
    boolean orders =
        mandate.rules().stream().anyMatch(rule -> rule.kinds().contains(Intent.Kind.ORDER));
    if (orders && mandate.limits().stream().anyMatch(Cap.ShareOfBalance.class::isInstance)) {
      warn(
          "mandate.limits.share-of-balance",
          "a share of the balance refuses every order: orders are paid from no wallet",
          "Put it on the rules that spend from one.");
    }
    Set<AssetId> spent =
        mandate.rules().stream()
            .flatMap(rule -> RuleInspection.spends(rule).stream())
            .collect(Collectors.toSet());
    for (Cap cap : mandate.limits()) {
      AssetId asset = RuleInspection.asset(cap);
      if (asset != null
          && !asset.equals(AssetId.USD)
          && spent.stream().noneMatch(asset::equals)
          && mandate.limits().stream().noneMatch(other -> sameSymbolSpent(other, cap, spent))) {
        warn(
            "mandate.limits",
            "a limit bounds " + symbol(asset) + ", which no rule spends",
            "Remove it.");
      }
    }
  }

  /// A symbol in a limit stands for the assets of all chains; one that is spent is enough.
  private boolean sameSymbolSpent(Cap other, Cap cap, Set<AssetId> spent) {
    AssetId asset = RuleInspection.asset(other);
    AssetId own = RuleInspection.asset(cap);
    return asset != null
        && own != null
        && spent.contains(asset)
        && symbol(asset).equals(symbol(own));
  }

  private String symbol(AssetId asset) {
    return file.spec().asset(asset).map(each -> each.symbol()).orElse(asset.toString());
  }

  private void inspectApprovers(Mandate mandate) {
    for (String approver : mandate.approvers().keySet()) {
      boolean asked =
          mandate.rules().stream()
              .anyMatch(
                  rule -> rule.terms() != null && rule.terms().approvers().contains(approver));
      if (!asked) {
        warn(
            "mandate.approvers." + approver,
            "no rule asks for the approval of " + approver,
            "Add the name to the \"by\" of a rule, or remove it.");
      }
    }
  }

  private void inspectOrder(StandingOrder order, Mandate mandate) {
    if (order.trigger() instanceof StandingOrder.Trigger.PrepaidBelow prepaid
        && !mandate.signIns().contains(prepaid.host())) {
      warn(
          "orders." + order.name() + ".when",
          "the order never acts: the mandate names no sign-in to "
              + prepaid.host()
              + ", so what is left there cannot be asked",
          "Add \"sign-in: [" + prepaid.host() + "]\" to the mandate.");
    }
  }

  private void inspectCover(Rule rule, String path, List<Rule> rules) {
    if (rule.decision() == Rule.Decision.DENY) {
      return;
    }
    for (Rule other : rules) {
      boolean outranks =
          other.decision() == Rule.Decision.DENY
              || (other.decision() == Rule.Decision.APPROVE
                  && rule.decision() == Rule.Decision.ALLOW);
      if (outranks && new RuleCover(other, rule).isTotal()) {
        boolean forbids = other.decision() == Rule.Decision.DENY;
        warn(
            path,
            "rule \""
                + rule.name()
                + "\" never decides: rule \""
                + other.name()
                + (forbids ? "\" forbids all of it" : "\" asks for approval of all of it"),
            forbids
                ? "Narrow the rule that forbids, or remove this one."
                : "Add \"above: $100\" to \"" + other.name() + "\", or remove this rule.");
      }
    }
  }
}
