package org.supercargo.plugin.uniswap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.intent.Intent;
import org.supercargo.evm.SwapRouter;

class UniswapPluginTest {
  private static final Asset ETHER = new Asset(AssetId.nativeOf(ChainId.BASE), "ETH", 18);
  private static final Asset WETH =
      new Asset(AssetId.token(SwapRouter.BASE.wrappedEther()), "WETH", 18);
  private static final Asset USDC =
      new Asset(
          AssetId.token(new Address(ChainId.BASE, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913")),
          "USDC",
          6);
  private static final Asset SOL = new Asset(AssetId.nativeOf(ChainId.SOLANA), "SOL", 9);
  private static final Amount TEN = Amount.parse("10", USDC);

  @Test
  void the_pool_that_gives_most_wins() {
    var answers = new AtomicInteger();
    List<String> pools =
        List.of(error(3, "execution reverted"), quoted(900), quoted(1_000), quoted(0));
    Http node = _ -> reply(pools.get(answers.getAndIncrement()));
    assertThat(venue(node).quote(TEN, ETHER).baseUnits()).isEqualTo(1_000);
    assertThat(answers).hasValue(4);
  }

  @Test
  void the_minimum_is_the_quote_less_the_slippage_rounded_down() {
    UniswapPlugin plugin = plugin(quoted(1_001));
    assertThat(plugin.swap(TEN, ETHER, null, null).minimum().baseUnits()).isEqualTo(995);
    assertThat(plugin.swap(TEN, ETHER, null, 1).minimum().baseUnits()).isEqualTo(1_000);
    assertThat(plugin.swap(TEN, ETHER, null, 500).minimum().baseUnits()).isEqualTo(950);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 501, 10_000})
  void a_slippage_out_of_bounds_is_refused(int basisPoints) {
    assertThatThrownBy(() -> plugin(quoted(1_000)).swap(TEN, ETHER, null, basisPoints))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(basisPoints + " basis points");
  }

  @Test
  void an_amount_that_brings_next_to_nothing_is_refused() {
    assertThatThrownBy(() -> plugin(quoted(1)).swap(TEN, ETHER, null, null))
        .hasMessageContaining("too little to set a minimum");
  }

  @Test
  void assets_of_other_chains_and_equal_assets_are_refused() {
    UniswapPlugin plugin = plugin(quoted(1_000));
    assertThatThrownBy(() -> plugin.quote(TEN, SOL, null))
        .hasMessage("SOL is on solana, not on base");
    assertThatThrownBy(() -> plugin.quote(Amount.parse("1", SOL), ETHER, null))
        .hasMessage("Uniswap is not configured on solana");
    assertThatThrownBy(() -> plugin.quote(Amount.parse("1", ETHER), WETH, null))
        .hasMessage("ETH and WETH are the same to Uniswap");
    assertThatThrownBy(() -> plugin.quote(Amount.zero(USDC), ETHER, null))
        .hasMessage("0 USDC cannot be sold");
  }

  @Test
  void a_swap_meant_for_another_venue_is_not_carried_out() {
    var elsewhere = new Intent.Swap(TEN, new Amount(ETHER, BigInteger.ONE), "aerodrome");
    assertThatThrownBy(
            () -> venue(_ -> reply(quoted(1))).calls(elsewhere, SwapRouter.BASE.contract()))
        .hasMessageContaining("aerodrome");
  }

  @Test
  void a_node_that_refuses_or_talks_nonsense_is_told_apart_from_a_missing_pool() {
    assertCategory(error(-32005, "rate limited"), SupercargoException.Category.EXTERNAL);
    assertCategory("<html>gateway</html>", SupercargoException.Category.TRANSIENT);
    assertCategory("", SupercargoException.Category.TRANSIENT);
    assertCategory("{\"result\":\"0x123\"}", SupercargoException.Category.TRANSIENT);
    assertCategory("{\"result\":\"0x12\"}", SupercargoException.Category.EXTERNAL);
  }

  private static void assertCategory(String body, SupercargoException.Category category) {
    assertThatThrownBy(() -> plugin(body).quote(TEN, ETHER, null))
        .as(body)
        .isInstanceOfSatisfying(
            SupercargoException.class,
            thrown -> assertThat(thrown.category()).as(body).isEqualTo(category));
  }

  private static UniswapPlugin plugin(String body) {
    return new UniswapPlugin(List.of(venue(_ -> reply(body))));
  }

  private static UniswapV3 venue(Http node) {
    return new UniswapV3(URI.create("http://127.0.0.1:1"), node, UniswapSettings.BASE);
  }

  private static String quoted(long bought) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x%064x%s\"}"
        .formatted(bought, "0".repeat(192));
  }

  private static String error(int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
        .formatted(code, message);
  }

  private static HttpReply reply(String body) {
    return new HttpReply(200, Map.of(), Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
  }
}
