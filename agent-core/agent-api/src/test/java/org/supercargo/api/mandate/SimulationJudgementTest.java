package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.ETH;
import static org.supercargo.api.mandate.Given.SOL;
import static org.supercargo.api.mandate.Given.USDC;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.pay;
import static org.supercargo.api.mandate.Given.payee;

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
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Simulation;

/// A node's prediction may take the intent and the fee ceiling, and not a base unit more.
final class SimulationJudgementTest {
  private static @Nullable String judge(Intent intent, BalanceChange... changes) {
    Verdict.Deny deny =
        mandate().judgeSimulation(intent, new Simulation(null, Arrays.asList(changes), List.of()));
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
                pay(ALICE, "1"), new Simulation("insufficient funds", List.of(), List.of()));
    assertThat(deny)
        .isEqualTo(
            new Verdict.Deny(
                "simulation",
                "it would fail: insufficient funds",
                List.of("mend what the chain objects to")));
  }

  @Test
  void without_a_fee_ceiling_nothing_may_be_taken_for_fees() {
    var mandate = new Mandate(Given.EXPIRY, Map.of(), Valuations.NONE, List.of());
    assertThat(
            mandate.judgeSimulation(
                pay(ALICE, "1"), new Simulation(null, List.of(change(SOL, -1)), List.of())))
        .isNotNull();
  }
}
