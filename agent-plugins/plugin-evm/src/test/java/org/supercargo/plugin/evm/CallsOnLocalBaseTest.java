package org.supercargo.plugin.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.SignedAuthorization;
import org.supercargo.evm.SwapRouter;
import org.supercargo.evm.TokenDomain;
import org.supercargo.evm.UnsignedTransaction;

/// Calls and authorizations as real contracts take them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallsOnLocalBaseTest {
  private static final Address WETH = SwapRouter.BASE.wrappedEther();
  private static final Asset WRAPPED = new Asset(AssetId.token(WETH), "WETH", 18);
  private static final Mandate MANDATE =
      LocalBase.mandate(Intent.Kind.CALL, new Condition.Contracts(Set.of(WETH)));
  private static final AbiFunction USE =
      AbiFunction.of(
          "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)");

  private final LocalBase base = new LocalBase();
  private long wallets = 9_000_000;
  private TestWallet wallet = TestWallet.of(wallets);

  @AfterAll
  void stop() {
    base.close();
  }

  @BeforeEach
  void a_new_wallet_with_ether_and_dollars() {
    wallet = TestWallet.of(++wallets);
    base.fund(wallet, Amount.parse("0.05", LocalBase.ETHER));
    base.fund(wallet, Amount.parse("100", base.usdc()));
  }

  @Test
  void a_call_with_value_does_what_the_intent_says() {
    Amount value = Amount.parse("0.01", LocalBase.ETHER);
    Receipt receipt = settle(new Intent.Call(WETH, "deposit()", List.of(), value, value));
    assertThat(receipt.error()).isNull();
    assertThat(base.held(wallet.address(), WRAPPED)).isEqualTo(value.baseUnits());
    String amount = value.baseUnits().toString();
    settle(
        new Intent.Call(
            WETH,
            "withdraw(uint256)",
            List.of(amount),
            new Amount(WRAPPED, value.baseUnits()),
            Amount.zero(LocalBase.ETHER)));
    assertThat(base.held(wallet.address(), WRAPPED)).isZero();
  }

  @Test
  void a_call_that_would_fail_is_refused_with_the_contracts_reason() {
    var intent =
        new Intent.Call(
            WETH,
            "withdraw(uint256)",
            List.of("7"),
            Amount.zero(LocalBase.ETHER),
            Amount.zero(LocalBase.ETHER));
    Draft draft = LocalBase.prepare(base.chain(), wallet, intent);
    assertThat(draft.simulation().error()).contains("WETH: balance too low");
    assertThat(MANDATE.judgeSimulation(intent, draft.effects(), draft.simulation())).isNotNull();
  }

  @Test
  void a_token_takes_an_authorization_once_and_nobody_pays_for_it_but_its_carrier() {
    EvmAddress token = EvmAddress.parse(base.usdc().id().reference());
    EvmAddress alice = EvmAddress.of(base.payee("alice").address());
    long now = timestamp();
    var payment =
        new PaymentAuthorization(
            new TokenDomain("USD Coin", "2", new BigInteger(ChainId.BASE.reference()), token),
            EvmAddress.of(wallet.address()),
            alice,
            BigInteger.valueOf(2_500_000),
            now - 600,
            now + 300,
            Bytes.fromHex("5a".repeat(32)));
    SignedAuthorization signed = SignedAuthorization.parse(wallet.sign(payment.bytes(), 0).bytes());
    TestWallet carrier = TestWallet.of(++wallets);
    base.fund(carrier, Amount.parse("0.05", LocalBase.ETHER));
    BigInteger before = base.held(wallet.address(), LocalBase.ETHER);
    assertThat(use(carrier, token, signed, 0).error()).isNull();
    assertThat(base.held(wallet.address(), base.usdc())).isEqualTo(97_500_000);
    assertThat(base.held(wallet.address(), LocalBase.ETHER)).isEqualTo(before);
    assertThat(use(carrier, token, signed, 1).error()).contains("used or canceled");
    assertThat(base.held(wallet.address(), base.usdc())).isEqualTo(97_500_000);
  }

  private Receipt use(
      TestWallet carrier, EvmAddress token, SignedAuthorization signed, long nonce) {
    PaymentAuthorization payment = signed.authorization();
    Bytes data =
        USE.encode(
            AbiValue.of(payment.from()),
            AbiValue.of(payment.to()),
            AbiValue.of(payment.value()),
            AbiValue.of(payment.validAfter()),
            AbiValue.of(payment.validBefore()),
            new AbiValue.FixedBytes(payment.nonce()),
            AbiValue.of(signed.signatureBytes()));
    var transaction =
        new UnsignedTransaction(
            new BigInteger(ChainId.BASE.reference()),
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(1_000_000),
            BigInteger.valueOf(5_000_000_000L),
            BigInteger.valueOf(200_000),
            token,
            BigInteger.ZERO,
            data,
            List.of());
    return base.settle(carrier.sign(transaction.bytes(), nonce), carrier, List.of());
  }

  private long timestamp() {
    String block = base.rpc("eth_getBlockByNumber", "[\"latest\",false]");
    return Long.parseLong(block.replaceAll("(?s).*\"timestamp\":\"0x([0-9a-f]+)\".*", "$1"), 16);
  }

  private Receipt settle(Intent.Call intent) {
    Draft draft = LocalBase.prepare(base.chain(), wallet, intent);
    assertThat(
            MANDATE.judgeEffects(
                intent, LocalBase.RULE, wallet.address(), draft.effects(), Instant.now()))
        .isNull();
    assertThat(MANDATE.judgeSimulation(intent, draft.effects(), draft.simulation())).isNull();
    long nonce = base.chain().nextNonce(wallet.address());
    return base.settle(wallet.sign(draft.unsigned(), nonce), wallet, List.of(WRAPPED));
  }
}
