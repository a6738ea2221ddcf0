package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.EXPIRY;
import static org.supercargo.api.mandate.Given.MALLORY;
import static org.supercargo.api.mandate.Given.NOW;
import static org.supercargo.api.mandate.Given.USDC;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.nothingSpent;
import static org.supercargo.api.mandate.Given.pay;
import static org.supercargo.api.mandate.Given.payee;
import static org.supercargo.api.mandate.Given.spent;
import static org.supercargo.api.mandate.Given.swap;
import static org.supercargo.api.mandate.Given.swaps;
import static org.supercargo.api.mandate.Given.transfers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.intent.Intent;

final class MandateTest {
  private static final Condition CREW =
      new Condition.Pays(List.of(payee(ALICE, Provenance.MANDATE)));
  private static final Rule ALLOW = transfers("crew", Rule.Decision.ALLOW, CREW);
  private static final Rule APPROVE = transfers("ask me", Rule.Decision.APPROVE, CREW);
  private static final Rule FORBID = transfers("never", Rule.Decision.DENY, CREW);

  private static Verdict judge(Mandate mandate, Intent intent) {
    return mandate.judge(intent, nothingSpent(mandate));
  }

  @Test
  void nothing_is_allowed_that_no_rule_allows() {
    assertThat(judge(mandate(), pay(ALICE, "0.000001")))
        .isEqualTo(
            new Verdict.Deny(
                "default deny", "no rule allows a transfer", List.of("add a rule that allows it")));
    assertThat(judge(mandate(ALLOW), swap("10", "0.004")))
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> assertThat(deny.reason()).isEqualTo("no rule allows a swap"));
  }

  @Test
  void a_refusal_names_every_rule_that_nearly_applied_and_what_each_lacked() {
    Mandate mandate =
        mandate(
            transfers(
                "small",
                Rule.Decision.ALLOW,
                CREW,
                new Condition.PerTransaction(Amount.parse("1", USDC))),
            swaps("trade"),
            transfers(
                "larger",
                Rule.Decision.APPROVE,
                new Condition.PerTransaction(Amount.parse("5", USDC))),
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
  void deny_outranks_approve_and_approve_outranks_allow_in_any_order() {
    for (List<Rule> order :
        List.of(
            List.of(ALLOW, APPROVE, FORBID),
            List.of(FORBID, APPROVE, ALLOW),
            List.of(APPROVE, FORBID, ALLOW))) {
      assertThat(judge(mandate(order.toArray(Rule[]::new)), pay(ALICE, "1")))
          .isInstanceOfSatisfying(
              Verdict.Deny.class, deny -> assertThat(deny.rule()).isEqualTo("never"));
    }
    for (Mandate mandate : List.of(mandate(ALLOW, APPROVE), mandate(APPROVE, ALLOW))) {
      assertThat(judge(mandate, pay(ALICE, "1")))
          .isEqualTo(new Verdict.NeedsApproval("ask me", "the rule asks for a person's approval"));
    }
  }

  @Test
  void the_first_rule_that_allows_decides_and_takes_the_budget() {
    Rule first = daily("first", "10");
    Rule second = daily("second", "100");
    Mandate mandate = mandate(first, second);
    assertThat(judge(mandate, pay(ALICE, "10"))).isEqualTo(allow("first", "10"));
    assertThat(judge(mandate, pay(ALICE, "11"))).isEqualTo(allow("second", "11"));
    assertThat(mandate.judge(pay(ALICE, "1"), spent(mandate, "first", Amount.parse("9.5", USDC))))
        .isEqualTo(allow("second", "1"));
  }

  private static Rule daily(String name, String cap) {
    return transfers(
        name,
        Rule.Decision.ALLOW,
        CREW,
        new Condition.Rolling(Amount.parse(cap, USDC), Duration.ofDays(1)));
  }

  private static Verdict allow(String rule, String number) {
    return new Verdict.Allow(
        rule, List.of(new Reservation(rule, USDC.id(), Amount.parse(number, USDC).baseUnits())));
  }

  @Test
  void two_windows_over_one_asset_take_one_reservation() {
    Rule rule =
        transfers(
            "both",
            Rule.Decision.ALLOW,
            new Condition.Rolling(Amount.parse("10", USDC), Duration.ofHours(1)),
            new Condition.Rolling(Amount.parse("40", USDC), Duration.ofDays(1)));
    assertThat(mandate(rule).budgets()).hasSize(2);
    assertThat(judge(mandate(rule), pay(ALICE, "10"))).isEqualTo(allow("both", "10"));
  }

  @Test
  void the_mandate_ends_at_its_instant_and_not_a_moment_later() {
    Mandate mandate = mandate(ALLOW);
    assertThat(mandate.judge(pay(ALICE, "1"), spent(mandate, EXPIRY.minusNanos(1), Map.of())))
        .isInstanceOf(Verdict.Allow.class);
    assertThat(mandate.judge(pay(ALICE, "1"), spent(mandate, EXPIRY, Map.of())))
        .isEqualTo(
            new Verdict.Deny(
                "expires", "the mandate expired at " + EXPIRY, List.of("renew the mandate")));
  }

  @ParameterizedTest
  @EnumSource(Provenance.class)
  void only_the_owner_and_the_mandate_can_name_an_account_to_pay(Provenance provenance) {
    var transfer = new Intent.Transfer(payee(ALICE, provenance), Amount.parse("1", USDC), "");
    Verdict verdict = judge(mandate(ALLOW), transfer);
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

  @Test
  void a_chain_without_a_fee_ceiling_cannot_be_used() {
    var mandate = new Mandate(EXPIRY, Map.of(), Valuations.NONE, List.of(ALLOW));
    assertThat(mandate.judge(pay(ALICE, "1"), new Facts(NOW, Map.of())))
        .isEqualTo(
            new Verdict.Deny(
                "fees",
                "the mandate sets no fee ceiling on solana",
                List.of("add solana to the mandate's fees")));
  }

  @Test
  void the_same_question_gets_the_same_verdict() {
    Mandate mandate = mandate(daily("daily", "10"), APPROVE);
    Intent intent = pay(ALICE, "3");
    assertThat(judge(mandate, intent)).isEqualTo(judge(mandate, intent));
  }
}
