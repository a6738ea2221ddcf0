package org.supercargo.api.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.api.mandate.Given.ALICE;
import static org.supercargo.api.mandate.Given.CONTRACT;
import static org.supercargo.api.mandate.Given.ETH;
import static org.supercargo.api.mandate.Given.HOST_ACCOUNT;
import static org.supercargo.api.mandate.Given.MALLORY;
import static org.supercargo.api.mandate.Given.SOL;
import static org.supercargo.api.mandate.Given.USDC;
import static org.supercargo.api.mandate.Given.USDC_ON_BASE;
import static org.supercargo.api.mandate.Given.VENUE;
import static org.supercargo.api.mandate.Given.WALLET;
import static org.supercargo.api.mandate.Given.WALLET_ON_BASE;
import static org.supercargo.api.mandate.Given.call;
import static org.supercargo.api.mandate.Given.item;
import static org.supercargo.api.mandate.Given.mandate;
import static org.supercargo.api.mandate.Given.order;
import static org.supercargo.api.mandate.Given.payee;
import static org.supercargo.api.mandate.Given.request;
import static org.supercargo.api.mandate.Given.rule;
import static org.supercargo.api.mandate.Given.swap;
import static org.supercargo.api.mandate.Given.swaps;
import static org.supercargo.api.mandate.Given.transfers;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;

/// Decoded effects pass only when they are the intent and nothing else.
final class EffectCheckTest {
  private static final Mandate MANDATE =
      mandate(
          transfers("crew", Rule.Decision.ALLOW),
          swaps("trade", new Condition.Contracts(Set.of(VENUE))),
          rule(
              "rewards",
              Rule.Decision.ALLOW,
              Intent.Kind.CALL,
              new Condition.Contracts(Set.of(CONTRACT))),
          rule("data", Rule.Decision.ALLOW, Intent.Kind.PAYMENT));
  private static final Intent.Transfer PAYMENT =
      new Intent.Transfer(payee(ALICE, Provenance.MANDATE), Amount.parse("2.5", USDC), "invoice 7");
  private static final Intent.Swap SWAP = swap("100", "0.04");

  private static final Address ALICES_ACCOUNT = new Address(ChainId.SOLANA, "alice-usdc");
  private static final Address STRANGER_ON_BASE = new Address(ChainId.BASE, "0xStranger");
  private static final Effect FEE = fee(WALLET, SOL, 5_000);
  private static final Effect FEE_ON_BASE = fee(WALLET_ON_BASE, ETH, 21_000);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Effect MEMO = new Effect.Memo("invoice 7");
  private static final Effect MOVE = move(USDC, WALLET, ALICE, 2_500_000);

  private static Effect fee(Address payer, Asset asset, long baseUnits) {
    return fee(payer, asset, baseUnits, 0);
  }

  private static Effect fee(Address payer, Asset asset, long baseUnits, long tip) {
    return new Effect.Fee(
        payer, asset.id(), BigInteger.valueOf(baseUnits), BigInteger.valueOf(tip));
  }

  private static Effect move(Asset asset, Address from, Address to, long baseUnits) {
    return new Effect.Move(asset.id(), from, to, BigInteger.valueOf(baseUnits));
  }

  private static Effect creation(Address payer, Address owner) {
    return new Effect.AccountCreation(payer, ALICES_ACCOUNT, owner, BigInteger.valueOf(500_000));
  }

  private static Effect approval(Asset asset, Address owner, Address spender, String number) {
    return new Effect.Approval(
        asset.id(), owner, spender, Amount.parse(number, USDC_ON_BASE).baseUnits());
  }

  private static Effect exchange(
      Address owner, String sold, String bought, Address recipient, Address venue) {
    return new Effect.Exchange(
        owner,
        USDC_ON_BASE.id(),
        Amount.parse(sold, USDC_ON_BASE).baseUnits(),
        ETH.id(),
        Amount.parse(bought, ETH).baseUnits(),
        recipient,
        venue);
  }

  /// What is said of the payment's bytes, with its memo last.
  private static @Nullable String payment(Effect... effects) {
    var all = new ArrayList<>(Arrays.asList(effects));
    all.add(MEMO);
    return bytes(PAYMENT, all);
  }

  private static @Nullable String bytes(Intent intent, List<Effect> effects) {
    return reason(MANDATE.judgeEffects(intent, "crew", WALLET, effects, NOW));
  }

  private static @Nullable String exchange(Effect... effects) {
    return reason(MANDATE.judgeEffects(SWAP, "trade", WALLET_ON_BASE, Arrays.asList(effects), NOW));
  }

  private static @Nullable String reason(Verdict.@Nullable Deny deny) {
    if (deny == null) {
      return null;
    }
    assertThat(deny.rule()).isEqualTo("decoded effects");
    return deny.reason();
  }

  @Test
  void a_payment_is_one_move_its_fee_its_memo_and_the_account_of_its_payee() {
    assertThat(payment(MOVE, FEE)).isNull();
    assertThat(payment(FEE, creation(WALLET, ALICE), MOVE)).isNull();
  }

  @Test
  void a_move_that_differs_in_anything_is_refused() {
    for (Effect wrong :
        List.of(
            move(SOL, WALLET, ALICE, 2_500_000),
            move(USDC, WALLET, MALLORY, 2_500_000),
            move(USDC, MALLORY, ALICE, 2_500_000),
            move(USDC, WALLET, ALICE, 2_500_001),
            move(USDC, WALLET, ALICE, 2_499_999))) {
      assertThat(payment(wrong, FEE)).as("%s", wrong).startsWith("it moves ");
    }
  }

  @Test
  void the_same_move_twice_is_one_too_many() {
    assertThat(payment(MOVE, MOVE, FEE)).isEqualTo("it performs 2 movements instead of one");
  }

  @Test
  void a_transaction_that_only_costs_its_fee_is_refused() {
    assertThat(payment(FEE)).isEqualTo("it performs 0 movements instead of one");
    assertThat(payment()).isEqualTo("it performs 0 movements instead of one");
  }

  @Test
  void fees_may_reach_the_ceiling_and_no_further_however_they_are_split() {
    assertThat(payment(MOVE, fee(WALLET, SOL, 1_000_000))).isNull();
    assertThat(payment(MOVE, fee(WALLET, SOL, 1_000_001)))
        .isEqualTo(
            "it may cost 1000001 base units in fees and rent, more than the ceiling of 0.001 SOL");
    assertThat(payment(MOVE, fee(WALLET, SOL, 600_000), fee(WALLET, SOL, 400_001)))
        .contains("more than the ceiling");
  }

  @Test
  void tips_have_a_ceiling_of_their_own() {
    assertThat(payment(MOVE, fee(WALLET, SOL, 200_000, 100_000))).isNull();
    assertThat(payment(MOVE, fee(WALLET, SOL, 200_000, 100_001)))
        .isEqualTo("it may tip 100001 base units, more than the ceiling of 0.0001 SOL");
    assertThat(payment(MOVE, fee(WALLET, SOL, 1, 60_000), fee(WALLET, SOL, 1, 40_001)))
        .contains("it may tip 100001 base units");
  }

  @Test
  void a_fee_someone_else_pays_or_in_another_asset_is_refused() {
    assertThat(payment(MOVE, fee(MALLORY, SOL, 5_000))).contains("instead of the agent's wallet");
    assertThat(payment(MOVE, fee(WALLET, USDC, 5_000))).contains("no limit for fees in");
  }

  @Test
  void a_memo_must_be_the_one_the_intent_carries() {
    assertThat(payment(MOVE, new Effect.Memo("invoice 8"))).contains("carries the memo");
    assertThat(exchange(exchangeAsIntended(), new Effect.Memo(""))).contains("carries the memo");
  }

  @Test
  void a_memo_is_there_once_when_the_intent_has_one_and_not_otherwise() {
    assertThat(bytes(PAYMENT, List.of(MOVE, FEE, MEMO))).isNull();
    assertThat(bytes(PAYMENT, List.of(MOVE, FEE))).startsWith("it carries 0 memos");
    assertThat(bytes(PAYMENT, List.of(MEMO, MOVE, FEE, MEMO))).startsWith("it carries 2 memos");
    var silent = new Intent.Transfer(PAYMENT.payee(), PAYMENT.amount(), "");
    assertThat(bytes(silent, List.of(MOVE, FEE))).isNull();
    assertThat(bytes(silent, List.of(MOVE, FEE, new Effect.Memo(""))))
        .startsWith("it carries 1 memos");
  }

  @Test
  void an_account_is_created_for_the_payee_only_once_and_at_the_agents_cost() {
    assertThat(payment(MOVE, creation(WALLET, MALLORY))).contains("creates the account");
    assertThat(payment(MOVE, creation(MALLORY, ALICE))).contains("creates the account");
    assertThat(payment(MOVE, creation(WALLET, ALICE), creation(WALLET, ALICE)))
        .contains("creates the account");
    assertThat(exchange(exchangeAsIntended(), creation(WALLET_ON_BASE, WALLET_ON_BASE)))
        .contains("creates the account");
  }

  private static Effect exchangeAsIntended() {
    return exchange(WALLET_ON_BASE, "100", "0.04", WALLET_ON_BASE, VENUE);
  }

  @Test
  void a_swap_is_one_exchange_at_a_named_venue() {
    assertThat(exchange(exchangeAsIntended(), FEE_ON_BASE)).isNull();
    assertThat(exchange(exchange(WALLET_ON_BASE, "100", "0.05", WALLET_ON_BASE, VENUE))).isNull();
  }

  @Test
  void an_exchange_that_differs_in_anything_is_refused() {
    for (Effect wrong :
        List.of(
            exchange(STRANGER_ON_BASE, "100", "0.04", WALLET_ON_BASE, VENUE),
            exchange(WALLET_ON_BASE, "100.000001", "0.04", WALLET_ON_BASE, VENUE),
            exchange(WALLET_ON_BASE, "99.999999", "0.04", WALLET_ON_BASE, VENUE),
            exchange(WALLET_ON_BASE, "100", "0.039999999999999999", WALLET_ON_BASE, VENUE),
            exchange(WALLET_ON_BASE, "100", "0.04", STRANGER_ON_BASE, VENUE),
            exchange(WALLET_ON_BASE, "100", "0.04", WALLET_ON_BASE, STRANGER_ON_BASE),
            new Effect.Exchange(
                WALLET_ON_BASE,
                ETH.id(),
                SWAP.sell().baseUnits(),
                USDC_ON_BASE.id(),
                SWAP.minimum().baseUnits(),
                WALLET_ON_BASE,
                VENUE))) {
      assertThat(exchange(wrong, FEE_ON_BASE)).as("%s", wrong).startsWith("it sells ");
    }
  }

  @Test
  void an_approval_is_for_a_named_contract_and_exactly_what_is_sold() {
    assertThat(exchange(approval(USDC_ON_BASE, WALLET_ON_BASE, VENUE, "100"), FEE_ON_BASE))
        .isNull();
    for (Effect wrong :
        List.of(
            approval(USDC_ON_BASE, WALLET_ON_BASE, STRANGER_ON_BASE, "100"),
            approval(USDC_ON_BASE, WALLET_ON_BASE, VENUE, "100.000001"),
            approval(USDC_ON_BASE, STRANGER_ON_BASE, VENUE, "100"),
            approval(ETH, WALLET_ON_BASE, VENUE, "100"))) {
      assertThat(exchange(wrong, FEE_ON_BASE)).as("%s", wrong).startsWith("it lets ");
    }
  }

  @Test
  void an_approval_and_an_exchange_never_share_a_transaction() {
    assertThat(exchange(approval(USDC_ON_BASE, WALLET_ON_BASE, VENUE, "100"), exchangeAsIntended()))
        .isEqualTo("it performs 2 movements instead of one");
  }

  @Test
  void a_payment_approves_and_exchanges_nothing_and_a_swap_moves_nothing() {
    assertThat(payment(MOVE, approval(USDC_ON_BASE, WALLET, VENUE, "100"))).startsWith("it lets ");
    assertThat(payment(exchangeAsIntended())).startsWith("it sells ");
    assertThat(exchange(move(USDC_ON_BASE, WALLET_ON_BASE, VENUE, 100_000_000)))
        .startsWith("it moves ");
  }

  private static @Nullable String called(Intent.Call intent, Effect... effects) {
    return reason(
        MANDATE.judgeEffects(intent, "rewards", WALLET_ON_BASE, Arrays.asList(effects), NOW));
  }

  private static Effect calls(Address contract, String function, String value, String... given) {
    return new Effect.Call(
        WALLET_ON_BASE, contract, function, Arrays.asList(given), new BigInteger(value));
  }

  @Test
  void a_call_is_the_function_its_arguments_and_its_value_and_nothing_else() {
    Intent.Call claim = call("claim(address,uint256)", "0x01", "5");
    assertThat(called(claim, calls(CONTRACT, "claim(address,uint256)", "0", "0x01", "5"))).isNull();
    for (Effect wrong :
        List.of(
            calls(VENUE, "claim(address,uint256)", "0", "0x01", "5"),
            calls(CONTRACT, "claim(address)", "0", "0x01"),
            calls(CONTRACT, "claim(address,uint256)", "0", "0x01", "6"),
            calls(CONTRACT, "claim(address,uint256)", "0", "0x01"),
            calls(CONTRACT, "claim(address,uint256)", "1", "0x01", "5"),
            new Effect.Call(
                STRANGER_ON_BASE,
                CONTRACT,
                "claim(address,uint256)",
                List.of("0x01", "5"),
                BigInteger.ZERO))) {
      assertThat(called(claim, wrong)).as("%s", wrong).startsWith("it calls ");
    }
    assertThat(
            called(
                claim,
                calls(CONTRACT, "claim(address,uint256)", "0", "0x01", "5"),
                calls(CONTRACT, "claim(address,uint256)", "0", "0x01", "5")))
        .isEqualTo("it performs 2 movements instead of one");
  }

  @Test
  void a_call_that_turns_out_to_move_approve_or_exchange_is_refused() {
    Intent.Call claim = call("claim()");
    assertThat(called(claim, move(USDC_ON_BASE, WALLET_ON_BASE, CONTRACT, 1)))
        .startsWith("it moves ");
    assertThat(called(claim, approval(USDC_ON_BASE, WALLET_ON_BASE, CONTRACT, "1")))
        .startsWith("it lets ");
    assertThat(called(claim, exchangeAsIntended())).startsWith("it sells ");
    assertThat(payment(MOVE, calls(CONTRACT, "claim()", "0"))).startsWith("it calls ");
  }

  @Test
  void a_payment_to_a_host_is_one_move_to_the_account_it_named() {
    Intent request = request("api.example.com", "0.01");
    Effect paid = move(USDC_ON_BASE, WALLET_ON_BASE, HOST_ACCOUNT, 10_000);
    assertThat(reason(MANDATE.judgeEffects(request, "data", WALLET_ON_BASE, List.of(paid), NOW)))
        .isNull();
    for (Effect wrong :
        List.of(
            move(USDC_ON_BASE, WALLET_ON_BASE, STRANGER_ON_BASE, 10_000),
            move(USDC_ON_BASE, WALLET_ON_BASE, HOST_ACCOUNT, 10_001),
            move(USDC_ON_BASE, STRANGER_ON_BASE, HOST_ACCOUNT, 10_000))) {
      assertThat(reason(MANDATE.judgeEffects(request, "data", WALLET_ON_BASE, List.of(wrong), NOW)))
          .as("%s", wrong)
          .startsWith("it moves ");
    }
  }

  private static Effect authorization(Asset asset, Address from, Address to, long baseUnits) {
    return authorization(asset, from, to, baseUnits, NOW.minusSeconds(600), NOW.plusSeconds(60));
  }

  private static Effect authorization(
      Asset asset, Address from, Address to, long baseUnits, Instant begins, Instant ends) {
    return new Effect.Authorization(
        asset.id(), from, to, BigInteger.valueOf(baseUnits), begins, ends);
  }

  private static @Nullable String requested(Effect... effects) {
    return reason(
        MANDATE.judgeEffects(
            request("api.example.com", "0.01"),
            "data",
            WALLET_ON_BASE,
            Arrays.asList(effects),
            NOW));
  }

  @Test
  void a_payment_to_a_host_may_be_an_authorization_of_exactly_that() {
    Effect honest = authorization(USDC_ON_BASE, WALLET_ON_BASE, HOST_ACCOUNT, 10_000);
    assertThat(requested(honest)).isNull();
    for (Effect wrong :
        List.of(
            authorization(USDC_ON_BASE, WALLET_ON_BASE, STRANGER_ON_BASE, 10_000),
            authorization(USDC_ON_BASE, WALLET_ON_BASE, HOST_ACCOUNT, 10_001),
            authorization(ETH, WALLET_ON_BASE, HOST_ACCOUNT, 10_000),
            authorization(USDC_ON_BASE, STRANGER_ON_BASE, HOST_ACCOUNT, 10_000))) {
      assertThat(requested(wrong)).as("%s", wrong).startsWith("it authorizes ");
    }
    assertThat(requested(honest, honest)).isEqualTo("it performs 2 movements instead of one");
  }

  @Test
  void an_authorization_is_good_now_and_not_for_long() {
    Function<Instant, Effect> until =
        end ->
            authorization(
                USDC_ON_BASE, WALLET_ON_BASE, HOST_ACCOUNT, 10_000, NOW.minusSeconds(600), end);
    assertThat(requested(until.apply(NOW.plusSeconds(3_600)))).isNull();
    assertThat(requested(until.apply(NOW.plusSeconds(3_601))))
        .startsWith("its authorization ends only at ");
    Effect later =
        authorization(
            USDC_ON_BASE,
            WALLET_ON_BASE,
            HOST_ACCOUNT,
            10_000,
            NOW.plusSeconds(1),
            NOW.plusSeconds(60));
    assertThat(requested(later)).startsWith("its authorization begins only at ");
  }

  @Test
  void nothing_but_a_payment_to_a_host_is_authorized() {
    Effect same = authorization(USDC, WALLET, ALICE, 2_500_000);
    assertThat(payment(same)).startsWith("it authorizes ");
  }

  @Test
  void goods_are_never_paid_for_by_a_transaction() {
    Intent order = order("mill", "5", item(1, "beans"));
    Mandate mandate = mandate(rule("shop", Rule.Decision.ALLOW, Intent.Kind.ORDER));
    assertThat(reason(mandate.judgeEffects(order, "shop", WALLET, List.of(MOVE), NOW)))
        .startsWith("it moves ");
    assertThat(reason(mandate.judgeEffects(order, "shop", WALLET, List.of(MOVE, FEE), NOW)))
        .startsWith("it moves ");
  }

  @Test
  void control_never_changes_hands_and_unknown_bytes_never_pass() {
    assertThat(payment(MOVE, FEE, new Effect.AuthorityChange(WALLET, "new owner mallory")))
        .isEqualTo("it changes control over captain: new owner mallory");
    assertThat(payment(MOVE, FEE, new Effect.Undecodable("program X")))
        .isEqualTo("it contains something that cannot be decoded: program X");
  }

  @Test
  void a_rule_that_names_no_contract_approves_and_calls_none() {
    Mandate open = mandate(swaps("trade"));
    assertThat(
            reason(
                open.judgeEffects(
                    SWAP,
                    "trade",
                    WALLET_ON_BASE,
                    List.of(exchangeAsIntended(), FEE_ON_BASE),
                    NOW)))
        .startsWith("it sells ");
  }

  @Test
  void effects_under_a_rule_that_is_gone_are_refused() {
    assertThat(reason(MANDATE.judgeEffects(PAYMENT, "old", WALLET, List.of(MOVE, FEE), NOW)))
        .isEqualTo("the mandate has no rule \"old\"");
  }
}
