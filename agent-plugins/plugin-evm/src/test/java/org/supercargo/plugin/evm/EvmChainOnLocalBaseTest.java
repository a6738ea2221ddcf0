package org.supercargo.plugin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.plugin.evm.LocalBase.ETHER;
import static org.supercargo.plugin.evm.LocalBase.mandate;
import static org.supercargo.plugin.evm.LocalBase.prepare;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.ContractCall;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.intent.Simulation;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.KnownFunction;
import org.supercargo.evm.UnsignedTransaction;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvmChainOnLocalBaseTest {
  private final LocalBase base = new LocalBase();
  private final Asset usdc = base.usdc();
  private long wallets = 1_000_000;
  private TestWallet wallet = TestWallet.of(wallets);

  @AfterAll
  void stop() {
    base.close();
  }

  @BeforeAll
  void serves_base() {
    assertThat(base.chain().genesis()).matches("0x[0-9a-f]{64}");
  }

  @BeforeEach
  void a_new_wallet_with_ether_and_dollars() {
    wallet = TestWallet.of(++wallets);
    base.fund(wallet, Amount.parse("0.05", ETHER));
    base.fund(wallet, Amount.parse("100", usdc));
  }

  @Test
  void ether_is_sent_and_the_receipt_is_exact_to_the_wei() {
    Intent.Transfer intent = base.transfer("alice", "0.0123", ETHER);
    Address alice = intent.payee().address();
    BigInteger before = base.held(wallet.address(), ETHER);
    BigInteger aliceBefore = base.held(alice, ETHER);
    Receipt receipt = settle(judged(intent), List.of());
    assertThat(receipt.error()).isNull();
    assertThat(receipt.changes())
        .containsExactly(
            new BalanceChange(ETHER.id(), intent.amount().baseUnits().add(receipt.fee()).negate()));
    assertThat(base.held(wallet.address(), ETHER).subtract(before))
        .isEqualTo(receipt.changes().getFirst().baseUnits());
    assertThat(base.held(alice, ETHER).subtract(aliceBefore))
        .isEqualTo(intent.amount().baseUnits());
    assertThat(receipt.fee()).isPositive();
    assertThat(receipt.rent()).isZero();
  }

  @Test
  void dollars_are_sent_and_the_receipt_names_both_assets() {
    Intent.Transfer intent = base.transfer("bob", "2.5", usdc);
    BigInteger before = base.held(wallet.address(), ETHER);
    BigInteger bobBefore = base.held(intent.payee().address(), usdc);
    Receipt receipt = settle(judged(intent), List.of(usdc));
    assertThat(receipt.changes())
        .containsExactlyInAnyOrder(
            new BalanceChange(ETHER.id(), receipt.fee().negate()),
            new BalanceChange(usdc.id(), BigInteger.valueOf(-2_500_000)));
    assertThat(base.held(wallet.address(), usdc)).isEqualTo(97_500_000);
    assertThat(before.subtract(base.held(wallet.address(), ETHER))).isEqualTo(receipt.fee());
    assertThat(base.held(intent.payee().address(), usdc).subtract(bobBefore)).isEqualTo(2_500_000);
  }

  @Test
  void the_prediction_says_what_will_change_and_covers_the_fee() {
    Intent.Transfer intent = base.transfer("bob", "2.5", usdc);
    Simulation simulation = prepare(base.chain(), wallet, intent).simulation();
    assertThat(simulation.error()).isNull();
    assertThat(simulation.changes())
        .contains(new BalanceChange(usdc.id(), BigInteger.valueOf(-2_500_000)))
        .anySatisfy(change -> {
          assertThat(change.asset()).isEqualTo(ETHER.id());
          assertThat(change.baseUnits()).isNegative();
        })
        .hasSize(2);
  }

  @Test
  void a_node_that_cannot_simulate_still_predicts_from_the_effects() {
    var plain =
        new InterceptedHttp(
            base.http(),
            (method, _) ->
                method.equals("eth_simulateV1")
                    ? InterceptedHttp.error(-32601, "the method does not exist")
                    : null);
    EvmChain chain = base.chainThrough(plain);
    for (Intent intent :
        List.of(base.transfer("bob", "2.5", usdc), base.transfer("bob", "0.001", ETHER))) {
      assertThat(prepare(chain, wallet, intent).simulation().changes())
          .isEqualTo(prepare(base.chain(), wallet, intent).simulation().changes());
    }
    assertThat(plain.methods()).contains("eth_simulateV1", "eth_call");
  }

  @Test
  void too_little_ether_is_told_with_both_figures_before_anything_is_signed() {
    assertThatThrownBy(() -> prepare(base.chain(), wallet, base.transfer("alice", "0.05", ETHER)))
        .isInstanceOf(SupercargoException.class)
        .hasMessageMatching(
            "The wallet needs 0\\.05\\d+ ETH, fees included, on base and has 0\\.05 ETH")
        .satisfies(EvmChainOnLocalBaseTest::isUserError);
    assertThatThrownBy(() -> prepare(base.chain(), wallet, base.transfer("alice", "7", ETHER)))
        .hasMessageMatching(
            "The wallet needs at least 7\\.\\d+ ETH, fees included, on base and has 0\\.05 ETH");
  }

  @Test
  void the_fee_of_the_first_layer_is_part_of_what_is_needed() {
    Draft draft = prepare(base.chain(), wallet, base.transfer("alice", "0.04", ETHER));
    UnsignedTransaction built = UnsignedTransaction.parse(draft.unsigned());
    BigInteger gas = built.gasLimit().multiply(built.maxFeePerGas());
    BigInteger held = base.held(wallet.address(), ETHER);
    Amount allButGas = new Amount(ETHER, held.subtract(gas));
    assertThatThrownBy(
            () -> prepare(base.chain(), wallet, base.transfer("alice", allButGas.number(), ETHER)))
        .hasMessageContaining("fees included");
  }

  @Test
  void too_few_dollars_are_told_with_both_figures() {
    assertThatThrownBy(() -> prepare(base.chain(), wallet, base.transfer("alice", "250", usdc)))
        .hasMessage("The wallet needs 250 USDC on base and has 100 USDC")
        .satisfies(EvmChainOnLocalBaseTest::isUserError);
  }

  @Test
  void a_memo_cannot_be_carried() {
    Intent memo = new Intent.Transfer(base.payee("alice"), Amount.parse("1", usdc), "invoice 7");
    assertThatThrownBy(() -> prepare(base.chain(), wallet, memo))
        .hasMessageContaining("cannot carry a memo");
  }

  @Test
  void a_transaction_is_unseen_until_it_is_sent_and_final_in_the_end() {
    SignedTransaction signed = judged(base.transfer("alice", "0.001", ETHER));
    assertThat(status(signed)).isInstanceOf(TransactionStatus.Unseen.class);
    assertThat(base.chain().submit(signed)).isInstanceOf(SubmitResult.Accepted.class);
    assertThat(status(signed)).isInstanceOf(TransactionStatus.Seen.class);
    assertThat(base.chain().nextNonce(wallet.address())).isEqualTo(1);
    base.mine(LocalBase.SETTINGS.confirmations());
    assertThat(status(signed)).isInstanceOf(TransactionStatus.Final.class);
  }

  @Test
  void sending_again_what_has_landed_is_accepted_and_pays_once() {
    SignedTransaction signed = judged(base.transfer("alice", "1", usdc));
    settle(signed, List.of(usdc));
    assertThat(base.chain().submit(signed)).isInstanceOf(SubmitResult.Accepted.class);
    base.mine(1);
    assertThat(base.held(wallet.address(), usdc)).isEqualTo(99_000_000);
  }

  @Test
  void a_lost_reply_is_no_answer_and_the_transaction_is_found_by_asking() {
    var losing =
        new InterceptedHttp(
            base.http(),
            (method, request) -> {
              if (!method.equals("eth_sendRawTransaction")) {
                return null;
              }
              base.http().send(request);
              throw new HttpFailure(
                  HttpFailure.Kind.BROKEN_OFF, "The connection broke", "Ask again.", null);
            });
    EvmChain chain = base.chainThrough(losing);
    SignedTransaction signed = judged(base.transfer("alice", "1", usdc));
    assertThat(chain.submit(signed)).isInstanceOf(SubmitResult.NoAnswer.class);
    assertThat(losing.methods()).containsExactly("eth_sendRawTransaction");
    base.mine(LocalBase.SETTINGS.confirmations());
    assertThat(chain.status(signed, wallet.address(), List.of(usdc)))
        .isInstanceOf(TransactionStatus.Final.class);
    assertThat(base.held(wallet.address(), usdc)).isEqualTo(99_000_000);
  }

  @Test
  void a_transaction_whose_number_another_one_used_is_dead_once_that_is_final() {
    SignedTransaction replaced = judged(base.transfer("alice", "1", usdc));
    SignedTransaction other = judged(base.transfer("alice", "2", usdc));
    base.chain().submit(other);
    assertThat(base.chain().submit(replaced))
        .isInstanceOfSatisfying(
            SubmitResult.Rejected.class,
            // The one, if the other is in a block by now; the other, if it still waits for one.
            rejected ->
                assertThat(rejected.reason())
                    .containsPattern("(?i)nonce too low|replacement transaction underpriced"));
    assertThat(status(replaced)).isInstanceOf(TransactionStatus.Unseen.class);
    base.mine(LocalBase.SETTINGS.confirmations());
    assertThat(status(replaced))
        .isInstanceOfSatisfying(
            TransactionStatus.Dead.class,
            dead -> assertThat(dead.proof()).contains("number 0", "by " + other.id().text()));
    assertThat(status(other)).isInstanceOf(TransactionStatus.Final.class);
    assertThat(base.held(wallet.address(), usdc)).isEqualTo(98_000_000);
  }

  @Test
  void a_transaction_that_fails_on_the_chain_is_final_with_its_reason_and_its_fee() {
    Draft draft = prepare(base.chain(), wallet, base.transfer("alice", "1", usdc));
    UnsignedTransaction good = UnsignedTransaction.parse(draft.unsigned());
    var tooMuch =
        new UnsignedTransaction(
            good.chainId(),
            good.nonce(),
            good.maxPriorityFeePerGas(),
            good.maxFeePerGas(),
            good.gasLimit(),
            good.to(),
            BigInteger.ZERO,
            KnownFunction.TRANSFER.encode(
                AbiValue.of(EvmAddress.of(base.payee("alice").address())),
                AbiValue.of(1_000_000_000)),
            List.of());
    BigInteger before = base.held(wallet.address(), ETHER);
    Receipt receipt = settle(wallet.sign(tooMuch.bytes(), 0), List.of(usdc));
    assertThat(receipt.error()).contains("transfer amount exceeds balance");
    assertThat(receipt.fee()).isPositive();
    assertThat(receipt.changes())
        .containsExactly(new BalanceChange(ETHER.id(), receipt.fee().negate()));
    assertThat(before.subtract(base.held(wallet.address(), ETHER))).isEqualTo(receipt.fee());
  }

  @Test
  void a_call_that_would_fail_is_drafted_with_the_contracts_reason() {
    Intent one = base.transfer("alice", "1", usdc);
    var call =
        new ContractCall(
            EvmAddress.parse(usdc.id().reference()).on(ChainId.BASE),
            BigInteger.ZERO,
            KnownFunction.TRANSFER.encode(
                AbiValue.of(EvmAddress.of(base.payee("alice").address())),
                AbiValue.of(1_000_000_000)));
    Draft draft = base.chain().prepare(new DraftRequest(one, wallet.address(), call, 0));
    assertThat(draft.simulation().error()).contains("transfer amount exceeds balance");
    assertThat(mandate().judgeSimulation(one, draft.effects(), draft.simulation())).isNotNull();
    assertThat(
            mandate()
                .judgeEffects(
                    one, LocalBase.RULE, wallet.address(), draft.effects(), Instant.now()))
        .isNotNull();
  }

  @Test
  void decimals_and_balances_come_from_the_chain() {
    assertThat(base.chain().decimals(usdc.id())).isEqualTo(6);
    assertThat(base.chain().decimals(ETHER.id())).isEqualTo(18);
    assertThat(base.chain().balance(wallet.address(), usdc)).hasToString("100 USDC");
    AssetId none = AssetId.token(wallet.address());
    assertThatThrownBy(() -> base.chain().decimals(none))
        .hasMessageContaining("There is no ERC-20 token at " + wallet.address());
    assertThatThrownBy(() -> base.chain().address("9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM"))
        .hasMessageContaining("Solana");
  }

  private SignedTransaction judged(Intent intent) {
    Draft draft = prepare(base.chain(), wallet, intent);
    assertThat(
            mandate()
                .judgeEffects(
                    intent, LocalBase.RULE, wallet.address(), draft.effects(), Instant.now()))
        .isNull();
    assertThat(mandate().judgeSimulation(intent, draft.effects(), draft.simulation())).isNull();
    return wallet.sign(draft.unsigned(), base.chain().nextNonce(wallet.address()));
  }

  private Receipt settle(SignedTransaction signed, List<Asset> assets) {
    return base.settle(signed, wallet, assets);
  }

  private TransactionStatus status(SignedTransaction signed) {
    return base.chain().status(signed, wallet.address(), List.of(usdc));
  }

  private static void isUserError(Throwable thrown) {
    assertThat(((SupercargoException) thrown).category())
        .isEqualTo(SupercargoException.Category.USER);
  }
}
