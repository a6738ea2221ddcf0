package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.DAY;
import static org.supercargo.api.mandate.Given.MALLORY;
import static org.supercargo.api.mandate.Given.SOL;
import static org.supercargo.api.mandate.Given.USDC;
import static org.supercargo.api.mandate.Given.USDC_ON_BASE;
import static org.supercargo.api.mandate.Given.allowing;
import static org.supercargo.api.mandate.Given.balance;
import static org.supercargo.api.mandate.Given.daily;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.nothingSpent;
import static org.supercargo.api.mandate.Given.once;
import static org.supercargo.api.mandate.Given.pay;
import static org.supercargo.api.mandate.Given.paySol;
import static org.supercargo.api.mandate.Given.price;
import static org.supercargo.api.mandate.Given.prices;
import static org.supercargo.api.mandate.Given.request;
import static org.supercargo.api.mandate.Given.spent;
import static org.supercargo.api.mandate.Given.transfers;
import static org.supercargo.api.mandate.Given.usd;
import static org.supercargo.api.mandate.Given.usdc;
import static org.supercargo.api.mandate.Given.valuations;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey.Per;

/// Every cap at its edge: equal passes, one base unit over fails.
final class CapTest {
  private static void passes(Mandate mandate, Intent intent, Facts facts) {
    assertThat(mandate.judge(intent, facts)).as(intent.summary()).isInstanceOf(Verdict.Allow.class);
  }

  private static void fails(Mandate mandate, Intent intent, Facts facts, String reason) {
    assertThat(mandate.judge(intent, facts))
        .as(intent.summary())
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> {
              assertThat(deny.reason()).contains("rule \"tested\" does not apply", reason);
              assertThat(deny.remedies()).singleElement().asString().isNotBlank();
            });
  }

  private static Mandate under(Condition... conditions) {
    return mandate(transfers("tested", Rule.Decision.ALLOW, conditions));
  }

  @Test
  void a_cap_at_once_holds_at_the_cap_and_not_one_base_unit_above() {
    Mandate mandate = under(once(usdc("10")));
    Facts facts = nothingSpent(mandate);
    passes(mandate, pay(ALICE, "10"), facts);
    fails(mandate, pay(ALICE, "10.000001"), facts, "10.000001 USDC is more than 10 USDC at once");
  }

  @Test
  void a_cap_of_one_asset_says_nothing_about_another_or_the_same_on_another_chain() {
    Mandate mandate = under(once(Amount.parse("0.1", SOL)), daily(Amount.parse("0.1", SOL)));
    passes(mandate, pay(ALICE, "10"), nothingSpent(mandate));
    Mandate onBase = under(once(Amount.parse("1", USDC_ON_BASE)));
    passes(onBase, pay(ALICE, "10"), nothingSpent(onBase));
  }

  @Test
  void a_dollar_cap_holds_at_the_cap_and_not_one_base_unit_above() {
    Mandate mandate = under(once(usd("10")));
    passes(mandate, pay(ALICE, "10"), nothingSpent(mandate));
    fails(mandate, pay(ALICE, "10.000001"), nothingSpent(mandate), "more than $10.00 at once");
  }

  @Test
  void a_dollar_value_is_rounded_up_so_that_nothing_slips_under_a_cap() {
    // One base unit of USDC at a third of a dollar is 0.000000333333(3) dollars.
    Valuations third = valuations("0.333333333333333", "2500");
    assertThat(third.usd(Amount.ofBaseUnits(USDC, 1))).isEqualTo(usd("0.000000333334"));
    Intent smallest = pay(ALICE, "0.000001");
    Mandate atTheCap = mandate(third, allowing(smallest, once(usd("0.000000333334"))));
    Mandate belowIt = mandate(third, allowing(smallest, once(usd("0.000000333333"))));
    passes(atTheCap, smallest, nothingSpent(atTheCap));
    fails(
        belowIt, smallest, nothingSpent(belowIt), "($0.000000333334) is more than $0.000000333333");
  }

  @Test
  void the_price_of_one_request_is_shown_to_its_last_digit() {
    Intent request = request("api.example.com", "0.001001");
    Mandate mandate = mandate(allowing(request, once(usd("0.001"))));
    fails(mandate, request, nothingSpent(mandate), "($0.001001) is more than $0.001 at once");
  }

  @Test
  void an_asset_the_owner_did_not_value_passes_no_dollar_cap() {
    for (Condition cap : List.of(once(usd("1000000")), daily(usd("1000000")))) {
      Mandate mandate = mandate(Valuations.NONE, transfers("tested", Rule.Decision.ALLOW, cap));
      fails(
          mandate,
          pay(ALICE, "0.000001"),
          nothingSpent(mandate),
          "the mandate does not value USDC and no price of it is younger than 5m");
    }
  }

  @Test
  void a_fresh_price_values_what_the_owner_did_not_and_never_what_the_owner_did() {
    Mandate mandate = under(once(usd("10")));
    Facts facts = nothingSpent(mandate);
    Facts priced = prices(facts, price(SOL, "100", facts.now()), price(USDC, "0.01", facts.now()));
    passes(mandate, paySol(ALICE, "0.1"), priced);
    fails(mandate, paySol(ALICE, "0.100000001"), priced, "more than $10.00");
    fails(mandate, pay(ALICE, "10.000001"), priced, "more than $10.00");
  }

  @Test
  void a_rolling_cap_counts_what_was_spent_before() {
    Mandate mandate = under(daily(usdc("40")));
    Facts before = spent(mandate, "tested", usdc("37.5"));
    assertThat(mandate.judge(pay(ALICE, "2.5"), before))
        .isInstanceOfSatisfying(
            Verdict.Allow.class,
            allow ->
                assertThat(allow.reservations())
                    .contains(
                        new Reservation(
                            "tested", USDC.id(), usdc("2.5").baseUnits(), "alice", USDC.id())));
    fails(
        mandate,
        pay(ALICE, "2.500001"),
        before,
        "2.500001 USDC is more than the 2.5 USDC left of 40 USDC per 24 hours");
  }

  @Test
  void a_rolling_cap_that_is_overdrawn_leaves_nothing_and_not_less() {
    Mandate mandate = under(daily(usdc("40")));
    fails(
        mandate,
        pay(ALICE, "0.000001"),
        spent(mandate, "tested", usdc("41")),
        "the 0 USDC left of 40 USDC");
  }

  @Test
  void a_rolling_dollar_cap_counts_every_asset_in_dollars() {
    Mandate mandate = under(daily(usd("100")));
    Facts before = spent(mandate, "tested", usd("97.5"));
    assertThat(mandate.judge(pay(ALICE, "2.5"), before))
        .isInstanceOfSatisfying(
            Verdict.Allow.class,
            allow ->
                assertThat(allow.reservations())
                    .contains(
                        new Reservation(
                            "tested", Asset.USD.id(), usd("2.5").baseUnits(), "alice", USDC.id())));
    fails(mandate, pay(ALICE, "2.500001"), before, "the $2.50 left of $100.00 per 24 hours");
  }

  @Test
  void a_cap_for_life_has_no_window() {
    var cap = new Cap.Budget(usdc("100"), null, Per.AGENT);
    Mandate mandate = under(cap);
    assertThat(mandate.budgets()).contains(new BudgetKey("tested", USDC.id(), null, Per.AGENT));
    passes(mandate, pay(ALICE, "1"), spent(mandate, "tested", usdc("99")));
    fails(
        mandate,
        pay(ALICE, "1.000001"),
        spent(mandate, "tested", usdc("99")),
        "the 1 USDC left of 100 USDC in all");
  }

  @Test
  void a_cap_for_each_payee_or_asset_asks_for_a_sum_of_its_own() {
    Mandate mandate =
        under(
            new Cap.Budget(usdc("10"), DAY, Per.PAYEE),
            new Cap.Budget(usd("20"), DAY, Per.ASSET),
            daily(usdc("30")));
    assertThat(mandate.budgets())
        .contains(
            new BudgetKey("tested", USDC.id(), DAY, Per.PAYEE),
            new BudgetKey("tested", Asset.USD.id(), DAY, Per.ASSET),
            new BudgetKey("tested", USDC.id(), DAY, Per.AGENT));
    fails(
        mandate,
        pay(ALICE, "10.000001"),
        nothingSpent(mandate),
        "10 USDC left of 10 USDC per 24 hours for each payee");
    assertThat(mandate.judge(pay(MALLORY, "10"), nothingSpent(mandate)))
        .isInstanceOfSatisfying(
            Verdict.Allow.class,
            allow ->
                assertThat(allow.reservations())
                    .as("one for each unit, whoever is paid")
                    .extracting(Reservation::unit)
                    .containsExactly(USDC.id(), Asset.USD.id(), SOL.id()));
  }

  @Test
  void a_count_holds_at_the_count_and_not_one_more() {
    Mandate mandate = under(new Cap.Count(3, DAY, Per.AGENT));
    BudgetKey key = new BudgetKey("tested", BudgetKey.INTENTS, DAY, Per.AGENT);
    assertThat(mandate.budgets()).contains(key);
    Facts none = nothingSpent(mandate);
    assertThat(mandate.judge(pay(ALICE, "1"), counted(none, key, 2)))
        .isInstanceOfSatisfying(
            Verdict.Allow.class,
            allow ->
                assertThat(allow.reservations())
                    .contains(
                        new Reservation(
                            "tested", BudgetKey.INTENTS, BigInteger.ONE, "alice", USDC.id())));
    fails(
        mandate,
        pay(ALICE, "1"),
        counted(none, key, 3),
        "3 were allowed before, and only 3 per 24 hours");
  }

  private static Facts counted(Facts facts, BudgetKey key, long before) {
    var spent = new java.util.HashMap<>(facts.spent());
    spent.put(key, BigInteger.valueOf(before));
    return Facts.of(facts.now(), spent);
  }

  @Test
  void a_share_of_the_balance_is_rounded_down() {
    Mandate mandate = under(new Cap.ShareOfBalance(new BigDecimal("10")));
    assertThat(mandate.asksForBalance()).isTrue();
    Facts facts = balance(nothingSpent(mandate), 25_000_019);
    passes(mandate, pay(ALICE, "2.500001"), facts);
    fails(
        mandate,
        pay(ALICE, "2.500002"),
        facts,
        "2.500002 USDC is more than 10 % of the 25.000019 USDC in the wallet");
  }

  @Test
  void a_balance_nobody_read_is_no_balance() {
    Mandate mandate = under(new Cap.ShareOfBalance(BigDecimal.valueOf(100)));
    fails(
        mandate, pay(ALICE, "0.000001"), nothingSpent(mandate), "the balance of USDC is not known");
    assertThat(mandate().asksForBalance()).isFalse();
  }

  @Test
  void facts_that_leave_a_sum_out_are_a_mistake_and_no_permission() {
    Mandate mandate = under(daily(usdc("40")));
    var feesOnly = new java.util.HashMap<>(nothingSpent(mandate).spent());
    feesOnly.remove(new BudgetKey("tested", USDC.id(), DAY, Per.AGENT));
    assertThatThrownBy(() -> mandate.judge(pay(ALICE, "1"), Facts.of(Given.NOW, feesOnly)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tested");
    assertThatThrownBy(() -> mandate.judge(pay(ALICE, "1"), Facts.of(Given.NOW, Map.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void windows_are_said_as_their_owner_wrote_them() {
    for (var window :
        Map.of(
                Duration.ofMinutes(90), "1h30m",
                Duration.ofHours(1), "1h",
                Duration.ofHours(24), "24 hours",
                Duration.ofDays(7), "7 days")
            .entrySet()) {
      Mandate mandate = under(new Cap.Budget(usdc("1"), window.getKey(), Per.AGENT));
      fails(mandate, pay(ALICE, "2"), nothingSpent(mandate), "of 1 USDC per " + window.getValue());
    }
  }
}
