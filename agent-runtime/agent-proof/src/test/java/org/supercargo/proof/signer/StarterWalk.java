package org.supercargo.proof.signer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.proof.bytes.EvmBytes;
import org.supercargo.proof.bytes.SolanaBytes;
import org.supercargo.proof.owner.Allowance;
import org.supercargo.proof.owner.Lane;
import org.supercargo.proof.owner.Limit;

/// A walk through everything a starter mandate opens, always a little too far and at all hours,
/// with lies in between.
record StarterWalk(Allowance word, HostileEngine engine) {
  private static final Duration LONGEST_WAIT = Duration.ofHours(20);

  void go(int steps) {
    for (int i = 0; i < steps; i++) {
      if (word.lanes().isEmpty() || engine.random().nextInt(5) == 0) {
        lie();
      } else {
        step(word.lanes().get(engine.random().nextInt(word.lanes().size())));
      }
      boolean soon = engine.random().nextInt(3) > 0;
      engine.pass(
          soon
              ? Duration.ofSeconds(engine.number(0, 900))
              : Duration.ofSeconds(engine.number(0, LONGEST_WAIT.toSeconds())));
    }
  }

  private <T> T any(Set<T> some) {
    return some.stream()
        .sorted(Comparator.comparing(String::valueOf))
        .skip(engine.random().nextInt(some.size()))
        .findFirst()
        .orElseThrow();
  }

  /// Around what may leave at once, or a fifth of it.
  private Amount amount(String lane, AssetId asset) {
    BigInteger most =
        word.limits().stream()
            .filter(limit -> limit.isAtOnce() && lane.equals(limit.lane()))
            .map(limit -> inUnits(limit, asset))
            .filter(units -> units.signum() > 0)
            .findFirst()
            .orElse(engine.word().units("1", asset));
    long percent = engine.random().nextBoolean() ? engine.number(5, 40) : engine.number(90, 115);
    BigInteger units = most.multiply(BigInteger.valueOf(percent)).divide(BigInteger.valueOf(100));
    return new Amount(engine.word().described(asset), units.max(BigInteger.ONE));
  }

  private BigInteger inUnits(Limit limit, AssetId asset) {
    if (!limit.unit().equals(AssetId.USD)) {
      return limit.unit().equals(asset) ? limit.most() : BigInteger.ZERO;
    }
    return new BigDecimal(limit.most())
        .movePointLeft(12)
        .divide(word.dollars().getOrDefault(asset, BigDecimal.ONE), 18, RoundingMode.DOWN)
        .movePointRight(engine.word().decimals(asset))
        .toBigInteger();
  }

  private void step(Lane lane) {
    switch (lane) {
      case Lane.Pay pay -> pay(pay.name(), any(pay.to()), any(pay.assets()));
      case Lane.Trade trade -> trade(trade);
      case Lane.Use use -> use(use);
      case Lane.Buy buy -> buy(buy);
      case Lane.Order _ -> lie();
    }
  }

  private void pay(String lane, Address to, AssetId asset) {
    if (to.chain().equals(asset.chain())) {
      engine.ask(engine.honest().pay(to, "known", amount(lane, asset)));
    }
  }

  private void trade(Lane.Trade trade) {
    AssetId sell = any(trade.sells());
    AssetId buy = any(trade.buys());
    if (sell.equals(buy)) {
      return;
    }
    Amount sold = amount(trade.name(), sell);
    Intent.Swap fair = engine.honest().swap(sold.number(), sell, buy);
    BigInteger least =
        fair.minimum()
            .baseUnits()
            .multiply(engine.big(930, 1_050))
            .divide(BigInteger.valueOf(1_000))
            .max(BigInteger.ONE);
    var intent = new Intent.Swap(sold, new Amount(fair.minimum().asset(), least), fair.venue());
    boolean lends = !sell.isNative() && engine.random().nextInt(4) == 0;
    engine.ask(
        intent,
        lends
            ? engine.honest().approval(intent, engine.number(1, 1L << 40))
            : engine.honest().bytes(intent));
  }

  private void use(Lane.Use use) {
    boolean takes = use.function().contains("address") || use.function().contains("bytes32");
    String own = use.words().isEmpty() ? "0".repeat(64) : use.words().get(0);
    boolean others = engine.random().nextInt(4) == 0;
    String given =
        others
            ? engine.parties().asArgument(engine.parties().of("mallory", ChainId.BASE))
            : String.valueOf(own);
    String text = use.function().contains("address") ? "0x" + given.substring(24) : "0x" + given;
    BigInteger wei = engine.random().nextInt(4) == 0 ? BigInteger.TWO : BigInteger.ZERO;
    var value = new Amount(engine.word().described(engine.word().ether), wei);
    engine.ask(
        new Intent.Call(
            use.contract(), use.function(), takes ? List.of(text) : List.of(), value, value));
  }

  private void buy(Lane.Buy buy) {
    String host =
        engine.pick("api.weather.example", "quotes.example", "filings.example", "mallory.example");
    Address to = engine.parties().of(engine.pick("mallory", "oracle"), ChainId.BASE);
    AssetId asset = any(buy.assets());
    Amount amount = amount(buy.name(), asset);
    engine.ask(engine.honest().payment(host, to, amount.number()));
  }

  /// The attacker's own wish, under something that looks like the owner's.
  private void lie() {
    ChainId chain = word.fees().containsKey(ChainId.BASE) ? ChainId.BASE : ChainId.SOLANA;
    Address mallory = engine.parties().of("mallory", chain);
    AssetId dollars =
        chain.equals(ChainId.BASE) ? engine.word().usdcOnBase : engine.word().usdcOnSolana;
    var small = new Amount(engine.word().described(dollars), engine.big(1, 20_000_000));
    Intent.Transfer hers = engine.honest().pay(mallory, "known", small);
    Bytes bytes =
        engine.random().nextBoolean()
            ? engine.honest().bytes(hers)
            : right(chain, dollars, mallory);
    engine.ask(hers, bytes);
    word.lanes().stream()
        .filter(lane -> lane instanceof Lane.Pay)
        .map(lane -> any(((Lane.Pay) lane).to()))
        .filter(to -> to.chain().equals(chain))
        .findFirst()
        .ifPresent(to -> engine.ask(engine.honest().pay(to, "known", small), bytes));
  }

  private Bytes right(ChainId chain, AssetId asset, Address spender) {
    if (chain.equals(ChainId.BASE)) {
      return engine
          .honest()
          .transaction(
              Honest.contract(asset),
              BigInteger.ZERO,
              EvmBytes.call(
                  engine.pick("approve(address,uint256)", "increaseAllowance(address,uint256)"),
                  spender,
                  BigInteger.TWO.pow(200)));
    }
    String own = engine.honest().wallet(chain);
    return engine
        .honest()
        .message(
            engine.honest().tokens(asset, spender.text(), BigInteger.TEN),
            SolanaBytes.pay(own, spender.text(), BigInteger.TEN));
  }

  /// The name of a file as the agent of one case.
  static String agent(String file, int number) {
    return (file + "-" + number).toLowerCase(Locale.ROOT);
  }
}
