package org.supercargo.plugin.evm;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.PriceSource;
import org.supercargo.api.http.Http;
import org.supercargo.api.mandate.Price;
import org.supercargo.evm.AbiArguments;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiParameters;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.MalformedBytesException;

/// Prices from Chainlink's data feeds on an EVM chain.
///
/// A feed is written when the price has moved by its deviation threshold, and at the latest after
/// its heartbeat. So within the heartbeat it vouches for its last answer until now; after it, only
/// until it was written. While the sequencer of a layer 2 is down, and for an hour after, feeds
/// vouch for nothing. Sources: [data feeds](https://docs.chain.link/data-feeds), [sequencer uptime
/// feeds](https://docs.chain.link/data-feeds/l2-sequencer-feeds).
public final class ChainlinkPrices implements PriceSource {
  private static final String NAME = "chainlink";
  private static final AbiFunction LATEST = AbiFunction.of("latestRoundData()");
  private static final AbiParameters ROUND =
      AbiParameters.of("(uint80,int256,uint256,uint256,uint80)");
  private static final Duration GRACE = Duration.ofHours(1);
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);
  private static final int DECIMALS = 8;

  private final EvmNode node;
  private final Feeds feeds;
  private final InstantSource clock;

  /// One price in dollars.
  ///
  /// @param heartbeat after which it is written again at the latest
  public record Feed(EvmAddress contract, Duration heartbeat) {}

  /// The feeds of a chain.
  ///
  /// @param sequencer the chain's sequencer uptime feed
  public record Feeds(EvmAddress sequencer, Map<AssetId, Feed> byAsset) {
    public Feeds {
      byAsset = Map.copyOf(byAsset);
    }
  }

  public ChainlinkPrices(
      URI rpc, Http http, EvmSettings settings, Feeds feeds, InstantSource clock) {
    this.node = new EvmNode(rpc, http, settings);
    this.feeds = feeds;
    this.clock = clock;
  }

  /// What a round of a feed says.
  private record Round(BigInteger answer, Instant startedAt, Instant updatedAt) {}

  @Override
  public Optional<Price> price(AssetId asset) {
    Feed feed = feeds.byAsset().get(asset);
    if (feed == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Round round = round(feed.contract());
    if (round.answer().signum() <= 0 || round.updatedAt().isAfter(now.plus(CLOCK_SKEW))) {
      throw SupercargoException.external(
          "The price feed " + feed.contract() + " answers nonsense",
          "Check the endpoint and the feed's address.",
          null);
    }
    boolean vouched = isSequencerUp(now) && !round.updatedAt().plus(feed.heartbeat()).isBefore(now);
    return Optional.of(
        new Price(
            asset,
            new BigDecimal(round.answer(), DECIMALS),
            vouched ? now : round.updatedAt(),
            NAME));
  }

  private boolean isSequencerUp(Instant now) {
    Round uptime = round(feeds.sequencer());
    return uptime.answer().signum() == 0 && !now.isBefore(uptime.startedAt().plus(GRACE));
  }

  private Round round(EvmAddress contract) {
    var call = new EvmNode.Call(contract, contract, BigInteger.ZERO, LATEST.encode());
    return switch (node.call(call, EvmNode.LATEST)) {
      case CallOutcome.Returned<Bytes>(Bytes data) -> decoded(contract, data);
      case CallOutcome.Reverted<Bytes> _ -> throw noFeed(contract);
    };
  }

  private static Round decoded(EvmAddress contract, Bytes data) {
    try {
      AbiArguments round = ROUND.decode(data);
      return new Round(round.number(1), time(round.number(2)), time(round.number(3)));
    } catch (MalformedBytesException | ArithmeticException _) {
      throw noFeed(contract);
    }
  }

  private static Instant time(BigInteger seconds) {
    long exact = seconds.longValueExact();
    if (exact > Instant.MAX.getEpochSecond()) {
      throw new ArithmeticException("no time");
    }
    return Instant.ofEpochSecond(exact);
  }

  private static SupercargoException noFeed(EvmAddress contract) {
    return SupercargoException.external(
        "There is no price feed at " + contract,
        "Check the endpoint and the feed's address.",
        null);
  }
}
