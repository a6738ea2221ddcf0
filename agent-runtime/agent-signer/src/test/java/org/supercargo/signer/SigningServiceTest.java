package org.supercargo.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.signer.PlainCodec.transaction;
import static org.supercargo.signer.TestAgent.ALICE;
import static org.supercargo.signer.TestAgent.BOB;
import static org.supercargo.signer.TestAgent.MALLORY;
import static org.supercargo.signer.TestAgent.approval;
import static org.supercargo.signer.TestAgent.exchange;
import static org.supercargo.signer.TestAgent.fee;
import static org.supercargo.signer.TestAgent.move;
import static org.supercargo.signer.TestAgent.pay;
import static org.supercargo.signer.TestAgent.payment;
import static org.supercargo.signer.TestAgent.request;
import static org.supercargo.signer.TestAgent.swap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignAnswer.Signed;
import org.supercargo.engine.signing.SignRequest;

class SigningServiceTest {
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
    long before = desk.log().signatures();
    assertThat(answer).isInstanceOf(Refused.class);
    assertThat(((Refused) answer).rule()).isEqualTo(rule);
    assertThat(((Refused) answer).reason()).contains(reason);
    assertThat(desk.log().signatures()).isEqualTo(before);
  }

  @Test
  void an_allowed_payment_is_recorded_and_signed() {
    assertSigned(desk.pay(1, "25"));
    assertThat(desk.service().health().signatures()).isEqualTo(1);
    assertThat(desk.service().wallets(TestAgent.ID)).containsOnlyKeys(ChainId.SOLANA, ChainId.BASE);
  }

  @Test
  void the_mandate_is_judged_again() {
    assertRefused(desk.pay(1, "25.000001"), "default deny", "more than 25 USDC at once");
    desk.advance(Duration.between(TestAgent.START, TestAgent.EXPIRY));
    assertRefused(desk.pay(2, "1"), "expires", "expired");
  }

  @Test
  void what_a_person_must_approve_is_refused() {
    Intent.Transfer transfer = pay(BOB, "1");
    Bytes unsigned = transaction(1, fee(wallet), move(wallet, transfer));
    assertRefused(desk.sign(request(1, 1, transfer, unsigned)), "ask for bob", "approval");
  }

  @Test
  void the_engine_cannot_vouch_for_an_address() {
    Intent.Transfer transfer = pay(MALLORY, "1");
    Bytes unsigned = transaction(1, fee(wallet), move(wallet, transfer));
    assertRefused(
        desk.sign(request(1, 1, transfer, unsigned)), "payee provenance", "from model output");
  }

  @Test
  void an_asset_with_other_decimals_or_unknown_to_the_owner_is_refused() {
    Asset shifted = new Asset(TestAgent.USDC.id(), "USDC", 9);
    var cheap = new Intent.Transfer(pay(ALICE, "1").payee(), Amount.parse("0.025", shifted), "");
    Bytes unsigned = transaction(1, fee(wallet), move(wallet, cheap));
    assertRefused(desk.sign(request(1, 1, cheap, unsigned)), "agent file", "with 6 decimals");

    Asset unknown = new Asset(new AssetId(TestAgent.CHAIN, "token", "other"), "USDC", 6);
    var other = new Intent.Transfer(pay(ALICE, "1").payee(), Amount.parse("1", unknown), "");
    assertRefused(
        desk.sign(request(2, 1, other, transaction(2, fee(wallet), move(wallet, other)))),
        "agent file",
        "does not list the asset");

    var bought = new Intent.Swap(TestAgent.usdc("1"), Amount.parse("1", unknown), "venue");
    assertRefused(
        desk.sign(request(3, 1, bought, transaction(3, fee(wallet), exchange(wallet, bought)))),
        "agent file",
        "does not list the asset");
  }

  @Test
  void bytes_that_do_something_else_are_refused() {
    Intent.Transfer transfer = pay(ALICE, "5");
    Effect honest = move(wallet, transfer);
    List<List<Effect>> hostile =
        List.of(
            List.of(fee(wallet)),
            List.of(fee(wallet), honest, honest),
            List.of(fee(wallet), move(wallet, pay(MALLORY, "5"))),
            List.of(fee(wallet), move(wallet, pay(ALICE, "5.000001"))),
            List.of(fee(wallet), honest, new Effect.AuthorityChange(wallet, "owner")),
            List.of(fee(wallet), honest, new Effect.Undecodable("an instruction")),
            List.of(fee(wallet), honest, approval(wallet, swap("1"))),
            List.of(fee(wallet), honest, new Effect.Memo("hello")),
            List.of(fee(MALLORY), honest),
            List.of(fee(wallet, 10_000_001), honest),
            List.of(fee(wallet), move(ALICE, transfer)),
            List.of());
    int number = 0;
    for (List<Effect> effects : hostile) {
      number++;
      Bytes unsigned = transaction(number, effects.toArray(Effect[]::new));
      SignAnswer answer = desk.sign(request(number, 1, transfer, unsigned));
      assertThat(answer).as("effects %s", effects).isInstanceOf(Refused.class);
      assertThat(((Refused) answer).rule()).isEqualTo("decoded effects");
    }
    assertRefused(
        desk.sign(request(99, 1, transfer, Bytes.of(new byte[] {1, 2, 3}))),
        "decoded effects",
        "cannot be decoded");
    assertThat(desk.log().signatures()).isZero();
  }

  @Test
  void budgets_hold_over_many_payments_and_free_themselves_with_time() {
    assertSigned(desk.pay(1, "25"));
    desk.advance(Duration.ofHours(1));
    assertSigned(desk.pay(2, "25"));
    assertRefused(desk.pay(3, "10.000001"), "default deny", "10 USDC left of 60 USDC");
    assertSigned(desk.pay(4, "10"));
    assertRefused(desk.pay(5, "0.000001"), "default deny", "0 USDC left");
    desk.advance(Duration.ofHours(23));
    assertRefused(desk.pay(6, "1"), "default deny", "0 USDC left");
    desk.advance(Duration.ofSeconds(1));
    assertSigned(desk.pay(7, "25"));
    assertRefused(desk.pay(8, "1"), "default deny", "left of 60 USDC");
  }

  @Test
  void budgets_hold_across_restarts() {
    assertSigned(desk.pay(1, "25"));
    desk.restart();
    assertSigned(desk.pay(2, "25"));
    desk.restart();
    assertRefused(desk.pay(3, "11"), "default deny", "10 USDC left of 60 USDC");
    assertSigned(desk.pay(4, "10"));
  }

  @Test
  void a_clock_that_goes_back_frees_no_budget() {
    assertSigned(desk.pay(1, "25"));
    assertSigned(desk.pay(2, "25"));
    desk.advance(Duration.ofDays(-30));
    assertRefused(desk.pay(3, "25"), "default deny", "10 USDC left of 60 USDC");
    assertSigned(desk.pay(4, "10"));
    desk.advance(Duration.ofDays(30).plusHours(24));
    assertRefused(desk.pay(5, "1"), "default deny", "0 USDC left");
  }

  @Test
  void the_same_attempt_with_the_same_bytes_gets_the_same_signature() {
    SignRequest request = payment(1, 1, wallet, "25");
    SignAnswer first = desk.sign(request);
    assertSigned(first);
    assertThat(desk.sign(request)).isEqualTo(first);
    desk.restart();
    desk.advance(Duration.ofDays(1_000));
    assertThat(desk.sign(request)).isEqualTo(first);
    assertThat(desk.log().signatures()).as("repeats are not recorded").isEqualTo(1);
  }

  @Test
  void the_same_attempt_with_other_bytes_is_refused() {
    assertSigned(desk.sign(payment(1, 1, wallet, "5")));
    String reason = "attempt 1 of treasurer:1:0 is signed over other bytes";
    assertRefused(desk.sign(payment(1, 2, wallet, "5")), "one signature per attempt", reason);
    desk.restart();
    assertRefused(desk.sign(payment(1, 2, wallet, "5")), "one signature per attempt", reason);
  }

  @Test
  void a_second_movement_of_one_intent_is_refused() {
    assertSigned(desk.sign(payment(1, 1, 1, wallet, "5")));
    assertRefused(
        desk.sign(payment(1, 2, 2, wallet, "5")), "one effect per intent", "may still land");
  }

  @Test
  void one_transaction_is_not_signed_for_two_intents() {
    assertSigned(desk.sign(payment(1, 7, wallet, "5")));
    assertRefused(
        desk.sign(payment(2, 7, wallet, "5")),
        "one intent per transaction",
        "signed for treasurer:1:0 already");
  }

  @Test
  void requests_that_do_not_fit_the_agent_are_refused() {
    SignRequest honest = payment(1, 1, wallet, "5");
    var stranger = TestAgent.intent(new AgentId("stranger"), 1);
    assertRefused(
        desk.sign(request(stranger, 1, honest.intent(), honest.unsigned())),
        "agent file",
        "stranger");
    var elsewhere = new ChainId("solana", "EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
    assertRefused(desk.sign(on(elsewhere, honest)), "agent file", "no wallet on");
    assertRefused(desk.sign(on(ChainId.BASE, honest)), "request", "does not fit");
    assertRefused(
        desk.sign(request(1, 0, honest.intent(), honest.unsigned())), "request", "does not fit");
    assertRefused(desk.service().sign(Desk.asked(honest, -1, 0)), "request", "does not fit");
    assertThat(desk.service().wallets(new AgentId("stranger"))).isEmpty();
  }

  private static SignRequest on(ChainId chain, SignRequest request) {
    return new SignRequest(
        request.id(),
        request.attempt(),
        chain,
        request.intent(),
        request.unsigned(),
        request.validity(),
        request.fence(),
        request.known(),
        request.evidence());
  }

  @Test
  void what_is_larger_than_any_transaction_is_refused() {
    SignRequest honest = payment(1, 1, wallet, "5");
    assertRefused(
        desk.sign(request(1, 1, honest.intent(), Bytes.of(new byte[200_000]))),
        "request",
        "larger than any transaction");
    Intent.Swap swap = swap("5");
    var wordy = new Intent.Swap(swap.sell(), swap.minimum(), "x".repeat(257));
    assertRefused(
        desk.sign(request(1, 1, wordy, honest.unsigned())),
        "request",
        "larger than any transaction");
    var call =
        new Intent.Call(
            TestAgent.ROUTER,
            "f(string)",
            List.of("x".repeat(70_000)),
            TestAgent.usdc("0"),
            Amount.parse("0", TestAgent.SOL));
    assertRefused(
        desk.sign(request(1, 1, call, honest.unsigned())),
        "request",
        "larger than any transaction");
  }

  @Test
  void bytes_the_wallet_cannot_sign_are_refused_and_not_recorded() {
    assertRefused(desk.sign(payment(1, 666, wallet, "5")), "transaction bytes", "nothing to sign");
    assertThat(desk.log().signatures()).isZero();
    assertSigned(desk.pay(2, "25"));
  }

  @Test
  void budgets_hold_when_many_ask_at_once() throws Exception {
    var requests = new ArrayList<Callable<SignAnswer>>();
    for (int number = 1; number <= 64; number++) {
      SignRequest request = payment(number, number, wallet, "5");
      requests.add(() -> persistent(request));
      requests.add(() -> persistent(request));
    }
    assertThat(signed(requests)).as("both askers of each get its signature").isEqualTo(24);
    assertThat(desk.log().signatures()).as("payments of 5 USDC in a budget of 60").isEqualTo(12);
  }

  @Test
  void one_intent_asked_for_with_many_bytes_at_once_is_signed_once() throws Exception {
    var requests = new ArrayList<Callable<SignAnswer>>();
    for (int nonce = 1; nonce <= 64; nonce++) {
      SignRequest request = payment(1, 1 + nonce % 2, nonce, wallet, "5");
      requests.add(() -> persistent(request));
    }
    assertThat(signed(requests)).isEqualTo(1);
    assertThat(desk.log().signatures()).isEqualTo(1);
  }

  /// Asks until it is not told that the books are behind.
  private SignAnswer persistent(SignRequest request) {
    while (true) {
      long known = desk.service().enter(TestAgent.ID, 1).signatures();
      SignAnswer answer = desk.service().sign(Desk.known(request, known));
      if (!(answer instanceof SignAnswer.Halted)) {
        return answer;
      }
    }
  }

  private static int signed(List<Callable<SignAnswer>> requests) throws Exception {
    int signed = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SignAnswer> answer : threads.invokeAll(requests)) {
        signed += answer.get() instanceof Signed ? 1 : 0;
      }
    }
    return signed;
  }

  @Test
  void an_owner_who_renames_a_payee_breaks_no_repeat_and_a_removed_one_is_paid_no_more() {
    SignRequest request = payment(1, 1, wallet, "5");
    SignAnswer first = desk.sign(request);
    AgentSpec without =
        TestAgent.with(TestAgent.spec(), new AddressBook(Map.of("bob", List.of(BOB))));
    desk.restart(List.of(without));
    assertThat(desk.sign(request)).isEqualTo(first);
    assertRefused(desk.pay(2, "5"), "payee provenance", "came from model output");
  }

  @Test
  void agents_have_budgets_of_their_own() {
    var other = new AgentId("other");
    desk.restart(List.of(TestAgent.spec(), TestAgent.spec(other, "main")));
    assertSigned(desk.pay(1, "25"));
    assertSigned(desk.pay(2, "25"));
    SignRequest mine = payment(3, 3, wallet, "25");
    assertSigned(desk.sign(request(TestAgent.intent(other, 3), 1, mine.intent(), mine.unsigned())));
  }

  @Test
  void a_service_without_its_keys_or_with_two_agents_of_one_name_does_not_open() {
    assertThatThrownBy(() -> desk.restart(List.of(TestAgent.spec(TestAgent.ID, "missing"))))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("names the key missing")
        .satisfies(
            e -> assertThat(((SupercargoException) e).advice()).contains("keys new missing"));
    desk.log().close();
    assertThatThrownBy(() -> desk.restart(List.of(TestAgent.spec(), TestAgent.spec())))
        .hasMessageContaining("Two agent files are called treasurer");
  }
}
