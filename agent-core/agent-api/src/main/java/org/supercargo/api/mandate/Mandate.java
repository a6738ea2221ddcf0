package org.supercargo.api.mandate;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Simulation;

/// The owner's written limits. Nothing is allowed that no rule allows.
///
/// Judging is pure: the same mandate, intent and facts always give the same verdict, in the
/// runtime, in the signer and in a replay years later.
///
/// @param expires after this instant nothing is allowed
/// @param feeCeilings for each chain, the most that fees and account rent of one transaction may
///   cost in its native coin; a chain without a ceiling cannot be used
public record Mandate(
    Instant expires, Map<ChainId, Amount> feeCeilings, Valuations valuations, List<Rule> rules) {
  private static final String EXPIRY = "expires";
  private static final String PROVENANCE = "payee provenance";
  private static final String DEFAULT = "default deny";
  private static final String FEES = "fees";
  static final String EFFECTS = "decoded effects";
  private static final String SIMULATION = "simulation";

  public Mandate {
    // Sorted, so that equal mandates have one textual form.
    var sorted = new TreeMap<ChainId, Amount>(Comparator.comparing(ChainId::toString));
    sorted.putAll(feeCeilings);
    feeCeilings = Collections.unmodifiableSortedMap(sorted);
    rules = List.copyOf(rules);
  }

  /// Every rolling sum [Facts] must answer.
  public List<BudgetKey> budgets() {
    return rules.stream().flatMap(rule -> rule.budgets().stream()).distinct().toList();
  }

  /// Judges what an agent proposes.
  public Verdict judge(Intent intent, Facts facts) {
    if (!facts.now().isBefore(expires)) {
      return new Verdict.Deny(
          EXPIRY, "the mandate expired at " + expires, List.of("renew the mandate"));
    }
    if (!feeCeilings.containsKey(intent.chain())) {
      return new Verdict.Deny(
          FEES,
          "the mandate sets no fee ceiling on " + intent.chain().name(),
          List.of("add " + intent.chain().name() + " to the mandate's fees"));
    }
    if (intent instanceof Intent.Transfer transfer && !transfer.payee().provenance().isTrusted()) {
      return new Verdict.Deny(
          PROVENANCE,
          "the address "
              + transfer.payee().address()
              + " came from "
              + transfer.payee().provenance().name().toLowerCase(java.util.Locale.ROOT)
              + " output, not from the owner",
          List.of("put the payee into the address book, or write the address into the goal"));
    }
    return byRules(intent, facts);
  }

  private Verdict byRules(Intent intent, Facts facts) {
    Rule approving = null;
    Rule allowing = null;
    var misses = new ArrayList<String>();
    var remedies = new ArrayList<String>();
    for (Rule rule : rules) {
      Condition.Miss miss = rule.check(intent, facts, valuations);
      if (miss == null) {
        switch (rule.decision()) {
          case DENY -> {
            return new Verdict.Deny(rule.name(), "the rule forbids it", List.of("change the rule"));
          }
          case APPROVE -> approving = approving == null ? rule : approving;
          case ALLOW -> allowing = allowing == null ? rule : allowing;
        }
      } else if (rule.decision() != Rule.Decision.DENY && rule.kinds().contains(intent.kind())) {
        misses.add("rule \"" + rule.name() + "\" does not apply: " + miss.reason());
        remedies.add(miss.remedy());
      }
    }
    if (approving != null) {
      return new Verdict.NeedsApproval(approving.name(), "the rule asks for a person's approval");
    }
    if (allowing != null) {
      return new Verdict.Allow(allowing.name(), allowing.reservations(intent, valuations));
    }
    if (misses.isEmpty()) {
      return new Verdict.Deny(
          DEFAULT,
          "no rule allows a " + intent.kind().name().toLowerCase(java.util.Locale.ROOT),
          List.of("add a rule that allows it"));
    }
    return new Verdict.Deny(DEFAULT, String.join("; ", misses), remedies);
  }

  /// Judges what bytes would do: exactly what the intent says, at a bounded fee, and nothing else.
  ///
  /// @param ruleName the rule that allowed the intent
  /// @return null when the effects are those of the intent, or the refusal
  public Verdict.@Nullable Deny judgeEffects(
      Intent intent, String ruleName, Address wallet, List<Effect> effects) {
    Rule rule =
        rules.stream().filter(each -> each.name().equals(ruleName)).findFirst().orElse(null);
    if (rule == null) {
      return new Verdict.Deny(
          EFFECTS,
          "the mandate has no rule \"" + ruleName + "\"",
          List.of("judge the intent again"));
    }
    String difference =
        new EffectCheck(intent, wallet, rule, feeCeilings.get(intent.chain())).difference(effects);
    return difference == null
        ? null
        : new Verdict.Deny(
            EFFECTS,
            difference,
            List.of("the transaction must do what the intent says and nothing else"));
  }

  /// Judges a node's prediction: it must succeed and take no more than the intent and the fee
  /// ceiling.
  ///
  /// @return null when it is within bounds, or the refusal
  public Verdict.@Nullable Deny judgeSimulation(Intent intent, Simulation simulation) {
    if (simulation.error() != null) {
      return new Verdict.Deny(
          SIMULATION,
          "it would fail: " + simulation.error(),
          List.of("mend what the chain objects to"));
    }
    Amount ceiling = feeCeilings.get(intent.chain());
    var totals = new LinkedHashMap<AssetId, BigInteger>();
    simulation
        .changes()
        .forEach(change -> totals.merge(change.asset(), change.baseUnits(), BigInteger::add));
    for (var total : totals.entrySet()) {
      BigInteger bound = BigInteger.ZERO;
      if (total.getKey().equals(intent.spends().asset().id())) {
        bound = bound.add(intent.spends().baseUnits());
      }
      if (ceiling != null && total.getKey().equals(ceiling.asset().id())) {
        bound = bound.add(ceiling.baseUnits());
      }
      BigInteger taken = total.getValue().negate();
      if (taken.compareTo(bound) > 0) {
        return new Verdict.Deny(
            SIMULATION,
            "it would take " + taken + " base units of " + total.getKey() + ", more than " + bound,
            List.of("raise the fee ceiling, or find out what takes the difference"));
      }
    }
    return null;
  }
}
