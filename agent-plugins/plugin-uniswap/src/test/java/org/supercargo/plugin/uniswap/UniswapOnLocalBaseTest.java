package org.supercargo.plugin.uniswap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
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
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.devnet.Devnet;
import org.supercargo.evm.SwapRouter;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.plugin.evm.EvmChain;
import org.supercargo.plugin.evm.EvmSettings;

/// Real swaps through real contracts on a local chain.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UniswapOnLocalBaseTest {
  private static final Asset ETHER = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  private static final Asset WETH =
      new Asset(AssetId.token(SwapRouter.BASE.wrappedEther()), "WETH", 18);
  private static final String RULE = "swaps";
  private static final Amount MOST = Amount.parse("0.001", ETHER);
  private static final int CONFIRMATIONS = 10;

  private final Devnet devnet = Devnet.start(Devnet.Options.PRIVATE, _ -> {});
  private final OkHttpTransport http = new OkHttpTransport(Set.of("127.0.0.1"));
  private final EvmChain chain =
      new EvmChain(
          ChainId.BASE, devnet.baseRpc(), http, EvmSettings.BASE.withConfirmations(CONFIRMATIONS));
  private final Asset usdc =
      new Asset(
          AssetId.token(chain.address(requireNonNull(devnet.tokens("base").get("USDC")))),
          "USDC",
          6);
  private final UniswapV3 venue = new UniswapV3(devnet.baseRpc(), http, UniswapSettings.BASE);
  private final UniswapPlugin plugin = new UniswapPlugin(List.of(venue));
  private final Mandate mandate =
      new Mandate(
          Instant.MAX,
          Map.of(ChainId.BASE, new FeeLimit(MOST, MOST, MOST, Duration.ofDays(1))),
          Valuations.NONE,
          null,
          List.of(),
          Map.of(),
          List.of(
              new Rule(
                  RULE,
                  Rule.Decision.ALLOW,
                  null,
                  Set.of(Intent.Kind.SWAP),
                  List.of(new Condition.Contracts(Set.of(SwapRouter.BASE.contract()))))));
  private BigInteger secret = BigInteger.valueOf(2_000_000);
  private TestWallet wallet = new TestWallet(secret);

  @AfterAll
  void stop() {
    http.close();
    devnet.close();
  }

  @BeforeEach
  void a_new_wallet_with_ether_and_dollars() {
    secret = secret.add(BigInteger.ONE);
    wallet = new TestWallet(secret);
    devnet.fund("base", wallet.address().text(), "ETH", new BigInteger("50000000000000000"));
    devnet.fund("base", wallet.address().text(), "USDC", BigInteger.valueOf(100_000_000));
  }

  @Test
  void dollars_become_ether_by_an_exact_approval_and_one_swap() {
    Amount sell = Amount.parse("10", usdc);
    Amount quote = venue.quote(sell, ETHER);
    Intent.Swap swap = plugin.swap(sell, ETHER, null, null);
    assertThat(swap.minimum().baseUnits())
        .isEqualTo(
            quote
                .baseUnits()
                .multiply(BigInteger.valueOf(9_950))
                .divide(BigInteger.valueOf(10_000)));

    List<ContractCall> calls = venue.calls(swap, wallet.address());
    assertThat(calls).hasSize(2);
    Receipt approval = perform(swap, calls.getFirst());
    assertThat(approval.changes())
        .containsExactly(new BalanceChange(ETHER.id(), approval.fee().negate()));

    BigInteger before = held(ETHER);
    List<ContractCall> left = venue.calls(swap, wallet.address());
    assertThat(left).as("the approval is there already").hasSize(1);
    assertThat(predicted(draft(swap, left.getFirst()), ETHER))
        .as("ether that contracts pay out is predicted too")
        .isPositive();
    Receipt receipt = perform(swap, left.getFirst());
    assertThat(change(receipt, usdc)).isEqualTo(BigInteger.valueOf(-10_000_000));
    assertThat(change(receipt, ETHER).add(receipt.fee()))
        .isEqualTo(quote.baseUnits())
        .isGreaterThanOrEqualTo(swap.minimum().baseUnits());
    assertThat(held(ETHER).subtract(before)).isEqualTo(change(receipt, ETHER));
    assertThat(held(usdc)).isEqualTo(90_000_000);
    assertThat(venue.calls(swap, wallet.address())).as("the exact approval is used up").hasSize(2);
  }

  @Test
  void ether_becomes_dollars_in_one_transaction() {
    Intent.Swap swap = plugin.swap(Amount.parse("0.01", ETHER), usdc, null, 100);
    List<ContractCall> calls = venue.calls(swap, wallet.address());
    assertThat(calls).hasSize(1);
    assertThat(predicted(draft(swap, calls.getFirst()), ETHER))
        .as("what is sold and the fee")
        .isLessThan(swap.sell().baseUnits().negate());
    BigInteger before = held(ETHER);
    Receipt receipt = perform(swap, calls.getFirst());
    assertThat(change(receipt, usdc)).isGreaterThanOrEqualTo(swap.minimum().baseUnits());
    assertThat(change(receipt, ETHER).negate().subtract(receipt.fee()))
        .isEqualTo(swap.sell().baseUnits());
    assertThat(held(ETHER).subtract(before)).isEqualTo(change(receipt, ETHER));
  }

  @Test
  void dollars_become_wrapped_ether_without_unwrapping() {
    Intent.Swap swap = plugin.swap(Amount.parse("5", usdc), WETH, null, null);
    perform(swap, venue.calls(swap, wallet.address()).getFirst());
    Receipt receipt = perform(swap, venue.calls(swap, wallet.address()).getFirst());
    assertThat(change(receipt, WETH)).isGreaterThanOrEqualTo(swap.minimum().baseUnits());
    assertThat(change(receipt, ETHER)).isEqualTo(receipt.fee().negate());
  }

  @Test
  void a_swap_before_its_approval_is_foretold_to_fail() {
    Intent.Swap swap = plugin.swap(Amount.parse("5", usdc), ETHER, null, null);
    Draft draft = draft(swap, venue.calls(swap, wallet.address()).getLast());
    assertThat(draft.simulation().error()).contains("STF");
    assertThat(mandate.judgeSimulation(swap, draft.effects(), draft.simulation())).isNotNull();
  }

  @Test
  void a_minimum_above_the_price_is_refused_before_anything_is_built() {
    Amount sell = Amount.parse("10", usdc);
    Amount quote = venue.quote(sell, ETHER);
    var greedy = new Intent.Swap(sell, quote.plus(Amount.ofBaseUnits(ETHER, 1)), venue.name());
    assertThatThrownBy(() -> venue.calls(greedy, wallet.address()))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("less than the minimum");
  }

  @Test
  void what_no_pool_exchanges_is_told() {
    Address nowhere = chain.address("0x00000000000000000000000000000000000c0ffe");
    var coffee = new Asset(AssetId.token(nowhere), "COFFEE", 18);
    assertThatThrownBy(() -> plugin.quote(Amount.parse("1", usdc), coffee, null))
        .hasMessage("No pool of Uniswap v3 on base exchanges 1 USDC for COFFEE");
  }

  @Test
  void a_quote_is_told_in_words() {
    assertThat(plugin.quote(Amount.parse("10", usdc), ETHER, null))
        .matches("10 USDC would bring 0\\.00\\d+ ETH on uniswap-v3 now");
  }

  private Receipt perform(Intent.Swap swap, ContractCall call) {
    Draft draft = draft(swap, call);
    assertThat(mandate.judgeEffects(swap, RULE, wallet.address(), draft.effects(), Instant.now()))
        .isNull();
    assertThat(mandate.judgeSimulation(swap, draft.effects(), draft.simulation())).isNull();
    assertThat(draft.effects()).noneMatch(Effect.Undecodable.class::isInstance);
    SignedTransaction signed = wallet.sign(draft.unsigned(), chain.nextNonce(wallet.address()));
    assertThat(chain.submit(signed)).isInstanceOf(SubmitResult.Accepted.class);
    mine();
    TransactionStatus status = chain.status(signed, wallet.address(), List.of(ETHER, WETH, usdc));
    if (status instanceof TransactionStatus.Final(Receipt receipt)) {
      assertThat(receipt.error()).isNull();
      return receipt;
    }
    throw new AssertionError("after " + CONFIRMATIONS + " blocks it is " + status);
  }

  private Draft draft(Intent.Swap swap, ContractCall call) {
    long nonce = chain.nextNonce(wallet.address());
    return chain.prepare(new DraftRequest(swap, wallet.address(), call, nonce));
  }

  private void mine() {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"anvil_mine\",\"params\":[\"0xa\"]}";
    http.send(HttpRequest.postJson(devnet.baseRpc(), body, Duration.ofSeconds(10), false));
  }

  private BigInteger held(Asset asset) {
    return chain.balance(wallet.address(), asset).baseUnits();
  }

  private static BigInteger predicted(Draft draft, Asset asset) {
    return sum(draft.simulation().changes(), asset);
  }

  private static BigInteger change(Receipt receipt, Asset asset) {
    return sum(receipt.changes(), asset);
  }

  private static BigInteger sum(List<BalanceChange> changes, Asset asset) {
    return changes.stream()
        .filter(change -> change.asset().equals(asset.id()))
        .map(BalanceChange::baseUnits)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
