package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.DAY;
import static org.supercargo.api.mandate.Given.ETH;
import static org.supercargo.api.mandate.Given.MALLORY;
import static org.supercargo.api.mandate.Given.SOL;
import static org.supercargo.api.mandate.Given.USDC;
import static org.supercargo.api.mandate.Given.USDC_ON_BASE;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.nothingSpent;
import static org.supercargo.api.mandate.Given.pay;
import static org.supercargo.api.mandate.Given.payee;
import static org.supercargo.api.mandate.Given.spent;
import static org.supercargo.api.mandate.Given.swap;
import static org.supercargo.api.mandate.Given.swaps;
import static org.supercargo.api.mandate.Given.transfers;
import static org.supercargo.api.mandate.Given.usd;
import static org.supercargo.api.mandate.Given.valuations;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// Every condition at its edge: equal passes, one base unit over fails.
final class ConditionTest {
  private static Verdict judge(Rule rule, Intent intent) {
    Mandate mandate = mandate(rule);
    return mandate.judge(intent, nothingSpent(mandate));
  }

  private static void passes(Condition condition, Intent intent) {
    assertThat(judge(rule(condition, intent), intent))
        .as("%s under %s", intent.summary(), condition)
        .isInstanceOf(Verdict.Allow.class);
  }

  private static void fails(Condition condition, Intent intent, String reason, String remedy) {
    assertThat(judge(rule(condition, intent), intent))
        .as("%s under %s", intent.summary(), condition)
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> {
              assertThat(deny.rule()).isEqualTo("default deny");
              assertThat(deny.reason()).contains("rule \"tested\" does not apply", reason);
              assertThat(deny.remedies()).singleElement().asString().contains(remedy);
            });
  }

  private static Rule rule(Condition condition, Intent intent) {
    return Given.rule("tested", Rule.Decision.ALLOW, intent.kind(), condition);
  }

  @Test
  void the_chain_must_be_named() {
    var onSolana = new Condition.OnChain(Set.of(ChainId.SOLANA));
    passes(onSolana, pay(ALICE, "1"));
    fails(onSolana, swap("10", "0.004"), "it happens on base", "add base to the chains of rule");
  }

  @Test
  void the_asset_spent_must_be_named_on_its_own_chain() {
    passes(new Condition.Spends(Set.of(USDC.id(), SOL.id())), pay(ALICE, "1"));
    fails(
        new Condition.Spends(Set.of(USDC_ON_BASE.id())),
        pay(ALICE, "1"),
        "it spends USDC",
        "add USDC to the assets");
  }

  @Test
  void the_payee_must_be_named_by_address_whatever_it_calls_itself() {
    var crew = new Condition.Pays(List.of(payee(ALICE, Provenance.MANDATE)));
    passes(crew, pay(ALICE, "1"));
    var liar =
        new Intent.Transfer(
            new Payee("alice", MALLORY, Provenance.MANDATE), Amount.parse("1", USDC), "");
    fails(crew, liar, "only alice may be paid", "add the payee to the address book");
  }

  @Test
  void a_rule_that_names_payees_never_allows_what_pays_no_one() {
    fails(
        new Condition.Pays(List.of(payee(ALICE, Provenance.MANDATE))),
        swap("10", "0.004"),
        "it pays no one",
        "use a rule without payees");
  }

  @Test
  void the_asset_bought_must_be_named() {
    passes(new Condition.Buys(Set.of(ETH.id())), swap("10", "0.004"));
    fails(
        new Condition.Buys(Set.of(SOL.id())),
        swap("10", "0.004"),
        "it buys ETH",
        "add ETH to the bought assets");
    fails(new Condition.Buys(Set.of(SOL.id())), pay(ALICE, "1"), "it buys nothing", "without");
  }

  @Test
  void a_cap_per_transaction_holds_at_the_cap_and_not_one_base_unit_above() {
    var cap = new Condition.PerTransaction(Amount.parse("10", USDC));
    passes(cap, pay(ALICE, "10"));
    fails(
        cap,
        pay(ALICE, "10.000001"),
        "10.000001 USDC is more than 10 USDC at once",
        "spend at most 10 USDC per transaction");
  }

  @Test
  void a_cap_of_one_asset_says_nothing_about_another() {
    passes(new Condition.PerTransaction(Amount.parse("0.1", SOL)), pay(ALICE, "10"));
    passes(new Condition.Rolling(Amount.parse("0.1", SOL), DAY), pay(ALICE, "10"));
  }

  @Test
  void a_dollar_cap_holds_at_the_cap_and_not_one_base_unit_above() {
    var cap = new Condition.UsdPerTransaction(usd("10"));
    passes(cap, pay(ALICE, "10"));
    fails(cap, pay(ALICE, "10.000001"), "more than $10.00", "spend at most $10.00");
  }

  @Test
  void a_dollar_value_is_rounded_up_so_that_nothing_slips_under_a_cap() {
    // One base unit of USDC at a third of a dollar is 0.000000333333(3) dollars.
    Valuations third = valuations("0.333333333333333", "2500");
    assertThat(third.usd(Amount.ofBaseUnits(USDC, 1))).isEqualTo(usd("0.000000333334"));
    var atTheCap = transfers("tested", Rule.Decision.ALLOW, usdCap("0.000000333334"));
    var belowIt = transfers("tested", Rule.Decision.ALLOW, usdCap("0.000000333333"));
    assertThat(judge(third, atTheCap)).isInstanceOf(Verdict.Allow.class);
    assertThat(judge(third, belowIt)).isInstanceOf(Verdict.Deny.class);
  }

  private static Condition usdCap(String number) {
    return new Condition.UsdPerTransaction(usd(number));
  }

  private static Verdict judge(Valuations valuations, Rule rule) {
    Mandate mandate = mandate(valuations, rule);
    return mandate.judge(pay(ALICE, "0.000001"), nothingSpent(mandate));
  }

  @Test
  void an_asset_the_owner_did_not_value_passes_no_dollar_cap() {
    for (Condition cap :
        List.of(
            new Condition.UsdPerTransaction(usd("1000000")),
            new Condition.UsdRolling(usd("1000000"), DAY))) {
      Mandate mandate = mandate(Valuations.NONE, transfers("tested", Rule.Decision.ALLOW, cap));
      assertThat(mandate.judge(pay(ALICE, "0.000001"), nothingSpent(mandate)))
          .isInstanceOfSatisfying(
              Verdict.Deny.class,
              deny -> {
                assertThat(deny.reason()).contains("the mandate does not value USDC");
                assertThat(deny.remedies()).containsExactly("add USDC to the mandate's valuations");
              });
    }
  }

  @Test
  void a_rolling_cap_counts_what_was_spent_before() {
    Mandate mandate =
        mandate(
            transfers(
                "daily",
                Rule.Decision.ALLOW,
                new Condition.Rolling(Amount.parse("40", USDC), DAY)));
    Facts before = spent(mandate, "daily", Amount.parse("37.5", USDC));
    assertThat(mandate.judge(pay(ALICE, "2.5"), before))
        .isEqualTo(
            new Verdict.Allow(
                "daily",
                List.of(
                    new Reservation("daily", USDC.id(), Amount.parse("2.5", USDC).baseUnits()))));
    assertThat(mandate.judge(pay(ALICE, "2.500001"), before))
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny ->
                assertThat(deny.reason())
                    .contains(
                        "2.500001 USDC is more than the 2.5 USDC left of 40 USDC per 24 hours"));
  }

  @Test
  void a_rolling_cap_that_is_overdrawn_leaves_nothing_and_not_less() {
    Mandate mandate =
        mandate(
            transfers(
                "daily",
                Rule.Decision.ALLOW,
                new Condition.Rolling(Amount.parse("40", USDC), DAY)));
    assertThat(
            mandate.judge(
                pay(ALICE, "0.000001"), spent(mandate, "daily", Amount.parse("41", USDC))))
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> assertThat(deny.reason()).contains("the 0 USDC left of 40 USDC"));
  }

  @Test
  void a_rolling_dollar_cap_counts_every_asset_in_dollars() {
    Mandate mandate =
        mandate(
            transfers("dollars", Rule.Decision.ALLOW, new Condition.UsdRolling(usd("100"), DAY)));
    Facts before = spent(mandate, "dollars", usd("97.5"));
    assertThat(mandate.judge(pay(ALICE, "2.5"), before))
        .isEqualTo(
            new Verdict.Allow(
                "dollars",
                List.of(new Reservation("dollars", Asset.USD.id(), usd("2.5").baseUnits()))));
    assertThat(mandate.judge(pay(ALICE, "2.500001"), before))
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> assertThat(deny.reason()).contains("the $2.50 left of $100.00 per 24 hours"));
  }

  @Test
  void facts_that_leave_a_sum_out_are_a_mistake_and_no_permission() {
    Mandate mandate =
        mandate(
            transfers(
                "daily",
                Rule.Decision.ALLOW,
                new Condition.Rolling(Amount.parse("40", USDC), DAY)));
    assertThatThrownBy(() -> mandate.judge(pay(ALICE, "1"), new Facts(Given.NOW, Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("daily");
  }

  @Test
  void a_swap_may_lose_the_share_exactly_and_not_one_base_unit_more() {
    // 100 dollars less 3 percent is 97 dollars, which is 0.0388 ether.
    var loss = new Condition.MaximumLoss(new BigDecimal("3"));
    passes(loss, swap("100", "0.0388"));
    fails(
        loss,
        swap("100", "0.038799999"),
        "100 USDC is valued at $100.00, but the swap may return as little as",
        "ask for a minimum worth at least $97.00");
  }

  @Test
  void no_loss_at_all_and_a_total_loss_are_shares_too() {
    passes(new Condition.MaximumLoss(BigDecimal.ZERO), swap("100", "0.04"));
    fails(new Condition.MaximumLoss(BigDecimal.ZERO), swap("100", "0.0399999999"), "valued at", "");
    passes(new Condition.MaximumLoss(new BigDecimal("100")), swap("100", "0.000000000000000001"));
  }

  @Test
  void a_swap_of_something_without_a_value_passes_no_bound_on_losses() {
    Mandate mandate =
        mandate(Valuations.NONE, swaps("trade", new Condition.MaximumLoss(BigDecimal.TEN)));
    assertThat(mandate.judge(swap("100", "0.04"), nothingSpent(mandate)))
        .isInstanceOfSatisfying(
            Verdict.Deny.class, deny -> assertThat(deny.reason()).contains("does not value USDC"));
    fails(new Condition.MaximumLoss(BigDecimal.TEN), pay(ALICE, "1"), "it is no swap", "without");
  }
}
