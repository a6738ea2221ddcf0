package org.supercargo.plugin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.plugin.evm.LocalBase.ETHER;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Receipt;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.KnownFunction;

/// What becomes of an authorization that a facilitator hands in, or does not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentOnLocalBaseTest {
  private static final String STATE =
      AbiFunction.of("authorizationState(address,bytes32)").selector().hex();
  private static final Pattern RANGE =
      Pattern.compile("(?s).*\"(from|to)Block\":\"0x(\\w+)\".*\"(from|to)Block\":\"0x(\\w+)\".*");
  private static final int DEPTH = LocalBase.SETTINGS.confirmations();

  private final LocalBase base = new LocalBase();
  private final Asset usdc = base.usdc();
  private long wallets = 12_000_000;
  private TestWallet wallet = TestWallet.of(wallets);
  private Facilitator facilitator = new Facilitator(base, wallet);

  @AfterAll
  void stop() {
    base.close();
  }

  @BeforeEach
  void a_wallet_with_dollars_and_a_facilitator_with_ether() {
    wallet = TestWallet.of(++wallets);
    base.fund(wallet, Amount.parse("100", usdc));
    facilitator = Facilitator.funded(base, TestWallet.of(++wallets));
  }

  @Test
  void a_payment_is_unseen_then_seen_then_final_with_what_it_moved() {
    BigInteger aliceBefore = base.held(base.payee("alice").address(), usdc);
    SignedTransaction payment = signed("2.5");
    assertThat(status(payment)).isInstanceOf(TransactionStatus.Unseen.class);
    SignedTransaction carried = facilitator.use(payment);
    base.mine(1);
    assertThat(status(payment)).isInstanceOf(TransactionStatus.Seen.class);
    Receipt landing = facilitator.settle(carried);
    assertThat(landing.error()).isNull();
    Receipt receipt = finalReceipt(payment);
    assertThat(receipt)
        .isEqualTo(
            new Receipt(
                carried.id(),
                landing.position(),
                null,
                List.of(dollars(-2_500_000)),
                BigInteger.ZERO,
                BigInteger.ZERO));
    assertThat(base.held(wallet.address(), usdc)).isEqualTo(97_500_000);
    assertThat(base.held(wallet.address(), ETHER)).isZero();
    assertThat(base.held(base.payee("alice").address(), usdc).subtract(aliceBefore))
        .isEqualTo(2_500_000);
    assertThat(base.chain().status(payment, wallet.address(), List.of()))
        .isInstanceOfSatisfying(
            TransactionStatus.Final.class,
            landed -> assertThat(landed.receipt().changes()).as("nothing wanted").isEmpty());
  }

  @Test
  void the_signature_in_parts_is_as_good_as_in_one_piece() {
    SignedTransaction payment = signed("1");
    SignedTransaction carried =
        facilitator.send(Facilitator.token(payment), Facilitator.byParts(payment));
    assertThat(facilitator.settle(carried).error()).isNull();
    assertThat(finalReceipt(payment).transaction()).isEqualTo(carried.id());
  }

  @Test
  void handed_in_twice_it_pays_once() {
    SignedTransaction payment = signed("1");
    SignedTransaction first = facilitator.use(payment);
    base.mine(1);
    SignedTransaction second =
        facilitator.send(Facilitator.token(payment), Facilitator.byParts(payment));
    assertThat(facilitator.settle(second).error()).contains("used or canceled");
    assertThat(finalReceipt(payment).transaction()).isEqualTo(first.id());
    assertThat(base.held(wallet.address(), usdc)).isEqualTo(99_000_000);
  }

  @Test
  void not_handed_in_it_is_dead_once_a_final_block_is_past_its_end() {
    SignedTransaction payment = signed("1");
    long end = Facilitator.authorization(payment).authorization().validBefore();
    base.moveTimeTo(end - 1);
    assertThat(status(payment)).isInstanceOf(TransactionStatus.Unseen.class);
    base.moveTimeTo(end);
    assertThat(status(payment))
        .as("expired in a block that is not final")
        .isInstanceOf(TransactionStatus.Unseen.class);
    base.mine(DEPTH);
    String nonce = Facilitator.authorization(payment).authorization().nonce().hex();
    assertThat(status(payment))
        .isInstanceOfSatisfying(
            TransactionStatus.Dead.class,
            dead -> assertThat(dead.proof()).contains("0x" + nonce, "is past its end at " + end));
    assertThat(facilitator.settle(facilitator.use(payment)).error()).contains("is expired");
    assertThat(status(payment)).isInstanceOf(TransactionStatus.Dead.class);
    assertThat(base.held(wallet.address(), usdc)).isEqualTo(100_000_000);
  }

  @Test
  void a_payment_used_in_time_stays_final_after_its_end() {
    SignedTransaction payment = signed("1");
    SignedTransaction carried = facilitator.use(payment);
    base.mine(1);
    base.moveTimeTo(Facilitator.authorization(payment).authorization().validBefore() + 1);
    base.mine(DEPTH);
    assertThat(finalReceipt(payment).transaction()).isEqualTo(carried.id());
  }

  @Test
  void a_canceled_authorization_is_dead_once_that_is_final() {
    SignedTransaction payment = signed("1");
    SignedTransaction cancellation = facilitator.cancel(payment, wallet);
    base.mine(1);
    assertThat(status(payment)).isInstanceOf(TransactionStatus.Unseen.class);
    assertThat(facilitator.settle(cancellation).error()).isNull();
    assertThat(status(payment))
        .isInstanceOfSatisfying(
            TransactionStatus.Dead.class,
            dead -> assertThat(dead.proof()).contains("is canceled by " + cancellation.id()));
    assertThat(facilitator.settle(facilitator.use(payment)).error()).contains("used or canceled");
  }

  @Test
  void payments_in_one_transaction_have_each_its_own_amount() {
    SignedTransaction one = signed("1");
    SignedTransaction other = signed("2.5");
    SignedTransaction again = signed("1");
    SignedTransaction carried = facilitator.useAll(one, other, again);
    assertThat(facilitator.settle(carried).error()).isNull();
    List<Receipt> receipts = List.of(finalReceipt(one), finalReceipt(other), finalReceipt(again));
    assertThat(receipts).extracting(Receipt::transaction).containsOnly(carried.id());
    assertThat(receipts)
        .extracting(Receipt::changes)
        .containsExactly(
            List.of(dollars(-1_000_000)),
            List.of(dollars(-2_500_000)),
            List.of(dollars(-1_000_000)));
    assertThat(base.held(wallet.address(), usdc)).isEqualTo(95_500_000);
  }

  @Test
  void what_a_payee_sends_back_is_not_part_of_the_payment() {
    SignedTransaction payment = signed("5");
    SignedTransaction carried = facilitator.use(payment);
    base.fund(facilitator.carrier(), Amount.parse("7", usdc));
    Bytes refund =
        KnownFunction.TRANSFER.encode(
            AbiValue.of(EvmAddress.of(wallet.address())), AbiValue.of(7_000_000));
    facilitator.settle(facilitator.send(Facilitator.token(payment), refund));
    Receipt receipt = finalReceipt(payment);
    assertThat(receipt.transaction()).isEqualTo(carried.id());
    assertThat(receipt.changes()).containsExactly(dollars(-5_000_000));
    assertThat(base.held(wallet.address(), usdc)).isEqualTo(102_000_000);
  }

  @Test
  void a_use_that_moves_something_else_is_neither_final_nor_dead() {
    SignedTransaction payment = signed("1");
    facilitator.settle(facilitator.use(payment));
    var another =
        new InterceptedHttp(
            base.http(),
            (method, request) ->
                method.equals("eth_getTransactionReceipt")
                    ? InterceptedHttp.reply(
                        base.http()
                            .send(request)
                            .text()
                            .replace("%064x".formatted(1_000_000), "%064x".formatted(999_999)))
                    : null);
    Chain chain = base.chainThrough(another);
    assertThatThrownBy(() -> chain.status(payment, wallet.address(), List.of(usdc)))
        .hasMessageContaining("which does not move what it says")
        .isInstanceOfSatisfying(
            SupercargoException.class,
            thrown ->
                assertThat(thrown.category()).isEqualTo(SupercargoException.Category.EXTERNAL));
  }

  @Test
  void a_node_that_answers_only_few_blocks_at_once_is_asked_in_pieces() {
    SignedTransaction payment = signed("1");
    SignedTransaction carried = facilitator.use(payment);
    facilitator.settle(carried);
    base.mine(40);
    var narrow =
        intercepted(
            "eth_getLogs",
            body ->
                blocks(body) > 7
                    ? InterceptedHttp.error(-32602, "query exceeds max block range 7")
                    : null);
    assertThat(receipt(base.chainThrough(narrow), payment).transaction()).isEqualTo(carried.id());
    assertThat(narrow.methods().stream().filter("eth_getLogs"::equals).count())
        .as("eleven refusals from 5000 down to 4, and the pieces")
        .isBetween(15L, 60L);
  }

  @Test
  void a_node_without_events_is_told_apart_from_one_that_lags() {
    SignedTransaction payment = signed("1");
    facilitator.settle(facilitator.use(payment));
    Chain refusing =
        base.chainThrough(
            intercepted("eth_getLogs", _ -> InterceptedHttp.error(-32601, "no such method")));
    assertThatThrownBy(() -> refusing.status(payment, wallet.address(), List.of(usdc)))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            thrown ->
                assertThat(thrown.category()).isEqualTo(SupercargoException.Category.EXTERNAL));
    Chain lagging =
        base.chainThrough(intercepted("eth_getLogs", _ -> InterceptedHttp.result("[]")));
    assertThat(lagging.status(payment, wallet.address(), List.of(usdc)))
        .isInstanceOf(TransactionStatus.Seen.class);
    base.moveTimeTo(Facilitator.authorization(payment).authorization().validBefore() + 1);
    base.mine(DEPTH);
    assertThat(lagging.status(payment, wallet.address(), List.of(usdc)))
        .as("used, though the end is past and no event is found")
        .isInstanceOf(TransactionStatus.Seen.class);
  }

  @Test
  void a_node_that_lags_behind_the_use_proves_no_death() {
    SignedTransaction payment = signed("1");
    SignedTransaction carried = facilitator.use(payment);
    facilitator.settle(carried);
    Chain behind = base.chainThrough(intercepted("eth_call", PaymentOnLocalBaseTest::unusedYet));
    assertThat(behind.status(payment, wallet.address(), List.of(usdc)))
        .as("before its end")
        .isInstanceOf(TransactionStatus.Unseen.class);
    base.moveTimeTo(Facilitator.authorization(payment).authorization().validBefore() + 1);
    base.mine(DEPTH);
    assertThat(receipt(behind, payment).transaction())
        .as("a final block is past its end, and behind that block it is used")
        .isEqualTo(carried.id());
  }

  @Test
  void a_node_that_does_not_have_the_final_block_proves_no_death() {
    SignedTransaction payment = signed("1");
    base.moveTimeTo(Facilitator.authorization(payment).authorization().validBefore() + 1);
    base.mine(DEPTH);
    var without =
        intercepted(
            "eth_call",
            body -> body.contains("blockHash") ? InterceptedHttp.error(-32001, "not found") : null);
    assertThat(base.chainThrough(without).status(payment, wallet.address(), List.of(usdc)))
        .isInstanceOf(TransactionStatus.Unseen.class);
    assertThat(status(payment)).isInstanceOf(TransactionStatus.Dead.class);
  }

  @Test
  void a_payment_is_not_sent_to_a_node_and_is_nobody_elses() {
    SignedTransaction payment = signed("1");
    assertThatThrownBy(() -> base.chain().submit(payment))
        .hasMessage("A payment goes to its host and not to a node: " + payment.id())
        .satisfies(PaymentOnLocalBaseTest::isDefect);
    TestWallet other = TestWallet.of(++wallets);
    assertThatThrownBy(() -> base.chain().status(payment, other.address(), List.of()))
        .hasMessage(payment.id() + " is not signed by " + other.address())
        .satisfies(PaymentOnLocalBaseTest::isDefect);
  }

  private SignedTransaction signed(String number) {
    return wallet.sign(
        LocalBase.prepare(base.chain(), wallet, base.payment("alice", number, usdc)));
  }

  private TransactionStatus status(SignedTransaction payment) {
    return base.chain().status(payment, wallet.address(), List.of(usdc));
  }

  private Receipt finalReceipt(SignedTransaction payment) {
    return receipt(base.chain(), payment);
  }

  private Receipt receipt(Chain chain, SignedTransaction payment) {
    TransactionStatus status = chain.status(payment, wallet.address(), List.of(usdc));
    if (status instanceof TransactionStatus.Final(Receipt receipt)) {
      return receipt;
    }
    throw new AssertionError("the payment is " + status);
  }

  private BalanceChange dollars(long baseUnits) {
    return new BalanceChange(usdc.id(), BigInteger.valueOf(baseUnits));
  }

  private InterceptedHttp intercepted(String method, Function<String, @Nullable HttpReply> reply) {
    return new InterceptedHttp(
        base.http(), (asked, request) -> asked.equals(method) ? reply.apply(text(request)) : null);
  }

  /// Says of the newest state that nothing is used.
  private static @Nullable HttpReply unusedYet(String body) {
    return body.contains("\"0x" + STATE) && body.contains("\"latest\"")
        ? InterceptedHttp.result("\"0x" + "00".repeat(32) + "\"")
        : null;
  }

  private static long blocks(String body) {
    Matcher range = RANGE.matcher(body);
    assertThat(range.matches()).as(body).isTrue();
    long one = Long.parseLong(range.group(2), 16);
    return Math.abs(Long.parseLong(range.group(4), 16) - one) + 1;
  }

  private static String text(HttpRequest request) {
    return new String(request.body().toArray(), StandardCharsets.UTF_8);
  }

  private static void isDefect(Throwable thrown) {
    assertThat(((SupercargoException) thrown).category())
        .isEqualTo(SupercargoException.Category.BUG);
  }
}
