package org.supercargo.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.signer.PlainCodec.transaction;
import static org.supercargo.signer.TestAgent.MALLORY;
import static org.supercargo.signer.TestAgent.approval;
import static org.supercargo.signer.TestAgent.exchange;
import static org.supercargo.signer.TestAgent.fee;
import static org.supercargo.signer.TestAgent.request;
import static org.supercargo.signer.TestAgent.swap;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Cap;
import org.supercargo.api.mandate.Condition;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignAnswer.Signed;
import org.supercargo.engine.signing.SignRequest;

/// Swaps of 20 USDC a day through one contract.
class SignedSwapTest {
  @TempDir Path temporary;

  private Desk desk;
  private Address wallet;

  @BeforeEach
  void open() {
    desk = new Desk(temporary.resolve("home"));
    wallet = desk.wallet();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static void assertSigned(SignAnswer answer) {
    assertThat(answer).isInstanceOf(Signed.class);
  }

  private void assertRefused(SignAnswer answer, String rule, String reason) {
    assertThat(answer).isInstanceOf(Refused.class);
    assertThat(((Refused) answer).rule()).isEqualTo(rule);
    assertThat(((Refused) answer).reason()).contains(reason);
  }

  @Test
  void a_swap_goes_through_the_contracts_of_the_mandate_only() {
    Intent.Swap swap = swap("5");
    var elsewhere =
        new Effect.Exchange(
            wallet,
            swap.sell().asset().id(),
            swap.sell().baseUnits(),
            swap.minimum().asset().id(),
            swap.minimum().baseUnits(),
            wallet,
            MALLORY);
    assertRefused(
        desk.sign(request(1, 1, swap, transaction(1, fee(wallet), elsewhere))),
        "decoded effects",
        "through mallory1111");
    assertSigned(
        desk.sign(request(2, 1, swap, transaction(2, fee(wallet), exchange(wallet, swap)))));
  }

  @Test
  void an_intent_is_not_signed_for_another_proposal() {
    Intent.Swap swap = swap("5");
    assertSigned(
        desk.sign(request(1, 1, swap, transaction(1, fee(wallet), approval(wallet, swap)))));
    Intent.Swap larger = swap("6");
    assertRefused(
        desk.sign(request(1, 2, larger, transaction(2, fee(wallet), exchange(wallet, larger)))),
        "one proposal per intent",
        "another proposal");
  }

  @Test
  void an_approval_and_its_swap_take_the_budget_once() {
    for (int number = 1; number <= 2; number++) {
      Intent.Swap swap = swap("10");
      assertSigned(
          desk.sign(
              request(
                  number, 1, swap, transaction(10 * number, fee(wallet), approval(wallet, swap)))));
      assertSigned(
          desk.sign(
              request(
                  number,
                  2,
                  swap,
                  transaction(10 * number + 1, fee(wallet), exchange(wallet, swap)))));
    }
    Intent.Swap more = swap("0.000001");
    assertRefused(
        desk.sign(request(3, 1, more, transaction(30, fee(wallet), approval(wallet, more)))),
        "default deny",
        "0 USDC left of 20 USDC");
  }

  @Test
  void an_intent_gets_one_approval_and_none_after_its_swap() {
    Intent.Swap swap = swap("5");
    SignRequest approval = request(1, 1, swap, transaction(1, fee(wallet), approval(wallet, swap)));
    assertSigned(desk.sign(approval));
    assertRefused(
        desk.sign(request(1, 2, swap, transaction(2, fee(wallet), approval(wallet, swap)))),
        "one effect per intent",
        "may still land");
    assertSigned(
        desk.sign(request(2, 1, swap, transaction(3, fee(wallet), exchange(wallet, swap)))));
    assertRefused(
        desk.sign(request(2, 2, swap, transaction(4, fee(wallet), approval(wallet, swap)))),
        "one effect per intent",
        "may still land");
  }

  @Test
  void swaps_count_for_the_contract_whatever_the_engine_calls_the_venue() {
    var contracts = new Condition.Contracts(Set.of(TestAgent.ROUTER));
    var each = new Cap.Budget(TestAgent.usdc("10"), TestAgent.DAY, BudgetKey.Per.PAYEE);
    desk.restart(
        List.of(TestAgent.ruledBy(TestAgent.allow("swap", Intent.Kind.SWAP, contracts, each))));
    for (int number = 1; number <= 3; number++) {
      Intent.Swap plain = swap("5");
      var renamed = new Intent.Swap(plain.sell(), plain.minimum(), "venue " + number);
      SignAnswer answer =
          desk.sign(
              request(
                  number, 1, renamed, transaction(number, fee(wallet), exchange(wallet, renamed))));
      assertThat(answer).isInstanceOf(number < 3 ? Signed.class : Refused.class);
    }
    assertThat(desk.service().history(TestAgent.ID, 0, 1).getFirst().reservations())
        .as("the engine's books go by its own name")
        .allMatch(reservation -> reservation.counterparty().equals("venue 1"));
  }
}
