package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.DAY;
import static org.supercargo.api.mandate.Given.EXPIRY;
import static org.supercargo.api.mandate.Given.HOME;
import static org.supercargo.api.mandate.Given.MALLORY;
import static org.supercargo.api.mandate.Given.NOW;
import static org.supercargo.api.mandate.Given.SOL;
import static org.supercargo.api.mandate.Given.USDC;
import static org.supercargo.api.mandate.Given.call;
import static org.supercargo.api.mandate.Given.daily;
import static org.supercargo.api.mandate.Given.item;
import static org.supercargo.api.mandate.Given.limited;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.nothingSpent;
import static org.supercargo.api.mandate.Given.once;
import static org.supercargo.api.mandate.Given.order;
import static org.supercargo.api.mandate.Given.pay;
import static org.supercargo.api.mandate.Given.paySol;
import static org.supercargo.api.mandate.Given.payee;
import static org.supercargo.api.mandate.Given.request;
import static org.supercargo.api.mandate.Given.rule;
import static org.supercargo.api.mandate.Given.spent;
import static org.supercargo.api.mandate.Given.swap;
import static org.supercargo.api.mandate.Given.swaps;
import static org.supercargo.api.mandate.Given.transfers;
import static org.supercargo.api.mandate.Given.usd;
import static org.supercargo.api.mandate.Given.usdc;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey.Per;

final class MandateTest {
  private static final Condition CREW =
      new Condition.Pays(List.of(payee(ALICE, Provenance.MANDATE)));
  private static final Rule ALLOW = transfers("crew", Rule.Decision.ALLOW, CREW);
  private static final Rule APPROVE = transfers("ask me", Rule.Decision.APPROVE, CREW);
  private static final Rule FORBID = transfers("never", Rule.Decision.DENY, CREW);

  private static Verdict judge(Mandate mandate, Intent intent) {
    return mandate.judge(intent, nothingSpent(mandate));
  }

  private static void isDeniedBy(String rule, Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Deny.class, deny -> assertThat(deny.rule()).isEqualTo(rule));
  }

  private static void isAllowedBy(String rule, Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Allow.class, allow -> assertThat(allow.rule()).isEqualTo(rule));
  }

  @Test
  void nothing_is_allowed_that_no_rule_allows() {
    assertThat(judge(mandate(), pay(ALICE, "0.000001")))
        .isEqualTo(
            new Verdict.Deny(
                "default deny", "no rule allows a transfer", List.of("add a rule that allows it")));
    for (Intent intent :
        List.of(
            swap("10", "0.004"),
            call("claim()"),
            request("api.example.com", "0.01"),
            order("mill", "5", item(1, "beans")))) {
      assertThat(judge(mandate(ALLOW), intent))
          .isInstanceOfSatisfying(
              Verdict.Deny.class,
              deny ->
                  assertThat(deny.reason())
                      .isEqualTo(
                          intent instanceof Intent.Order
                              ? "no rule allows an order"
                              : "no rule allows a " + intent.kind().word()));
    }
  }

  @Test
  void a_refusal_names_every_rule_that_nearly_applied_and_what_each_lacked() {
    Mandate mandate =
        mandate(
            transfers("small", Rule.Decision.ALLOW, CREW, once(usdc("1"))),
            swaps("trade"),
            transfers("larger", Rule.Decision.APPROVE, once(usdc("5"))),
            transfers(
                "never",
                Rule.Decision.DENY,
                new Condition.Pays(List.of(payee(MALLORY, Provenance.MANDATE)))));
    assertThat(judge(mandate, pay(ALICE, "6")))
        .isEqualTo(
            new Verdict.Deny(
                "default deny",
                "rule \"small\" does not apply: 6 USDC is more than 1 USDC at once;"
                    + " rule \"larger\" does not apply: 6 USDC is more than 5 USDC at once",
                List.of(
                    "spend at most 1 USDC per transaction",
                    "spend at most 5 USDC per transaction")));
  }

  @Test
  void a_refusal_speaks_of_the_rules_that_came_nearest_and_of_no_others() {
    Rule elsewhere =
        transfers("elsewhere", Rule.Decision.ALLOW, new Condition.OnChain(Set.of(ChainId.BASE)));
    Rule others =
        transfers(
            "others",
            Rule.Decision.ALLOW,
            new Condition.OnChain(Set.of(ChainId.SOLANA)),
            new Condition.Pays(List.of(payee(MALLORY, Provenance.MANDATE))));
    Rule later =
        transfers("later", Rule.Decision.ALLOW, CREW, new Condition.KnownFor(Duration.ofHours(1)));
    Rule capped = transfers("capped", Rule.Decision.ALLOW, CREW, once(usdc("1")));
    assertThat(reason(mandate(elsewhere, others, later, capped)))
        .isEqualTo("rule \"capped\" does not apply: 6 USDC is more than 1 USDC at once");
    assertThat(reason(mandate(elsewhere, others, later)))
        .isEqualTo("rule \"later\" does not apply: its payee is not in the address book");
    assertThat(reason(mandate(elsewhere, others)))
        .startsWith("rule \"others\" does not apply: it goes to alice")
        .doesNotContain("elsewhere");
    assertThat(reason(mandate(elsewhere)))
        .isEqualTo("rule \"elsewhere\" does not apply: it happens on solana");
  }

  private static String reason(Mandate mandate) {
    return ((Verdict.Deny) judge(mandate, pay(ALICE, "6"))).reason();
  }

  @Test
  void deny_outranks_approve_and_approve_outranks_allow_in_any_order() {
    for (List<Rule> order :
        List.of(
            List.of(ALLOW, APPROVE, FORBID),
            List.of(FORBID, APPROVE, ALLOW),
            List.of(APPROVE, FORBID, ALLOW))) {
      isDeniedBy("never", judge(mandate(order.toArray(Rule[]::new)), pay(ALICE, "1")));
    }
    for (Mandate mandate : List.of(mandate(ALLOW, APPROVE), mandate(APPROVE, ALLOW))) {
      assertThat(judge(mandate, pay(ALICE, "1")))
          .isInstanceOfSatisfying(
              Verdict.NeedsApproval.class, asks -> assertThat(asks.rule()).isEqualTo("ask me"));
    }
  }

  @Test
  void what_is_above_a_threshold_is_asked_about_and_the_rest_is_free() {
    Mandate mandate =
        mandate(
            transfers("small", Rule.Decision.ALLOW, CREW, once(usd("100"))),
            transfers(
                "large",
                Rule.Decision.APPROVE,
                CREW,
                new Condition.Above(usd("100")),
                once(usd("1000"))));
    isAllowedBy("small", judge(mandate, pay(ALICE, "100")));
    assertThat(judge(mandate, pay(ALICE, "100.000001"))).isInstanceOf(Verdict.NeedsApproval.class);
    isDeniedBy("default deny", judge(mandate, pay(ALICE, "1000.000001")));
  }

  @Test
  void an_approval_takes_its_budget_while_it_waits_and_is_an_allowance_once_it_is_met() {
    Rule asking =
        new Rule(
            "large",
            Rule.Decision.APPROVE,
            Given.terms(2, Duration.ofMinutes(10)),
            Set.of(Intent.Kind.TRANSFER),
            List.of(CREW, daily(usdc("100"))));
    Mandate mandate = mandate(asking);
    Facts facts = nothingSpent(mandate);
    var reservations =
        List.of(
            new Reservation("large", USDC.id(), usdc("60").baseUnits(), "alice", USDC.id()),
            new Reservation(
                "fees", SOL.id(), Amount.parse("0.001", SOL).baseUnits(), "alice", SOL.id()));
    assertThat(mandate.judge(pay(ALICE, "60"), facts.approvedBy(Map.of("ops", NOW))))
        .isEqualTo(
            new Verdict.NeedsApproval(
                "large",
                "it waits for the approval of 1 of cfo, owner",
                Given.terms(2, Duration.ofMinutes(10)),
                reservations));
    Map<String, Instant> both =
        Map.of("ops", NOW.minus(Duration.ofHours(1)), "cfo", NOW.minus(Duration.ofMinutes(9)));
    assertThat(mandate.judge(pay(ALICE, "60"), facts.approvedBy(both)))
        .isInstanceOfSatisfying(
            Verdict.NeedsApproval.class,
            asks -> assertThat(asks.reason()).contains("the delay until 2027-01-01T00:01:00Z"));
    assertThat(
            mandate.judge(
                pay(ALICE, "60"),
                facts.approvedBy(Map.of("ops", NOW, "cfo", NOW.minus(DAY), "mallory", NOW))))
        .isInstanceOf(Verdict.NeedsApproval.class);
    var met =
        Map.of("ops", NOW.minus(Duration.ofHours(1)), "cfo", NOW.minus(Duration.ofMinutes(10)));
    assertThat(mandate.judge(pay(ALICE, "60"), facts.approvedBy(met)))
        .isEqualTo(new Verdict.Allow("large", reservations));
  }

  @Test
  void no_approval_lifts_a_cap_a_limit_or_the_expiry() {
    Mandate mandate = mandate(transfers("ask me", Rule.Decision.APPROVE, CREW, once(usdc("5"))));
    var everybody = Map.of("ops", NOW.minus(DAY), "cfo", NOW.minus(DAY), "owner", NOW.minus(DAY));
    Facts approved = nothingSpent(mandate).approvedBy(everybody);
    isAllowedBy("ask me", mandate.judge(pay(ALICE, "5"), approved));
    isDeniedBy("default deny", mandate.judge(pay(ALICE, "5.000001"), approved));
    Mandate limited = limited(List.of(once(usdc("4"))), APPROVE);
    isDeniedBy(
        "limits", limited.judge(pay(ALICE, "5"), nothingSpent(limited).approvedBy(everybody)));
    isDeniedBy(
        "expires",
        mandate.judge(pay(ALICE, "5"), nothingSpent(mandate, EXPIRY).approvedBy(everybody)));
  }

  @Test
  void the_first_rule_that_allows_decides_and_takes_the_budget() {
    Mandate mandate =
        mandate(
            transfers("first", Rule.Decision.ALLOW, CREW, daily(usdc("10"))),
            transfers("second", Rule.Decision.ALLOW, CREW, daily(usdc("100"))));
    isAllowedBy("first", judge(mandate, pay(ALICE, "10")));
    isAllowedBy("second", judge(mandate, pay(ALICE, "11")));
    Verdict late = mandate.judge(pay(ALICE, "1"), spent(mandate, "first", usdc("9.5")));
    isAllowedBy("second", late);
    assertThat(((Verdict.Allow) late).reservations())
        .extracting(Reservation::rule)
        .containsExactly("second", "fees");
  }

  @Test
  void two_windows_over_one_asset_take_one_reservation() {
    Rule rule =
        transfers(
            "both",
            Rule.Decision.ALLOW,
            new Cap.Budget(usdc("10"), Duration.ofHours(1), Per.AGENT),
            daily(usdc("40")));
    Mandate mandate = mandate(rule);
    assertThat(mandate.budgets()).filteredOn(key -> key.rule().equals("both")).hasSize(2);
    assertThat(((Verdict.Allow) judge(mandate, pay(ALICE, "10"))).reservations())
        .containsOnlyOnce(
            new Reservation("both", USDC.id(), usdc("10").baseUnits(), "alice", USDC.id()));
  }

  @Test
  void limits_hold_over_all_rules_together() {
    Mandate mandate =
        limited(
            List.of(daily(usd("100")), new Cap.Count(5, DAY, Per.AGENT)),
            ALLOW,
            swaps("trade", once(usd("1000"))));
    assertThat(((Verdict.Allow) judge(mandate, pay(ALICE, "60"))).reservations())
        .contains(
            new Reservation("limits", AssetId.USD, usd("60").baseUnits(), "alice", USDC.id()),
            new Reservation("limits", BudgetKey.INTENTS, BigInteger.ONE, "alice", USDC.id()));
    assertThat(mandate.judge(swap("41", "0.016"), spent(mandate, "limits", usd("60"))))
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> {
              assertThat(deny.rule()).isEqualTo("limits");
              assertThat(deny.reason()).contains("more than the $40.00 left of $100.00");
              assertThat(deny.remedies()).isNotEmpty();
            });
    isAllowedBy("trade", mandate.judge(swap("40", "0.016"), spent(mandate, "limits", usd("60"))));
  }

  @Test
  void the_mandate_ends_at_its_instant_and_not_a_moment_later() {
    Mandate mandate = mandate(ALLOW);
    isAllowedBy(
        "crew", mandate.judge(pay(ALICE, "1"), nothingSpent(mandate, EXPIRY.minusNanos(1))));
    assertThat(mandate.judge(pay(ALICE, "1"), nothingSpent(mandate, EXPIRY)))
        .isEqualTo(
            new Verdict.Deny(
                "expires", "the mandate expired at " + EXPIRY, List.of("renew the mandate")));
  }

  @ParameterizedTest
  @EnumSource(Provenance.class)
  void only_the_owner_and_the_mandate_can_say_where_value_goes(Provenance provenance) {
    var transfer = new Intent.Transfer(payee(ALICE, provenance), Amount.parse("1", USDC), "");
    var order =
        new Intent.Order("mill", List.of(item(1, "beans")), payee(HOME, provenance), usd("5"));
    Mandate mandate = mandate(ALLOW, rule("shop", Rule.Decision.ALLOW, Intent.Kind.ORDER));
    for (Intent intent : List.of(transfer, order)) {
      Verdict verdict = judge(mandate, intent);
      switch (provenance) {
        case OWNER, MANDATE -> assertThat(verdict).isInstanceOf(Verdict.Allow.class);
        case TOOL, MODEL, MEMORY ->
            assertThat(verdict)
                .isInstanceOfSatisfying(
                    Verdict.Deny.class,
                    deny -> {
                      assertThat(deny.rule()).isEqualTo("payee provenance");
                      assertThat(deny.reason()).contains("not from the owner");
                    });
      }
    }
  }

  @Test
  void a_host_names_the_account_it_is_paid_at_because_the_rule_names_the_host() {
    Intent request = request("api.example.com", "0.01");
    Rule rule =
        rule(
            "data",
            Rule.Decision.ALLOW,
            Intent.Kind.PAYMENT,
            new Condition.Hosts(Set.of("api.example.com")));
    isAllowedBy("data", judge(mandate(rule), request));
  }

  @Test
  void only_a_rule_that_asks_for_approval_has_terms() {
    assertThatThrownBy(() ->
            new Rule("ask", Rule.Decision.APPROVE, null, Set.of(Intent.Kind.TRANSFER), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new Rule(
                "allow",
                Rule.Decision.ALLOW,
                Given.terms(1, Duration.ZERO),
                Set.of(Intent.Kind.TRANSFER),
                List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_same_question_gets_the_same_verdict() {
    Mandate mandate = mandate(transfers("daily", Rule.Decision.ALLOW, daily(usdc("10"))), APPROVE);
    for (Intent intent : List.of(pay(ALICE, "3"), pay(MALLORY, "3"), paySol(ALICE, "1"))) {
      assertThat(judge(mandate, intent)).isEqualTo(judge(mandate, intent));
    }
  }
}
