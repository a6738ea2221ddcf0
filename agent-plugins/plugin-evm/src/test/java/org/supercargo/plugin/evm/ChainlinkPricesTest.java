package org.supercargo.plugin.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.mandate.Price;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;

/// Feeds with the interface and at the addresses of Chainlink's, on the local Base.
final class ChainlinkPricesTest {
  private static final AssetId ETHER = AssetId.nativeOf(ChainId.BASE);
  private static final Address WETH =
      new Address(ChainId.BASE, "0x4200000000000000000000000000000000000006");
  private static final Address USDC =
      new Address(ChainId.BASE, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
  private static final Address USDC_ON_SOLANA =
      new Address(ChainId.SOLANA, "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");
  private static final ChainlinkPrices.Feeds FEEDS = BaseFeeds.all(USDC, WETH, USDC_ON_SOLANA);
  private static final String ANYBODY = "0x00000000000000000000000000000000000a11ce";

  private static LocalBase base;

  @BeforeAll
  static void start() {
    base = new LocalBase();
    base.rpc("anvil_impersonateAccount", "[\"" + ANYBODY + "\"]");
    base.rpc("anvil_setBalance", "[\"" + ANYBODY + "\", \"0xde0b6b3a7640000\"]");
  }

  @AfterAll
  static void stop() {
    base.close();
  }

  private static Optional<Price> price(AssetId asset, Instant now) {
    return prices(FEEDS, now).price(asset);
  }

  private static ChainlinkPrices prices(ChainlinkPrices.Feeds feeds, Instant now) {
    return new ChainlinkPrices(
        base.rpcAddress(), base.http(), LocalBase.SETTINGS, feeds, InstantSource.fixed(now));
  }

  private static EvmAddress etherFeed() {
    return Objects.requireNonNull(FEEDS.byAsset().get(ETHER)).contract();
  }

  private static void tell(EvmAddress feed, String function, long... numbers) {
    var values = new AbiValue[numbers.length];
    for (int index = 0; index < numbers.length; index++) {
      values[index] = AbiValue.of(BigInteger.valueOf(numbers[index]));
    }
    base.rpc(
        "eth_sendTransaction",
        "[{\"from\":\"%s\",\"to\":\"%s\",\"data\":\"0x%s\"}]"
            .formatted(ANYBODY, feed.text(), AbiFunction.of(function).encode(values).hex()));
    base.mine(1);
  }

  @Test
  void within_its_heartbeat_a_feed_vouches_for_its_price_until_now() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Price ether = price(ETHER, now).orElseThrow();
    assertThat(ether.usdPerUnit()).isEqualByComparingTo("3000");
    assertThat(ether.at()).isEqualTo(now);
    assertThat(ether.source()).isEqualTo("chainlink");
    assertThat(price(AssetId.token(WETH), now)).map(Price::usdPerUnit).hasValue(ether.usdPerUnit());
    assertThat(price(AssetId.token(USDC_ON_SOLANA), now).orElseThrow().usdPerUnit())
        .isEqualByComparingTo("1");
  }

  @Test
  void an_asset_without_a_feed_has_no_price() {
    var other = AssetId.token(new Address(ChainId.BASE, ANYBODY));
    assertThat(price(other, Instant.now())).isEmpty();
  }

  @Test
  void after_its_heartbeat_a_price_is_as_old_as_its_last_round() {
    EvmAddress feed = etherFeed();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant written = now.minus(Duration.ofMinutes(21));
    tell(feed, "freeze(uint256)", written.getEpochSecond());
    try {
      assertThat(price(ETHER, now).orElseThrow().at()).isEqualTo(written);
    } finally {
      tell(feed, "freeze(uint256)", 0);
    }
  }

  @Test
  void while_the_sequencer_is_down_and_an_hour_after_nothing_is_vouched_for() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    EvmAddress feed = etherFeed();
    Instant written = now.minus(Duration.ofMinutes(5));
    tell(feed, "freeze(uint256)", written.getEpochSecond());
    try {
      tell(FEEDS.sequencer(), "set(int256,uint256)", 1, written.getEpochSecond());
      assertThat(price(ETHER, now).orElseThrow().at()).as("down").isEqualTo(written);
      tell(FEEDS.sequencer(), "set(int256,uint256)", 0, now.minusSeconds(3_599).getEpochSecond());
      assertThat(price(ETHER, now).orElseThrow().at()).as("just up").isEqualTo(written);
      tell(FEEDS.sequencer(), "set(int256,uint256)", 0, now.minusSeconds(3_600).getEpochSecond());
      assertThat(price(ETHER, now).orElseThrow().at()).as("up for an hour").isEqualTo(now);
    } finally {
      tell(feed, "freeze(uint256)", 0);
    }
  }

  @Test
  void a_price_of_zero_and_one_from_the_future_are_refused() {
    EvmAddress feed = etherFeed();
    tell(feed, "setAnswer(int256)", 0);
    try {
      assertThatThrownBy(() -> price(ETHER, Instant.now()))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("nonsense");
    } finally {
      tell(feed, "setAnswer(int256)", 300_000_000_000L);
    }
    assertThatThrownBy(() -> price(ETHER, Instant.now().minus(Duration.ofHours(2))))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("nonsense");
  }

  @Test
  void a_contract_that_is_no_feed_is_named() {
    var nowhere =
        new ChainlinkPrices.Feeds(
            FEEDS.sequencer(),
            Map.of(
                ETHER,
                new ChainlinkPrices.Feed(EvmAddress.parse(ANYBODY), Duration.ofMinutes(20))));
    assertThatThrownBy(() -> prices(nowhere, Instant.now()).price(ETHER))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("There is no price feed at 0x");
  }
}
