package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.CONTRACT;
import static org.supercargo.api.mandate.Given.ETH;
import static org.supercargo.api.mandate.Given.SOL;
import static org.supercargo.api.mandate.Given.USDC;
import static org.supercargo.api.mandate.Given.USDC_ON_BASE;
import static org.supercargo.api.mandate.Given.VENUE;
import static org.supercargo.api.mandate.Given.WALLET_ON_BASE;
import static org.supercargo.api.mandate.Given.call;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.pay;
import static org.supercargo.api.mandate.Given.payee;
import static org.supercargo.api.mandate.Given.swap;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Simulation;

/// A node's prediction may take the intent and the fee ceiling, and not a base unit more.
final class SimulationJudgementTest {
  private static @Nullable String judge(Intent intent, BalanceChange... changes) {
    return judge(intent, List.of(), changes);
  }

  private static @Nullable String judge(
      Intent intent, List<Effect> effects, BalanceChange... changes) {
    return reason(
        mandate()
            .judgeSimulation(
                intent, effects, new Simulation(null, Arrays.asList(changes), List.of())));
  }

  private static @Nullable String reason(Verdict.@Nullable Deny deny) {
    if (deny != null) {
      assertThat(deny.rule()).isEqualTo("simulation");
    }
    return deny == null ? null : deny.reason();
  }

  private static BalanceChange change(Asset asset, long baseUnits) {
    return new BalanceChange(asset.id(), BigInteger.valueOf(baseUnits));
  }

  @Test
  void the_intent_and_a_fee_up_to_the_ceiling_are_expected() {
    assertThat(judge(pay(ALICE, "2.5"), change(USDC, -2_500_000), change(SOL, -1_000_000)))
        .isNull();
    assertThat(judge(pay(ALICE, "2.5"))).isNull();
  }

  @Test
  void one_base_unit_more_than_the_intent_is_refused() {
    assertThat(judge(pay(ALICE, "2.5"), change(USDC, -2_500_001)))
        .isEqualTo("it would take 2500001 base units of " + USDC.id() + ", more than 2500000");
  }

  @Test
  void one_base_unit_more_than_the_fee_ceiling_is_refused() {
    assertThat(judge(pay(ALICE, "2.5"), change(SOL, -1_000_001))).contains("more than 1000000");
  }

  @Test
  void a_payment_in_the_chains_coin_may_take_its_amount_and_the_fee() {
    var intent = new Intent.Transfer(payee(ALICE, Provenance.MANDATE), Amount.parse("1", SOL), "");
    assertThat(judge(intent, change(SOL, -1_001_000_000))).isNull();
    assertThat(judge(intent, change(SOL, -1_001_000_001))).contains("more than 1001000000");
  }

  @Test
  void an_asset_the_intent_does_not_spend_must_not_shrink() {
    assertThat(judge(pay(ALICE, "2.5"), change(ETH, -1))).contains("more than 0");
    assertThat(judge(pay(ALICE, "2.5"), change(ETH, 1))).isNull();
  }

  @Test
  void changes_of_one_asset_count_together() {
    assertThat(judge(pay(ALICE, "2.5"), change(USDC, -2_500_000), change(USDC, -1)))
        .contains("it would take 2500001 base units");
  }

  @Test
  void what_would_fail_is_not_sent() {
    Verdict.Deny deny =
        mandate()
            .judgeSimulation(
                pay(ALICE, "1"),
                List.of(),
                new Simulation("insufficient funds", List.of(), List.of()));
    assertThat(deny)
        .isEqualTo(
            new Verdict.Deny(
                "simulation",
                "it would fail: insufficient funds",
                List.of("mend what the chain objects to")));
  }

  @Test
  void without_a_fee_ceiling_nothing_may_be_taken_for_fees() {
    var mandate = Given.withFees(Map.of());
    assertThat(
            mandate.judgeSimulation(
                pay(ALICE, "1"),
                List.of(),
                new Simulation(null, List.of(change(SOL, -1)), List.of())))
        .isNotNull();
  }

  @Test
  void what_nobody_simulated_is_refused() {
    assertThat(reason(mandate().judgeSimulation(pay(ALICE, "1"), List.of(), null)))
        .isEqualTo("nobody has simulated it");
  }

  private static final Effect APPROVAL =
      new Effect.Approval(
          USDC_ON_BASE.id(), WALLET_ON_BASE, VENUE, BigInteger.valueOf(100_000_000));
  private static final Effect EXCHANGE =
      new Effect.Exchange(
          WALLET_ON_BASE,
          USDC_ON_BASE.id(),
          BigInteger.valueOf(100_000_000),
          ETH.id(),
          Amount.parse("0.04", ETH).baseUnits(),
          WALLET_ON_BASE,
          VENUE);

  @Test
  void an_approval_alone_takes_nothing_but_its_fee() {
    assertThat(judge(swap("100", "0.04"), List.of(APPROVAL), change(ETH, -500_000_000_000_000L)))
        .isNull();
    assertThat(judge(swap("100", "0.04"), List.of(APPROVAL), change(USDC_ON_BASE, -1)))
        .contains("more than 0");
  }

  @Test
  void an_exchange_brings_what_it_promises_less_a_fee_in_the_same_coin() {
    Intent swap = swap("100", "0.04");
    List<Effect> effects = List.of(EXCHANGE);
    BalanceChange sold = change(USDC_ON_BASE, -100_000_000);
    assertThat(judge(swap, effects, sold, change(ETH, 39_500_000_000_000_000L))).isNull();
    assertThat(judge(swap, effects, sold, change(ETH, 39_499_999_999_999_999L)))
        .isEqualTo("it would bring 39499999999999999 base units, less than 0.04 ETH");
    assertThat(judge(swap, effects, sold)).contains("it would bring 0 base units");
  }

  @Test
  void a_call_may_take_what_it_says_and_may_bring_anything() {
    Intent claim = call("claim()");
    assertThat(judge(claim, change(USDC_ON_BASE, 7))).isNull();
    assertThat(judge(claim, change(USDC_ON_BASE, -1))).contains("more than 0");
    Amount wei = Amount.ofBaseUnits(ETH, 10);
    var deposit = new Intent.Call(CONTRACT, "deposit()", List.of(), wei, wei);
    assertThat(judge(deposit, change(ETH, -500_000_000_000_010L))).isNull();
    assertThat(judge(deposit, change(ETH, -500_000_000_000_011L))).contains("it would take");
  }
}
