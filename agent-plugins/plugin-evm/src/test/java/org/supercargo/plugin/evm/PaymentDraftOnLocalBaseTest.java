package org.supercargo.plugin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.plugin.evm.LocalBase.ETHER;
import static org.supercargo.plugin.evm.LocalBase.prepare;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiParameters;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.SwapRouter;

/// What is drafted for a payment, and what is refused before anything is signed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentDraftOnLocalBaseTest {
  private static final Mandate MANDATE = LocalBase.mandate(Intent.Kind.PAYMENT);
  private static final BigInteger TWO_AND_A_HALF = BigInteger.valueOf(2_500_000);

  private final LocalBase base = new LocalBase();
  private final Asset usdc = base.usdc();
  private long wallets = 11_000_000;
  private TestWallet wallet = TestWallet.of(wallets);

  @AfterAll
  void stop() {
    base.close();
  }

  @BeforeEach
  void a_new_wallet_with_dollars_and_no_ether() {
    wallet = TestWallet.of(++wallets);
    base.fund(wallet, Amount.parse("100", usdc));
  }

  @Test
  void a_payment_is_an_authorization_that_the_mandate_takes() {
    Intent.Payment payment = base.payment("alice", "2.5", usdc);
    long before = base.time();
    Draft draft = prepare(base.chain(), wallet, payment);
    PaymentAuthorization authorization = PaymentAuthorization.parse(draft.unsigned());
    assertThat(authorization.from()).isEqualTo(EvmAddress.of(wallet.address()));
    assertThat(authorization.to()).isEqualTo(EvmAddress.of(payment.payee().address()));
    assertThat(authorization.value()).isEqualTo(TWO_AND_A_HALF);
    assertThat(authorization.domain().name()).isEqualTo("USD Coin");
    assertThat(authorization.domain().version()).isEqualTo("2");
    assertThat(authorization.validBefore()).isBetween(before + 300, base.time() + 300);
    assertThat(authorization.validAfter()).isEqualTo(authorization.validBefore() - 900);
    assertThat(draft.validity()).isEqualTo(new Validity.UntilTime(authorization.validBefore()));
    assertThat(draft.effects()).singleElement().isInstanceOf(Effect.Authorization.class);
    assertThat(draft.simulation().error()).isNull();
    assertThat(draft.simulation().changes())
        .containsExactly(new BalanceChange(usdc.id(), TWO_AND_A_HALF.negate()));
    Instant now = Instant.ofEpochSecond(base.time());
    assertThat(
            MANDATE.judgeEffects(payment, LocalBase.RULE, wallet.address(), draft.effects(), now))
        .isNull();
    assertThat(MANDATE.judgeSimulation(payment, draft.effects(), draft.simulation())).isNull();
  }

  @Test
  void an_authorization_is_good_by_the_clock_of_the_chain_for_as_long_as_the_settings_say() {
    base.moveTimeTo(base.time() + Duration.ofDays(2).toSeconds());
    EvmChain chain =
        base.chainWith(
            LocalBase.SETTINGS.withPaymentValidity(Duration.ofSeconds(90)), new Random(1));
    long before = base.time();
    Draft draft = prepare(chain, wallet, base.payment("alice", "1", usdc));
    assertThat(PaymentAuthorization.parse(draft.unsigned()).validBefore())
        .isBetween(before + 90, base.time() + 90);
    Facilitator facilitator = Facilitator.funded(base, TestWallet.of(++wallets));
    assertThat(facilitator.settle(facilitator.use(wallet.sign(draft))).error()).isNull();
  }

  @Test
  void two_payments_have_two_nonces_and_a_used_one_is_not_chosen_again() {
    Intent.Payment payment = base.payment("alice", "1", usdc);
    Draft first = prepare(base.chainWith(LocalBase.SETTINGS, new Random(42)), wallet, payment);
    Draft unused = prepare(base.chainWith(LocalBase.SETTINGS, new Random(42)), wallet, payment);
    assertThat(nonce(unused)).as("the same choice again").isEqualTo(nonce(first));
    SignedTransaction signed = wallet.sign(first);
    Facilitator facilitator = Facilitator.funded(base, TestWallet.of(++wallets));
    assertThat(facilitator.settle(facilitator.use(signed)).error()).isNull();
    Draft second = prepare(base.chainWith(LocalBase.SETTINGS, new Random(42)), wallet, payment);
    assertThat(nonce(second)).isNotEqualTo(nonce(first));
    assertThat(nonce(prepare(base.chain(), wallet, payment)))
        .isNotEqualTo(nonce(prepare(base.chain(), wallet, payment)));
  }

  @Test
  void a_token_for_which_every_nonce_is_used_is_not_asked_for_ever() {
    EvmChain chain = answering("authorizationState(address,bytes32)", word(1));
    assertThatThrownBy(() -> prepare(chain, wallet, base.payment("alice", "1", usdc)))
        .hasMessageContaining("says that all of 3 nonces are used");
  }

  @Test
  void ether_cannot_be_paid_by_authorization() {
    refusesAsInput(() -> prepare(base.chain(), wallet, base.payment("alice", "0.001", ETHER)))
        .hasMessage("api.example.com asks for 0.001 ETH, which no authorization can move");
  }

  @Test
  void too_few_dollars_are_told_as_for_a_transfer() {
    refusesAsInput(() -> prepare(base.chain(), wallet, base.payment("alice", "250", usdc)))
        .hasMessage("The wallet needs 250 USDC on base and has 100 USDC");
  }

  @Test
  void a_wallet_does_not_pay_itself() {
    var self = new Payee("self", wallet.address(), Provenance.MODEL);
    var payment =
        new Intent.Payment(self, Amount.parse("1", usdc), "api.example.com", "GET /weather");
    refusesAsInput(() -> prepare(base.chain(), wallet, payment))
        .hasMessageContaining("to pay itself");
  }

  @Test
  void a_token_without_authorizations_is_refused() {
    var wrapped = new Asset(AssetId.token(SwapRouter.BASE.wrappedEther()), "WETH", 18);
    base.fund(wallet, Amount.parse("1", wrapped));
    refusesAsInput(() -> prepare(base.chain(), wallet, base.payment("alice", "0.5", wrapped)))
        .hasMessageContaining("does not take payments by authorization (EIP-3009)");
    var nothing = new Asset(AssetId.token(wallet.address()), "NONE", 6);
    refusesAsInput(() -> prepare(base.chain(), wallet, base.payment("alice", "1", nothing)))
        .hasMessageContaining("There is no ERC-20 token at");
  }

  @Test
  void a_token_whose_domain_is_another_than_it_says_is_refused() {
    Bytes one = AbiParameters.of("(string)").encode(new AbiValue.Text("1"));
    refusesAsInput(
            () -> prepare(answering("version()", one), wallet, base.payment("alice", "1", usdc)))
        .hasMessageContaining("hashes its domain otherwise than its name \"USD Coin\"");
    refusesAsInput(() ->
            prepare(
                answering("DOMAIN_SEPARATOR()", Bytes.EMPTY),
                wallet,
                base.payment("alice", "1", usdc)))
        .hasMessageContaining("does not take payments by authorization");
  }

  @ParameterizedTest
  @CsvSource({
    "isBlacklisted(address), the token has blacklisted",
    "paused(), the token is paused",
  })
  void what_the_token_forbids_fails_in_the_simulation(String function, String reason) {
    Intent.Payment payment = base.payment("alice", "1", usdc);
    Draft draft = prepare(answering(function, word(1)), wallet, payment);
    assertThat(draft.simulation().error()).contains(reason);
    assertThat(MANDATE.judgeSimulation(payment, draft.effects(), draft.simulation())).isNotNull();
    Draft allowed = prepare(answering(function, word(0)), wallet, payment);
    assertThat(allowed.simulation().error()).isNull();
  }

  @Test
  void a_payee_the_token_takes_no_transfer_for_fails_in_the_simulation() {
    var nobody =
        new Payee(
            "nobody",
            new EvmAddress(Bytes.fromHex("00".repeat(20))).on(ChainId.BASE),
            Provenance.MODEL);
    var payment =
        new Intent.Payment(nobody, Amount.parse("1", usdc), "api.example.com", "GET /weather");
    assertThat(prepare(base.chain(), wallet, payment).simulation().error())
        .contains("transfer to the zero address");
  }

  private EvmChain answering(String function, Bytes answer) {
    String selector = AbiFunction.of(function).selector().hex();
    return base.chainThrough(
        new InterceptedHttp(
            base.http(),
            (method, request) ->
                method.equals("eth_call") && text(request.body()).contains("\"0x" + selector)
                    ? InterceptedHttp.result("\"0x" + answer.hex() + "\"")
                    : null));
  }

  private static String text(Bytes body) {
    return new String(body.toArray(), StandardCharsets.UTF_8);
  }

  private static Bytes word(int number) {
    return Bytes.fromHex("%064x".formatted(number));
  }

  private static Bytes nonce(Draft draft) {
    return PaymentAuthorization.parse(draft.unsigned()).nonce();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refusesAsInput(
      ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SupercargoException.class,
            thrown ->
                assertThat(thrown.category())
                    .as(thrown.what())
                    .isEqualTo(SupercargoException.Category.USER));
  }
}
