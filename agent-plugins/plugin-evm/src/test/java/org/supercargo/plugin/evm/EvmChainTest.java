package org.supercargo.plugin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.SupercargoException.Category;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Receipt;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.UnsignedTransaction;

/// What is made of a node's answers, the odd ones above all.
class EvmChainTest {
  private static final URI RPC = URI.create("https://rpc.example:8443/v2/secret-key?token=secret");
  private static final TestWallet WALLET = TestWallet.of(77);
  private static final String HASH = "0x" + "ab".repeat(32);
  private static final String OTHER_HASH = "0x" + "cd".repeat(32);
  private static final BigInteger VALUE = BigInteger.valueOf(1_000);
  private static final SignedTransaction SIGNED = signed();

  /// 21,000 gas at 10 wei, and 500 wei for the first layer.
  private static final BigInteger FEE = BigInteger.valueOf(210_500);

  private final ScriptedNode node = new ScriptedNode();
  private final EvmChain chain =
      new EvmChain(ChainId.BASE, RPC, node, EvmSettings.BASE.withConfirmations(3));

  private static SignedTransaction signed() {
    var transaction =
        new UnsignedTransaction(
            BigInteger.valueOf(8453),
            BigInteger.valueOf(7),
            BigInteger.ONE,
            BigInteger.TEN,
            BigInteger.valueOf(25_000),
            EvmAddress.parse("0x3535353535353535353535353535353535353535"),
            VALUE,
            Bytes.EMPTY,
            List.of());
    return WALLET.sign(transaction.bytes(), 7);
  }

  @Test
  void the_fee_of_the_first_layer_is_part_of_the_receipt() {
    landed("0x1").answer("eth_getTransactionCount", "\"0x8\"", "\"0x8\"");
    Receipt receipt = finalReceipt();
    assertThat(receipt.fee()).isEqualTo(FEE);
    assertThat(receipt.position()).isEqualTo(100);
    assertThat(receipt.changes()).containsExactly(nativeChange(VALUE.add(FEE).negate()));
  }

  @Test
  void a_charge_the_receipt_does_not_name_counts_as_fee() {
    BigInteger after = BigInteger.valueOf(5_000_000);
    BigInteger before = after.add(VALUE).add(FEE).add(BigInteger.valueOf(33));
    landed("0x1")
        .answer("eth_getTransactionCount", "\"0x8\"", "\"0x7\"")
        .answer("eth_getBalance", quantity(after), quantity(before));
    Receipt receipt = finalReceipt();
    assertThat(receipt.fee()).isEqualTo(FEE.add(BigInteger.valueOf(33)));
    assertThat(receipt.changes()).containsExactly(nativeChange(after.subtract(before)));
  }

  @Test
  void what_others_sent_in_the_same_block_is_not_credited_to_the_transaction() {
    BigInteger before = BigInteger.valueOf(5_000_000);
    BigInteger after = before.add(BigInteger.valueOf(1_000_000));
    landed("0x1")
        .answer("eth_getTransactionCount", "\"0x8\"", "\"0x7\"")
        .answer("eth_getBalance", quantity(after), quantity(before));
    assertThat(finalReceipt().changes()).containsExactly(nativeChange(VALUE.add(FEE).negate()));
  }

  @Test
  void a_node_without_old_balances_still_gives_an_exact_receipt() {
    landed("0x1").refuse("eth_getTransactionCount", -32000, "missing trie node");
    assertThat(finalReceipt().changes()).containsExactly(nativeChange(VALUE.add(FEE).negate()));
  }

  @Test
  void a_failed_transaction_moves_nothing_but_its_fee() {
    landed("0x0")
        .answer("eth_getTransactionCount", "\"0x8\"", "\"0x8\"")
        .reply(
            "eth_call",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":3,\"message\":\"execution reverted\","
                + "\"data\":\"0x4e487b71"
                + "0".repeat(62)
                + "11\"}}");
    Receipt receipt = finalReceipt();
    assertThat(receipt.error()).isEqualTo("the contract panicked: arithmetic overflowed");
    assertThat(receipt.changes()).containsExactly(nativeChange(FEE.negate()));
  }

  @Test
  void a_receipt_is_final_only_deep_enough_and_in_the_block_that_counts() {
    node.answer("eth_getTransactionReceipt", receipt("0x1"));
    node.answer("eth_blockNumber", "\"0x65\"", "\"0x66\"");
    assertThat(status()).isEqualTo(new TransactionStatus.Seen(100));
    node.answer("eth_getBlockByNumber", "{\"number\":\"0x64\",\"hash\":\"" + OTHER_HASH + "\"}");
    assertThat(status()).isEqualTo(new TransactionStatus.Seen(100));
  }

  @Test
  void a_number_that_is_not_used_proves_nothing() {
    node.answer("eth_blockNumber", "\"0x66\"")
        .answer("eth_getTransactionReceipt", "null")
        .answer("eth_getTransactionCount", "\"0x7\"");
    assertThat(status()).isEqualTo(new TransactionStatus.Unseen());
  }

  @Test
  void a_number_that_is_used_only_in_young_blocks_proves_nothing() {
    used("\"0x8\"", "\"0x7\"");
    assertThat(status()).isEqualTo(new TransactionStatus.Unseen());
  }

  @Test
  void a_number_used_by_another_transaction_is_proof_of_death() {
    used("\"0x8\"", "\"0x8\"", "\"0x8\"", "\"0x7\"", "\"0x7\"")
        .answer("eth_getBlockByNumber", blockWith(OTHER_HASH, "0x7"));
    assertThat(status())
        .isInstanceOfSatisfying(
            TransactionStatus.Dead.class,
            dead -> assertThat(dead.proof()).contains("number 7", "by " + OTHER_HASH));
  }

  @Test
  void a_lagging_node_that_forgot_our_receipt_is_no_proof_of_death() {
    used("\"0x8\"", "\"0x8\"", "\"0x7\"")
        .answer("eth_getBlockByNumber", blockWith(SIGNED.id().text(), "0x7"));
    assertThat(status()).isEqualTo(new TransactionStatus.Unseen());
  }

  @Test
  void a_receipt_that_turns_up_while_asking_wins_over_death() {
    node.answer("eth_blockNumber", "\"0x66\"")
        .answer("eth_getTransactionReceipt", "null", receipt("0x1"))
        .answer("eth_getTransactionCount", "\"0x8\"", "\"0x8\"", "\"0x7\"", "\"0x8\"")
        .answer(
            "eth_getBlockByNumber",
            blockWith(SIGNED.id().text(), "0x7"),
            "{\"number\":\"0x64\",\"hash\":\"" + HASH + "\"}");
    assertThat(status()).isInstanceOf(TransactionStatus.Final.class);
  }

  @Test
  void without_old_state_young_blocks_are_read_for_the_number() {
    used("\"0x8\"")
        .refuse("eth_getTransactionCount", -32000, "missing trie node")
        .answer("eth_getBlockByNumber", blockWith(OTHER_HASH, "0x6"))
        .answer("eth_getBlockByNumber", blockWith(OTHER_HASH, "0x7"));
    assertThat(status())
        .as("used in the second youngest block")
        .isEqualTo(new TransactionStatus.Unseen());
  }

  @Test
  void without_old_state_final_blocks_are_read_for_who_used_the_number() {
    String nothing = blockWith(OTHER_HASH, "0x6");
    used("\"0x8\"")
        .refuse("eth_getTransactionCount", -32000, "missing trie node")
        .answer("eth_getBlockByNumber", nothing, nothing, nothing, blockWith(OTHER_HASH, "0x7"));
    assertThat(status())
        .isInstanceOfSatisfying(
            TransactionStatus.Dead.class,
            dead -> assertThat(dead.proof()).contains("by " + OTHER_HASH));
  }

  @Test
  void a_number_used_long_ago_without_a_receipt_is_proof_enough() {
    used("\"0x8\"")
        .refuse("eth_getTransactionCount", -32000, "missing trie node")
        .answer("eth_getBlockByNumber", blockWith(OTHER_HASH, "0x6"));
    assertThat(status()).isInstanceOf(TransactionStatus.Dead.class);
    assertThat(node.asked("eth_getBlockByNumber")).as("a bounded search").isLessThan(40);
  }

  private ScriptedNode used(String... counts) {
    return node.answer("eth_blockNumber", "\"0x66\"")
        .answer("eth_getTransactionReceipt", "null")
        .answer("eth_getTransactionByHash", "null")
        .answer("eth_getTransactionCount", counts);
  }

  @ParameterizedTest
  @CsvSource({
    "already known, null, Accepted",
    "AlreadyKnown: already known, null, Accepted",
    "transaction already imported, null, Accepted",
    "nonce too low, known, Accepted",
    "nonce too low, null, Rejected",
    "replacement transaction underpriced, null, Rejected",
    "intrinsic gas too low, null, Rejected"
  })
  void a_refusal_is_acceptance_only_if_the_node_has_the_transaction(
      String message, String found, String expected) {
    node.refuse("eth_sendRawTransaction", -32000, message)
        .answer(
            "eth_getTransactionByHash",
            found.equals("known") ? "{\"hash\":\"" + SIGNED.id() + "\"}" : "null");
    assertThat(chain.submit(SIGNED).getClass().getSimpleName()).isEqualTo(expected);
    assertThat(node.asked("eth_sendRawTransaction")).isEqualTo(1);
  }

  @Test
  void a_node_that_names_another_transaction_has_not_taken_ours() {
    node.answer("eth_sendRawTransaction", "\"" + OTHER_HASH + "\"");
    assertThat(chain.submit(SIGNED)).isInstanceOf(SubmitResult.Rejected.class);
  }

  @Test
  void an_endpoint_of_another_chain_is_recognised() {
    node.answer("eth_chainId", "\"0x1\"");
    assertThatThrownBy(chain::genesis)
        .hasMessage("The node at rpc.example:8443 serves the chain with id 1, not eip155:8453");
  }

  @Test
  void refusals_and_nonsense_are_told_apart_and_never_tell_the_key() {
    node.refuse("eth_getBalance", -32005, "limit exceeded")
        .reply("eth_getBalance", "<html>")
        .answer("eth_getBalance", "\"0xzz\"", "null")
        .reply(
            "eth_getBalance",
            "{\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\",\"data\":{\"a\":1}}}");
    for (Category expected :
        List.of(
            Category.EXTERNAL,
            Category.TRANSIENT,
            Category.EXTERNAL,
            Category.EXTERNAL,
            Category.EXTERNAL)) {
      assertThatThrownBy(() -> chain.balance(WALLET.address(), chain.nativeAsset()))
          .isInstanceOfSatisfying(
              SupercargoException.class,
              thrown -> {
                assertThat(thrown.category()).as(thrown.what()).isEqualTo(expected);
                assertThat(thrown.what() + thrown.advice()).doesNotContain("secret");
              });
    }
  }

  @Test
  void an_account_of_another_chain_is_refused() {
    ChainId mainnet = new ChainId("eip155", "1");
    assertThatThrownBy(() -> chain.nextNonce(EvmAddress.of(WALLET.address()).on(mainnet)))
        .hasMessageContaining("is on eip155:1, not on base");
    assertThatThrownBy(() -> new EvmChain(ChainId.SOLANA, RPC, node, EvmSettings.BASE))
        .hasMessage("solana is not an EVM chain");
  }

  @Test
  void gas_prices_stay_within_their_bounds() {
    assertThat(price("0x1", "0x0")).isEqualTo(price(5_000_000, 1_000_000));
    assertThat(price("0x5f5e100", "0x1e8480")).isEqualTo(price(100_000_000, 2_000_000));
    assertThat(price("0x5f5e100", "0x174876e800")).isEqualTo(price(100_000_000, 1_000_000_000));
    assertThatThrownBy(() -> price("0x4a817c800", "0x0"))
        .hasMessageContaining("more than the bound of 20000000000 wei")
        .isInstanceOfSatisfying(
            SupercargoException.class,
            thrown -> assertThat(thrown.category()).isEqualTo(Category.TRANSIENT));
  }

  private static FeeMarket.GasPrice price(String base, String tip) {
    var fees =
        new ScriptedNode()
            .answer(
                "eth_feeHistory",
                """
                {"oldestBlock":"0x1","baseFeePerGas":["0x0","%s"],"gasUsedRatio":[0.5],
                 "reward":[["%s"]]}
                """
                    .formatted(base, tip));
    return new FeeMarket(new EvmNode(RPC, fees, EvmSettings.BASE), EvmSettings.BASE).current();
  }

  private static FeeMarket.GasPrice price(long base, long tip) {
    return new FeeMarket.GasPrice(
        BigInteger.valueOf(tip),
        BigInteger.valueOf(2 * base + tip),
        BigInteger.valueOf(base + tip));
  }

  private ScriptedNode landed(String status) {
    return node.answer("eth_blockNumber", "\"0x66\"")
        .answer("eth_getTransactionReceipt", receipt(status))
        .answer("eth_getBlockByNumber", "{\"number\":\"0x64\",\"hash\":\"" + HASH + "\"}");
  }

  private static String receipt(String status) {
    return """
    {"transactionHash":"%s","blockHash":"%s","blockNumber":"0x64","status":"%s",
     "gasUsed":"0x5208","effectiveGasPrice":"0xa","l1Fee":"0x1f4","logs":[]}
    """
        .formatted(SIGNED.id(), HASH, status);
  }

  private static String blockWith(String hash, String nonce) {
    return """
    {"number":"0x63","hash":"%s","transactions":[
      {"hash":"%s","from":"%s","nonce":"%s"}]}
    """
        .formatted(HASH, hash, WALLET.address(), nonce);
  }

  private Receipt finalReceipt() {
    TransactionStatus status = status();
    if (status instanceof TransactionStatus.Final(Receipt receipt)) {
      return receipt;
    }
    throw new AssertionError("the transaction is " + status);
  }

  private TransactionStatus status() {
    return chain.status(SIGNED, WALLET.address(), List.of());
  }

  private static BalanceChange nativeChange(BigInteger baseUnits) {
    return new BalanceChange(AssetId.nativeOf(ChainId.BASE), baseUnits);
  }

  private static String quantity(BigInteger number) {
    return "\"0x" + number.toString(16) + "\"";
  }
}
