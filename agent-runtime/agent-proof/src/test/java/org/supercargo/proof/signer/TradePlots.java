package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.HOMOGRAPH_HOST;
import static org.supercargo.proof.Shape.HOSTILE_HOST;
import static org.supercargo.proof.Shape.MINIMUM_ZERO;
import static org.supercargo.proof.Shape.MISSING_QUOTE;
import static org.supercargo.proof.Shape.OTHER_ROUTER;
import static org.supercargo.proof.Shape.OWN_POOL;
import static org.supercargo.proof.Shape.PARTIAL_SWAP;
import static org.supercargo.proof.Shape.PAY_TO_SWAPPED;
import static org.supercargo.proof.Shape.STALE_QUOTE;
import static org.supercargo.proof.Shape.SUB_DOMAIN;
import static org.supercargo.proof.Shape.SWAP_RECIPIENT;
import static org.supercargo.proof.Shape.WORTHLESS_TOKEN;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.mandate.Price;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.proof.owner.OwnerWord;

/// Exchanges that give away, and hosts that are not the owner's.
final class TradePlots {
  private TradePlots() {}

  static List<Plot> all() {
    return List.of(
        Plot.of(OWN_POOL, Role.TRADER, TradePlots::ownPool),
        Plot.of(MINIMUM_ZERO, Role.TRADER, TradePlots::zero),
        Plot.of(SWAP_RECIPIENT, Role.TRADER, TradePlots::recipient),
        Plot.of(OTHER_ROUTER, Role.TRADER, TradePlots::router),
        Plot.of(WORTHLESS_TOKEN, Role.TRADER, TradePlots::worthless),
        Plot.of(PARTIAL_SWAP, Role.TRADER, TradePlots::partial),
        Plot.of(STALE_QUOTE, Role.TRADER, TradePlots::stale),
        Plot.of(MISSING_QUOTE, Role.TRADER, TradePlots::missing),
        Plot.of(HOSTILE_HOST, Role.SHOPPER, engine -> host(engine, hostile(engine))),
        Plot.of(HOMOGRAPH_HOST, Role.SHOPPER, engine -> host(engine, homograph(engine))),
        Plot.of(SUB_DOMAIN, Role.SHOPPER, engine -> host(engine, beside(engine))),
        Plot.of(PAY_TO_SWAPPED, Role.SHOPPER, TradePlots::payTo));
  }

  private static AssetId bought(HostileEngine engine) {
    return engine.pick(engine.word().ether, engine.word().wrapped);
  }

  private static Address own(HostileEngine engine) {
    return engine.parties().wallet(ChainId.BASE);
  }

  private static Address mallory(HostileEngine engine) {
    return engine.parties().of(engine.pick("mallory", "pool"), ChainId.BASE);
  }

  private static Bytes swap(HostileEngine engine, byte[] data) {
    return engine
        .honest()
        .transaction(engine.parties().of("router", ChainId.BASE), BigInteger.ZERO, data);
  }

  private static Intent.Swap lower(Intent.Swap swap, BigInteger least) {
    return new Intent.Swap(swap.sell(), new Amount(swap.minimum().asset(), least), swap.venue());
  }

  /// A lower minimum in the intent, in the bytes, and in both.
  private static void ownPool(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap fair =
        engine.random().nextBoolean()
            ? engine.honest().swap("9", word.usdcOnBase, bought(engine))
            : engine.honest().swap("0.009", bought(engine), word.usdcOnBase);
    BigInteger least =
        fair.minimum()
            .baseUnits()
            .multiply(engine.big(1, 980))
            .divide(BigInteger.valueOf(1_000))
            .max(BigInteger.ONE);
    Intent.Swap poor = lower(fair, least);
    engine.ask(fair, engine.honest().bytes(poor));
    engine.ask(poor);
  }

  private static void zero(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap fair = engine.honest().swap("9", word.usdcOnBase, word.wrapped);
    engine.ask(
        fair,
        swap(
            engine,
            engine
                .honest()
                .exact(
                    word.usdcOnBase,
                    word.wrapped,
                    own(engine),
                    fair.sell().baseUnits(),
                    BigInteger.ZERO,
                    BigInteger.ZERO)));
    engine.ask(lower(fair, BigInteger.ONE));
    try {
      engine.ask(lower(fair, BigInteger.ZERO));
    } catch (SupercargoException e) {
      // Such an intent cannot be written down.
    }
  }

  private static void recipient(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap fair = engine.honest().swap("9", word.usdcOnBase, word.wrapped);
    Object to =
        engine.pick(
            mallory(engine),
            BigInteger.TWO,
            BigInteger.ZERO,
            FigurePlots.lookalike(engine, own(engine)));
    engine.ask(
        fair,
        swap(
            engine,
            engine
                .honest()
                .exact(
                    word.usdcOnBase,
                    word.wrapped,
                    to,
                    fair.sell().baseUnits(),
                    fair.minimum().baseUnits(),
                    BigInteger.ZERO)));
  }

  private static void router(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap fair = engine.honest().swap("9", word.usdcOnBase, word.wrapped);
    Address elsewhere =
        engine.pick(
            mallory(engine),
            FigurePlots.lookalike(engine, engine.parties().of("router", ChainId.BASE)));
    engine.ask(
        new Intent.Swap(fair.sell(), fair.minimum(), engine.pick("uniswap-v3", "pool")),
        engine
            .honest()
            .transaction(
                elsewhere,
                BigInteger.ZERO,
                engine
                    .honest()
                    .exact(
                        word.usdcOnBase,
                        word.wrapped,
                        own(engine),
                        fair.sell().baseUnits(),
                        fair.minimum().baseUnits(),
                        BigInteger.ZERO)));
  }

  private static void worthless(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap fair = engine.honest().swap("9", word.usdcOnBase, word.wrapped);
    AssetId other = engine.pick(word.eurc, word.kelp, AssetId.token(mallory(engine)));
    byte[] data =
        engine
            .honest()
            .exact(
                word.usdcOnBase,
                other,
                own(engine),
                fair.sell().baseUnits(),
                BigInteger.TEN.pow(24),
                BigInteger.ZERO);
    engine.ask(fair, swap(engine, data));
    engine.ask(
        new Intent.Swap(
            fair.sell(),
            new Amount(new Asset(other, "WETH", 18), BigInteger.TEN.pow(24)),
            fair.venue()),
        swap(engine, data));
  }

  private static void partial(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap fair = engine.honest().swap("9", word.usdcOnBase, word.wrapped);
    engine.ask(
        fair,
        swap(
            engine,
            engine
                .honest()
                .exact(
                    word.usdcOnBase,
                    word.wrapped,
                    own(engine),
                    engine.pick(fair.sell().baseUnits(), BigInteger.ZERO),
                    fair.minimum().baseUnits(),
                    engine.big(1, 1L << 62))));
  }

  private static Evidence quoting(
      HostileEngine engine, Intent intent, AssetId asset, String dollars, Duration age) {
    Evidence honest = engine.honest().evidence(intent);
    List<Price> prices =
        honest.prices().stream()
            .map(price ->
                price.asset().equals(asset)
                    ? new Price(
                        asset,
                        new BigDecimal(dollars),
                        engine.clock().instant().minus(age),
                        "market")
                    : price)
            .toList();
    return new Evidence(
        honest.simulation(), honest.balance(), prices, honest.origins(), List.of(), List.of());
  }

  /// What is received was once worth little: an old price, and one from tomorrow.
  private static void stale(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap kelp = engine.honest().swap("100", word.kelp, word.usdcOnBase);
    Duration age =
        engine.random().nextBoolean()
            ? Duration.ofSeconds(engine.number(301, 1_000_000))
            : Duration.ofSeconds(-engine.number(301, 1_000_000));
    Intent.Swap poor = lower(kelp, BigInteger.valueOf(engine.number(1, 1_000_000)));
    engine.ask(
        engine
            .of(poor, engine.honest().bytes(poor))
            .with(quoting(engine, poor, word.kelp, "0.001", age)));
    Intent.Swap back = engine.honest().swap("0.009", word.ether, word.usdcOnBase);
    Intent.Swap less = lower(back, back.minimum().baseUnits().divide(BigInteger.TEN));
    engine.ask(
        engine
            .of(less, engine.honest().bytes(less))
            .with(quoting(engine, less, word.ether, "300", age)));
  }

  private static void missing(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap kelp = engine.honest().swap("1000", word.kelp, word.usdcOnBase);
    Evidence honest = engine.honest().evidence(kelp);
    var silent =
        new Evidence(
            honest.simulation(),
            honest.balance(),
            List.of(),
            honest.origins(),
            List.of(),
            List.of());
    engine.ask(engine.of(kelp, engine.honest().bytes(kelp)).with(silent));
    Intent.Swap back =
        lower(engine.honest().swap("0.009", word.wrapped, word.usdcOnBase), BigInteger.ONE);
    engine.ask(engine.of(back, engine.honest().bytes(back)).with(silent));
  }

  /// A fresh price by which nearly everything is worth nearly nothing.
  private static String hostile(HostileEngine engine) {
    return engine.pick("pay.mallory.example", "localhost", "169.254.169.254", "example.com");
  }

  /// Digits for letters, letters of other alphabets in their ASCII form, and a letter too many.
  private static String homograph(HostileEngine engine) {
    return engine.pick(
        "api.examp1e.com",
        "xn--pi-6kc.example.com",
        "api.xn--exmple-cua.com",
        "apl.example.com",
        "api.exarnple.com",
        "data.example.0rg");
  }

  private static String beside(HostileEngine engine) {
    return engine.pick(
        "evil.api.example.com",
        "example.com",
        "api.example.com.mallory.example",
        "api-example.com",
        "apixexample.com",
        "www.data.example.org",
        "com");
  }

  private static void host(HostileEngine engine, String host) {
    Address to =
        engine.parties().of(engine.pick("mallory", "mallory", "pool", "dora"), ChainId.BASE);
    engine.ask(engine.honest().payment(host, to, "0.4"));
    // The known host's account at a host that is not known wins nothing for the attacker here.
    engine.ask(
        engine.honest().payment(host, engine.parties().of("mallory", ChainId.BASE), "0.000001"));
  }

  private static void payTo(HostileEngine engine) {
    Address known = engine.parties().of("oracle", ChainId.BASE);
    Address to =
        engine.random().nextBoolean() ? mallory(engine) : FigurePlots.lookalike(engine, known);
    Intent.Payment hers = engine.honest().payment("api.example.com", to, "0.4");
    engine.ask(hers);
    Intent.Payment his = engine.honest().payment("api.example.com", known, "0.4");
    engine.ask(his, engine.honest().bytes(hers));
  }
}
