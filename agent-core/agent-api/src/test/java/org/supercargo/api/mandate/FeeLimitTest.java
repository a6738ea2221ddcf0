package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.DAY;
import static org.supercargo.api.mandate.Given.ETH;
import static org.supercargo.api.mandate.Given.NOW;
import static org.supercargo.api.mandate.Given.SOL;
import static org.supercargo.api.mandate.Given.call;
import static org.supercargo.api.mandate.Given.item;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.nothingSpent;
import static org.supercargo.api.mandate.Given.once;
import static org.supercargo.api.mandate.Given.order;
import static org.supercargo.api.mandate.Given.pay;
import static org.supercargo.api.mandate.Given.payee;
import static org.supercargo.api.mandate.Given.request;
import static org.supercargo.api.mandate.Given.rule;
import static org.supercargo.api.mandate.Given.spent;
import static org.supercargo.api.mandate.Given.swap;
import static org.supercargo.api.mandate.Given.swaps;
import static org.supercargo.api.mandate.Given.transfers;
import static org.supercargo.api.mandate.Given.withFees;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;

/// What fees may cost: each transaction, and all of them together.
final class FeeLimitTest {
  private static final Rule ALLOW =
      transfers(
          "crew",
          Rule.Decision.ALLOW,
          new Condition.Pays(List.of(payee(ALICE, Provenance.MANDATE))));

  private static Verdict judge(Mandate mandate, Intent intent) {
    return mandate.judge(intent, nothingSpent(mandate));
  }

  private static void isAllowedBy(String rule, Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Allow.class, allow -> assertThat(allow.rule()).isEqualTo(rule));
  }

  @Test
  void a_chain_without_fee_limits_cannot_be_used_and_goods_need_none() {
    Mandate mandate =
        withFees(Map.of(), ALLOW, rule("shop", Rule.Decision.ALLOW, Intent.Kind.ORDER));
    assertThat(mandate.judge(pay(ALICE, "1"), Facts.of(NOW, Map.of())))
        .isEqualTo(
            new Verdict.Deny(
                "fees",
                "the mandate sets no fee limits on solana",
                List.of("add solana to the mandate's fees")));
    isAllowedBy("shop", judge(mandate, order("mill", "5", item(1, "beans"))));
  }

  private static FeeLimit fees(String once, String rolling) {
    return new FeeLimit(
        Amount.parse(once, ETH), Amount.parse(once, ETH), Amount.parse(rolling, ETH), DAY);
  }

  @Test
  void fees_of_many_small_intents_count_together_and_a_swap_may_need_two() {
    Mandate mandate =
        withFees(
            Map.of(ChainId.BASE, fees("0.001", "0.004")),
            swaps("trade"),
            rule("claim", Rule.Decision.ALLOW, Intent.Kind.CALL));
    Verdict first = judge(mandate, swap("1", "0.0004"));
    assertThat(((Verdict.Allow) first).reservations())
        .containsExactly(
            new Reservation(
                "fees", ETH.id(), Amount.parse("0.002", ETH).baseUnits(), "uniswap-v3", ETH.id()));
    isAllowedBy(
        "trade",
        mandate.judge(swap("1", "0.0004"), spent(mandate, "fees", Amount.parse("0.002", ETH))));
    Facts nearlyAll = spent(mandate, "fees", Amount.parse("0.002000000000000001", ETH));
    assertThat(mandate.judge(swap("1", "0.0004"), nearlyAll))
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> {
              assertThat(deny.rule()).isEqualTo("fees");
              assertThat(deny.reason()).contains("more than is left of 0.004 ETH per 24 hours");
            });
    isAllowedBy("claim", mandate.judge(call("claim()"), nearlyAll));
  }

  @Test
  void a_payment_by_authorization_costs_the_agent_no_fee() {
    Mandate mandate =
        withFees(
            Map.of(ChainId.BASE, fees("0.001", "0.001")),
            rule("data", Rule.Decision.ALLOW, Intent.Kind.PAYMENT));
    Facts none = spent(mandate, "fees", Amount.parse("0.001", ETH));
    assertThat(mandate.judge(request("api.example.com", "0.01"), none))
        .isEqualTo(new Verdict.Allow("data", List.of()));
  }

  @Test
  void a_transaction_counts_with_the_fee_its_bytes_allow_and_with_all_when_it_opens_an_account() {
    Mandate mandate = mandate(ALLOW);
    Intent intent = pay(ALICE, "1");
    Effect fee = new Effect.Fee(Given.WALLET, SOL.id(), BigInteger.valueOf(5_000), BigInteger.ZERO);
    Effect account =
        new Effect.AccountCreation(
            Given.WALLET,
            new Address(ChainId.SOLANA, "alice-usdc"),
            ALICE,
            BigInteger.valueOf(500_000));
    assertThat(mandate.feeOf(intent, List.of(fee)))
        .isEqualTo(new Reservation("fees", SOL.id(), BigInteger.valueOf(5_000), "alice", SOL.id()));
    assertThat(mandate.feeOf(intent, List.of(fee, account)))
        .isEqualTo(
            new Reservation("fees", SOL.id(), BigInteger.valueOf(1_000_000), "alice", SOL.id()));
    assertThat(mandate.feeOf(order("mill", "5", item(1, "beans")), List.of())).isNull();
  }

  @Test
  void fee_limits_must_agree_with_themselves() {
    assertThatThrownBy(() -> fees("0.002", "0.001"))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("more than all of them");
    assertThatThrownBy(() ->
            new FeeLimit(
                Amount.parse("1", ETH), Amount.parse("1", SOL), Amount.parse("1", ETH), DAY))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("several assets");
  }
}
