package org.supercargo.api.mandate;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.payment.SignIn;

/// The owner's written limits. Nothing is allowed that no rule allows.
///
/// Judging is pure: the same mandate, intent and facts always give the same verdict, in the
/// runtime, in the signer and in a replay years later.
///
/// @param expires after this instant nothing is allowed
/// @param fees what fees and account rent may cost on each chain; a chain without limits cannot be
///   used
/// @param quoteAge the oldest independent price that counts; null when none does
/// @param limits caps over all rules together
/// @param approvers Ed25519 public keys (32 bytes) of those who may approve, by name
/// @param signIns hosts, in lower case, to which the agent may prove that a wallet is its own
public record Mandate(
    Instant expires,
    Map<ChainId, FeeLimit> fees,
    Valuations valuations,
    @Nullable Duration quoteAge,
    List<Cap> limits,
    Map<String, Bytes> approvers,
    List<Rule> rules,
    Set<String> signIns) {
  /// The name under which fees are counted. No rule has it.
  public static final String FEES = "fees";

  /// The name under which caps over all rules are counted. No rule has it.
  public static final String LIMITS = "limits";

  private static final String EXPIRY = "expires";
  private static final String SIGN_IN = "sign-in";
  private static final String PROVENANCE = "payee provenance";
  private static final String DEFAULT = "default deny";

  public Mandate {
    // Sorted, so that equal mandates have one textual form.
    var sorted = new TreeMap<ChainId, FeeLimit>(Comparator.comparing(ChainId::toString));
    sorted.putAll(fees);
    fees = Collections.unmodifiableSortedMap(sorted);
    limits = List.copyOf(limits);
    approvers = Collections.unmodifiableSortedMap(new TreeMap<>(approvers));
    rules = List.copyOf(rules);
    signIns = Collections.unmodifiableSortedSet(new TreeSet<>(signIns));
  }

  /// A mandate that allows no proof to any host.
  public Mandate(
      Instant expires,
      Map<ChainId, FeeLimit> fees,
      Valuations valuations,
      @Nullable Duration quoteAge,
      List<Cap> limits,
      Map<String, Bytes> approvers,
      List<Rule> rules) {
    this(expires, fees, valuations, quoteAge, limits, approvers, rules, Set.of());
  }

  /// Every sum [Facts] must answer.
  public List<BudgetKey> budgets() {
    return Stream.of(
            rules.stream().flatMap(rule -> rule.budgets().stream()),
            Rule.budgets(LIMITS, limits).stream(),
            fees.values().stream().map(Mandate::feeBudget))
        .flatMap(keys -> keys)
        .distinct()
        .toList();
  }

  private static BudgetKey feeBudget(FeeLimit limit) {
    return new BudgetKey(FEES, limit.rolling().asset().id(), limit.window(), BudgetKey.Per.AGENT);
  }

  /// Whether any rule asks what share of its balance a wallet gives away.
  public boolean asksForBalance() {
    return conditions().anyMatch(Cap.ShareOfBalance.class::isInstance);
  }

  private Stream<Condition> conditions() {
    return Stream.concat(
        limits.stream(), rules.stream().flatMap(rule -> rule.conditions().stream()));
  }

  /// Judges what an agent proposes.
  public Verdict judge(Intent intent, Facts facts) {
    if (!facts.now().isBefore(expires)) {
      return new Verdict.Deny(
          EXPIRY, "the mandate expired at " + expires, List.of("renew the mandate"));
    }
    Verdict.Deny denial = firstDenial(intent, facts);
    return denial == null ? byRules(intent, facts) : denial;
  }

  /// Judges whether the agent may prove to a host that a wallet is its own. Nothing moves by that,
  /// but who is let in may spend what was paid to the host before.
  ///
  /// @return null when it may
  public Verdict.@Nullable Deny judgeSignIn(SignIn signIn, Instant now) {
    if (!now.isBefore(expires)) {
      return new Verdict.Deny(
          EXPIRY, "the mandate expired at " + expires, List.of("renew the mandate"));
    }
    return signIns.contains(signIn.domain())
        ? null
        : new Verdict.Deny(
            SIGN_IN,
            "the mandate names no sign-in to " + signIn.domain(),
            List.of("add " + signIn.domain() + " to the mandate's sign-in"));
  }

  private Verdict.@Nullable Deny firstDenial(Intent intent, Facts facts) {
    Verdict.Deny fees = judgeFees(intent, facts);
    if (fees != null) {
      return fees;
    }
    Verdict.Deny stranger = judgePayee(intent);
    if (stranger != null) {
      return stranger;
    }
    var question = question(LIMITS, intent, facts);
    return limits.stream()
        .map(limit -> limit.check(question))
        .filter(miss -> miss != null)
        .findFirst()
        .map(miss -> new Verdict.Deny(LIMITS, miss.reason(), List.of(miss.remedy())))
        .orElse(null);
  }

  private Question question(String rule, Intent intent, Facts facts) {
    return new Question(rule, intent, facts, valuations, quoteAge);
  }

  private Verdict.@Nullable Deny judgeFees(Intent intent, Facts facts) {
    if (intent.chain().equals(ChainId.OFF_CHAIN)) {
      return null;
    }
    FeeLimit limit = fees.get(intent.chain());
    if (limit == null) {
      return new Verdict.Deny(
          FEES,
          "the mandate sets no fee limits on " + intent.chain().name(),
          List.of("add " + intent.chain().name() + " to the mandate's fees"));
    }
    var cap = new Cap.Budget(limit.rolling(), limit.window(), BudgetKey.Per.AGENT);
    BigInteger left = limit.rolling().baseUnits().subtract(facts.spent(cap.key(FEES)));
    if (mostFees(intent, limit).compareTo(left) > 0) {
      return new Verdict.Deny(
          FEES,
          "its fees may reach "
              + limit.perTransaction()
              + " for each transaction, more than is left of "
              + limit.rolling()
              + " per "
              + Wording.text(limit.window()),
          List.of("wait until earlier fees leave the window", "raise the rolling fee limit"));
    }
    return null;
  }

  private static BigInteger mostFees(Intent intent, FeeLimit limit) {
    return limit.perTransaction().baseUnits().multiply(BigInteger.valueOf(intent.transactions()));
  }

  /// Where value goes must be the owner's word. Whom a host lets itself be paid to is the host's
  /// own; there the host must be named.
  private static Verdict.@Nullable Deny judgePayee(Intent intent) {
    Payee payee =
        switch (intent) {
          case Intent.Transfer transfer -> transfer.payee();
          case Intent.Order order -> order.shipTo();
          case Intent.Payment _, Intent.Swap _, Intent.Call _ -> null;
        };
    if (payee == null || payee.provenance().isTrusted()) {
      return null;
    }
    return new Verdict.Deny(
        PROVENANCE,
        "the address "
            + payee.address().text()
            + " came from "
            + payee.provenance().name().toLowerCase(Locale.ROOT)
            + " output, not from the owner",
        List.of("put the payee into the address book, or write the address into the goal"));
  }

  private Verdict byRules(Intent intent, Facts facts) {
    Rule approving = null;
    Rule allowing = null;
    var lacking = new ArrayList<Lacking>();
    for (Rule rule : rules) {
      if (!rule.kinds().contains(intent.kind())) {
        continue;
      }
      Rule.Lack lack = rule.check(question(rule.name(), intent, facts));
      if (lack == null) {
        switch (rule.decision()) {
          case DENY -> {
            return new Verdict.Deny(rule.name(), "the rule forbids it", List.of("change the rule"));
          }
          case APPROVE -> approving = approving == null ? rule : approving;
          case ALLOW -> allowing = allowing == null ? rule : allowing;
        }
      } else if (rule.decision() != Rule.Decision.DENY) {
        lacking.add(new Lacking(rule.name(), lack));
      }
    }
    if (approving != null && approving.terms() != null) {
      return byApproval(approving, approving.terms(), intent, facts);
    }
    return allowing == null
        ? byDefault(intent, lacking)
        : new Verdict.Allow(allowing.name(), reservations(allowing, intent, facts));
  }

  private record Lacking(String rule, Rule.Lack lack) {
    private String text() {
      return "rule \"" + rule + "\" does not apply: " + lack.miss().reason();
    }
  }

  /// Speaks of the rules that came nearest, and leaves out those about something else.
  private static Verdict byDefault(Intent intent, List<Lacking> lacking) {
    int nearest = lacking.stream().mapToInt(each -> each.lack().distance()).min().orElse(0);
    List<Lacking> near =
        lacking.stream().filter(each -> each.lack().distance() == nearest).toList();
    return near.isEmpty()
        ? new Verdict.Deny(
            DEFAULT,
            "no rule allows "
                + (intent.kind() == Intent.Kind.ORDER ? "an " : "a ")
                + intent.kind().word(),
            List.of("add a rule that allows it"))
        : new Verdict.Deny(
            DEFAULT,
            near.stream().map(Lacking::text).collect(Collectors.joining("; ")),
            near.stream().map(each -> each.lack().miss().remedy()).distinct().toList());
  }

  private Verdict byApproval(Rule rule, ApprovalTerms terms, Intent intent, Facts facts) {
    List<Reservation> reservations = reservations(rule, intent, facts);
    return terms.areMet(facts.approvals(), facts.now())
        ? new Verdict.Allow(rule.name(), reservations)
        : new Verdict.NeedsApproval(
            rule.name(), "it waits for " + terms.missing(facts.approvals()), terms, reservations);
  }

  private List<Reservation> reservations(Rule rule, Intent intent, Facts facts) {
    var all = new ArrayList<Reservation>();
    all.addAll(Rule.reservations(question(rule.name(), intent, facts), rule.conditions()));
    all.addAll(Rule.reservations(question(LIMITS, intent, facts), limits));
    FeeLimit limit = fees.get(intent.chain());
    if (limit != null && intent.transactions() > 0) {
      all.add(fee(intent, limit, mostFees(intent, limit)));
    }
    return all;
  }

  private static Reservation fee(Intent intent, FeeLimit limit, BigInteger baseUnits) {
    AssetId coin = limit.perTransaction().asset().id();
    return new Reservation(FEES, coin, baseUnits, intent.counterparty(), coin);
  }

  /// What one transaction counts against the fee limits: the most its bytes allow, and all that one
  /// may cost when it opens an account, whose rent is not in the bytes.
  ///
  /// @return null on chains without fees
  public @Nullable Reservation feeOf(Intent intent, List<Effect> effects) {
    FeeLimit limit = fees.get(intent.chain());
    if (limit == null) {
      return null;
    }
    if (effects.stream().anyMatch(Effect.AccountCreation.class::isInstance)) {
      return fee(intent, limit, limit.perTransaction().baseUnits());
    }
    BigInteger most =
        effects.stream()
            .filter(Effect.Fee.class::isInstance)
            .map(effect -> ((Effect.Fee) effect).baseUnits())
            .reduce(BigInteger.ZERO, BigInteger::add);
    return fee(intent, limit, most);
  }

  /// Judges what bytes would do: exactly what the intent says, at a bounded fee, and nothing else.
  ///
  /// @param ruleName the rule that allowed the intent
  /// @param now from which on an authorization may be good for a while, and no longer
  /// @return null when the effects are those of the intent, or the refusal
  public Verdict.@Nullable Deny judgeEffects(
      Intent intent, String ruleName, Address wallet, List<Effect> effects, Instant now) {
    Rule rule =
        rules.stream().filter(each -> each.name().equals(ruleName)).findFirst().orElse(null);
    if (rule == null) {
      return new Verdict.Deny(
          EffectCheck.NAME,
          "the mandate has no rule \"" + ruleName + "\"",
          List.of("judge the intent again"));
    }
    String difference =
        new EffectCheck(intent, wallet, rule, fees.get(intent.chain()), now).difference(effects);
    return difference == null
        ? null
        : new Verdict.Deny(
            EffectCheck.NAME,
            difference,
            List.of("the transaction must do what the intent says and nothing else"));
  }

  /// Judges a node's prediction: it must succeed, take no more than the intent and the fee limit,
  /// and bring what an exchange promises.
  ///
  /// @param simulation null when there is none, which is a refusal, unless all there is is an
  ///   authorization that somebody else puts on the chain
  /// @return null when it is within bounds, or the refusal
  public Verdict.@Nullable Deny judgeSimulation(
      Intent intent, List<Effect> effects, @Nullable Simulation simulation) {
    return new SimulationCheck(intent, fees.get(intent.chain())).denial(effects, simulation);
  }
}
