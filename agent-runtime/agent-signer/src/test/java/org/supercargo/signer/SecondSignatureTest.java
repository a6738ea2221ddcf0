package org.supercargo.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.signer.PlainCodec.exclusive;
import static org.supercargo.signer.PlainCodec.transaction;
import static org.supercargo.signer.TestAgent.ALICE;
import static org.supercargo.signer.TestAgent.approval;
import static org.supercargo.signer.TestAgent.exchange;
import static org.supercargo.signer.TestAgent.fee;
import static org.supercargo.signer.TestAgent.intent;
import static org.supercargo.signer.TestAgent.move;
import static org.supercargo.signer.TestAgent.pay;
import static org.supercargo.signer.TestAgent.payment;
import static org.supercargo.signer.TestAgent.request;
import static org.supercargo.signer.TestAgent.swap;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Reservation;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignAnswer.Signed;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.signer.log.SigningRecord;

/// What may be signed for an intent after its first transaction, and what that counts.
class SecondSignatureTest {
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

  private static SignRequest after(SignRequest request, int... deaths) {
    Evidence evidence = request.evidence();
    return new SignRequest(
        request.id(),
        request.attempt(),
        request.chain(),
        request.intent(),
        request.unsigned(),
        request.validity(),
        request.fence(),
        request.known(),
        new Evidence(
            evidence.simulation(),
            evidence.balance(),
            evidence.prices(),
            evidence.origins(),
            evidence.approvals(),
            Arrays.stream(deaths)
                .mapToObj(attempt -> new Evidence.Death(attempt, "height passed"))
                .toList()));
  }

  private SignRequest exclusivePayment(int attempt, String exclusion, int nonce, long fee) {
    Intent.Transfer transfer = pay(ALICE, "25");
    return request(
        1,
        attempt,
        transfer,
        exclusive(exclusion, nonce, fee(wallet, fee), move(wallet, transfer)));
  }

  private SignRequest approving(int attempt, int nonce, Intent.Swap swap) {
    return request(1, attempt, swap, transaction(nonce, fee(wallet), approval(wallet, swap)));
  }

  private SignRequest exchanging(int attempt, int nonce, Intent.Swap swap) {
    return request(1, attempt, swap, transaction(nonce, fee(wallet), exchange(wallet, swap)));
  }

  private static void assertSigned(SignAnswer answer) {
    assertThat(answer).isInstanceOf(Signed.class);
  }

  private static void assertRefused(SignAnswer answer, String rule) {
    assertThat(answer).isInstanceOf(Refused.class);
    assertThat(((Refused) answer).rule()).isEqualTo(rule);
  }

  private BigInteger spentOnAlice() {
    return desk.log()
        .spent(
            new BudgetQuestion(TestAgent.ID, "pay alice", TestAgent.USDC.id(), null, null, null),
            null);
  }

  private BigInteger fees() {
    return desk.log()
        .spent(
            new BudgetQuestion(TestAgent.ID, Mandate.FEES, TestAgent.SOL.id(), null, null, null),
            null);
  }

  private static BigInteger micro(long usdc) {
    return BigInteger.valueOf(usdc * 1_000_000);
  }

  @Test
  void a_second_movement_needs_the_death_of_the_first() {
    assertSigned(desk.sign(payment(1, 1, 1, wallet, "25")));
    assertRefused(desk.sign(payment(1, 2, 2, wallet, "25")), "one effect per intent");
    assertRefused(desk.sign(after(payment(1, 2, 2, wallet, "25"), 2)), "one effect per intent");
    assertSigned(desk.sign(after(payment(1, 2, 2, wallet, "25"), 1)));
    assertRefused(desk.sign(after(payment(1, 3, 3, wallet, "25"), 2)), "one effect per intent");
  }

  @Test
  void every_signature_after_a_claimed_death_counts_again() {
    assertSigned(desk.sign(payment(1, 1, 1, wallet, "25")));
    assertSigned(desk.sign(after(payment(1, 2, 2, wallet, "25"), 1)));
    assertThat(spentOnAlice()).isEqualTo(micro(50));
    assertThat(fees()).isEqualTo(10_000);
    assertRefused(desk.sign(after(payment(1, 3, 3, wallet, "25"), 1, 2)), "default deny");
    assertThat(spentOnAlice()).as("a day's budget is 60").isEqualTo(micro(50));
  }

  @Test
  void a_lying_engine_gets_no_more_by_deaths_than_by_other_intents() {
    int signed = 0;
    int[] dead = new int[0];
    for (int attempt = 1; attempt <= 50; attempt++) {
      SignAnswer answer = desk.sign(after(payment(1, attempt, attempt, wallet, "5"), dead));
      signed += answer instanceof Signed ? 1 : 0;
      dead = Arrays.copyOf(dead, attempt);
      dead[attempt - 1] = attempt;
    }
    assertThat(signed).as("payments of 5 USDC in a budget of 60").isEqualTo(12);
  }

  @Test
  void deaths_and_who_told_of_them_are_in_the_log() {
    desk.sign(payment(1, 1, 1, wallet, "5"));
    desk.sign(after(payment(1, 2, 2, wallet, "5"), 1));
    SigningRecord second = desk.log().find(intent(1)).getLast();
    assertThat(second.grounds().deaths()).containsExactly(new Evidence.Death(1, "height passed"));
    assertThat(second.replaces()).isZero();
  }

  @Test
  void a_transaction_that_excludes_the_first_needs_no_death_and_counts_once() {
    assertSigned(desk.sign(exclusivePayment(1, "nonce 7", 1, 5_000)));
    assertRefused(desk.sign(exclusivePayment(2, "nonce 8", 2, 5_000)), "one effect per intent");
    assertSigned(desk.sign(exclusivePayment(2, "nonce 7", 2, 9_000)));
    assertThat(spentOnAlice()).isEqualTo(micro(25));
    assertThat(fees()).as("the larger of both").isEqualTo(9_000);
    assertSigned(desk.sign(exclusivePayment(3, "nonce 7", 3, 6_000)));
    assertThat(spentOnAlice()).isEqualTo(micro(25));
    assertThat(fees()).as("any of them may land").isEqualTo(9_000);
    desk.restart();
    assertThat(spentOnAlice()).isEqualTo(micro(25));
    assertThat(fees()).isEqualTo(9_000);
  }

  @Test
  void what_excludes_one_of_two_is_held_against_the_other() {
    assertSigned(desk.sign(exclusivePayment(1, "nonce 7", 1, 5_000)));
    assertSigned(desk.sign(after(exclusivePayment(2, "nonce 8", 2, 5_000), 1)));
    assertRefused(desk.sign(exclusivePayment(3, "nonce 8", 3, 5_000)), "one effect per intent");
    assertThat(spentOnAlice()).isEqualTo(micro(50));
  }

  @Test
  void a_replacement_counts_from_its_own_time() {
    assertSigned(desk.sign(exclusivePayment(1, "nonce 7", 1, 5_000)));
    desk.advance(Duration.ofHours(23));
    assertSigned(desk.sign(exclusivePayment(2, "nonce 7", 2, 5_000)));
    desk.advance(Duration.ofHours(2));
    assertSigned(desk.pay(2, "25"));
    assertRefused(desk.pay(3, "25"), "default deny");
  }

  @Test
  void another_proposal_is_refused_even_after_a_death() {
    assertSigned(desk.sign(payment(1, 1, 1, wallet, "5")));
    assertRefused(desk.sign(after(payment(1, 2, 2, wallet, "6"), 1)), "one proposal per intent");
  }

  @Test
  void the_same_bytes_are_not_signed_as_another_attempt() {
    assertSigned(desk.sign(payment(1, 1, 1, wallet, "5")));
    assertRefused(desk.sign(after(payment(1, 2, 1, wallet, "5"), 1)), "one intent per transaction");
  }

  @Test
  void a_movement_takes_over_what_its_approval_took_and_adds_its_own_fee() {
    Intent.Swap swap = swap("10");
    assertSigned(desk.sign(approving(1, 1, swap)));
    assertThat(fees()).isEqualTo(5_000);
    desk.advance(Duration.ofHours(20));
    assertSigned(desk.sign(exchanging(2, 2, swap)));
    assertThat(fees()).isEqualTo(10_000);
    List<SigningRecord> both = desk.log().find(intent(1));
    assertThat(both.getLast().replaces()).isEqualTo(1);
    assertThat(both.getLast().carried())
        .extracting(Reservation::rule, Reservation::baseUnits)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Mandate.FEES, BigInteger.valueOf(5_000)));
    desk.advance(Duration.ofHours(5));
    Intent.Swap more = swap("10.000001");
    assertRefused(
        desk.sign(request(2, 1, more, transaction(3, fee(wallet), exchange(wallet, more)))),
        "default deny");
  }

  @Test
  void approvals_gathered_over_days_are_not_all_carried_out_in_one() {
    for (int number = 1; number <= 3; number++) {
      Intent.Swap swap = swap("20");
      assertSigned(
          desk.sign(
              request(number, 1, swap, transaction(number, fee(wallet), approval(wallet, swap)))));
      desk.advance(Duration.ofHours(25));
    }
    int carriedOut = 0;
    for (int number = 1; number <= 3; number++) {
      Intent.Swap swap = swap("20");
      Bytes bytes = transaction(10 + number, fee(wallet), exchange(wallet, swap));
      carriedOut += desk.sign(request(number, 2, swap, bytes)) instanceof Signed ? 1 : 0;
    }
    assertThat(carriedOut).as("swaps of 20 USDC in a day's budget of 20").isEqualTo(1);
  }

  @Test
  void a_second_approval_needs_the_death_of_the_first_and_counts_beside_it() {
    Intent.Swap swap = swap("10");
    assertSigned(desk.sign(approving(1, 1, swap)));
    assertRefused(desk.sign(approving(2, 2, swap)), "one effect per intent");
    assertSigned(desk.sign(after(approving(2, 2, swap), 1)));
    assertRefused(desk.sign(after(approving(3, 3, swap), 1, 2)), "default deny");
    assertSigned(desk.sign(after(exchanging(3, 3, swap), 1)));
    assertThat(desk.log().find(intent(1)).getLast().replaces()).isEqualTo(2);
  }

  @Test
  void after_a_dead_movement_an_approval_may_be_given_again() {
    Intent.Swap swap = swap("5");
    assertSigned(desk.sign(approving(1, 1, swap)));
    assertSigned(desk.sign(exchanging(2, 2, swap)));
    assertRefused(desk.sign(after(approving(3, 3, swap), 1)), "one effect per intent");
    assertSigned(desk.sign(after(approving(3, 3, swap), 1, 2)));
    assertSigned(desk.sign(after(exchanging(4, 4, swap), 1, 2)));
    assertThat(fees()).as("four transactions").isEqualTo(20_000);
  }
}
