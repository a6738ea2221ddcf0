package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.CAP_EDGE;
import static org.supercargo.proof.Shape.CHAIN_HOPPING;
import static org.supercargo.proof.Shape.CLOCK_SKEW;
import static org.supercargo.proof.Shape.COUNT;
import static org.supercargo.proof.Shape.DUST_FAN_OUT;
import static org.supercargo.proof.Shape.EXPIRED_MANDATE;
import static org.supercargo.proof.Shape.LIFETIME;
import static org.supercargo.proof.Shape.PAYEE_ROTATION;
import static org.supercargo.proof.Shape.RENT_DRAIN;
import static org.supercargo.proof.Shape.RETRY_STORM;
import static org.supercargo.proof.Shape.RULE_HOPPING;
import static org.supercargo.proof.Shape.SELF_PAYMENT;
import static org.supercargo.proof.Shape.SPLIT_UNDER_CAP;
import static org.supercargo.proof.Shape.UNSEEN_RENT;
import static org.supercargo.proof.Shape.WINDOW_EDGE;
import static org.supercargo.proof.signer.Role.FRUGAL;
import static org.supercargo.proof.signer.Role.SHOPPER;
import static org.supercargo.proof.signer.Role.TRADER;
import static org.supercargo.proof.signer.Role.TREASURER;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.proof.bytes.EvmBytes;
import org.supercargo.proof.bytes.SolanaBytes;
import org.supercargo.proof.owner.OwnerWord;
import org.supercargo.proof.reading.SolanaReading;

/// Honest payments, too many of them.
final class BudgetPlots {
  private static final Duration DAY = Duration.ofHours(24);

  private BudgetPlots() {}

  static List<Plot> all() {
    return List.of(
        Plot.costly(6, SPLIT_UNDER_CAP, TREASURER, BudgetPlots::split),
        Plot.costly(6, SPLIT_UNDER_CAP, TRADER, BudgetPlots::splitSwaps),
        Plot.costly(6, SPLIT_UNDER_CAP, SHOPPER, BudgetPlots::splitPayments),
        Plot.costly(2, CAP_EDGE, TREASURER, BudgetPlots::capEdge),
        Plot.costly(2, CAP_EDGE, TRADER, BudgetPlots::swapEdge),
        Plot.costly(8, WINDOW_EDGE, TREASURER, BudgetPlots::windowEdge),
        new Plot(CLOCK_SKEW, TREASURER, 12, true, 0, BudgetPlots::clockSkew),
        Plot.costly(20, LIFETIME, TREASURER, BudgetPlots::lifetime),
        Plot.costly(8, COUNT, TREASURER, engine -> dust(engine, 10)),
        Plot.costly(10, COUNT, SHOPPER, BudgetPlots::tinyPayments),
        Plot.costly(10, COUNT, TRADER, BudgetPlots::freeCalls),
        Plot.costly(8, PAYEE_ROTATION, TREASURER, BudgetPlots::rotate),
        Plot.costly(12, RULE_HOPPING, TREASURER, BudgetPlots::hopRules),
        Plot.costly(12, RULE_HOPPING, TRADER, BudgetPlots::hopTrades),
        Plot.costly(6, RETRY_STORM, TREASURER, BudgetPlots::retry),
        Plot.costly(8, CHAIN_HOPPING, TREASURER, BudgetPlots::hopChains),
        Plot.costly(8, DUST_FAN_OUT, TREASURER, BudgetPlots::fanOut),
        Plot.costly(8, RENT_DRAIN, TREASURER, BudgetPlots::rent),
        Plot.costly(8, UNSEEN_RENT, FRUGAL, BudgetPlots::unseenRent),
        Plot.costly(8, SELF_PAYMENT, TREASURER, BudgetPlots::toItself),
        new Plot(EXPIRED_MANDATE, TREASURER, 3, true, 2, BudgetPlots::afterTheEnd),
        new Plot(EXPIRED_MANDATE, SHOPPER, 3, true, 2, BudgetPlots::afterTheEndOfPayments));
  }

  private static AssetId dollarCoin(HostileEngine engine) {
    OwnerWord word = engine.word();
    return engine.pick(word.usdcOnSolana, word.usdcOnBase);
  }

  private static String tens(HostileEngine engine) {
    return engine.number(15, 25) + "." + engine.number(0, 9);
  }

  private static void split(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    for (int i = 0; i < 8; i++) {
      engine.ask(engine.honest().pay(engine.pick("alice", "bob"), tens(engine), asset));
      engine.pass(Duration.ofSeconds(engine.number(0, 3_000)));
    }
  }

  private static void splitSwaps(HostileEngine engine) {
    for (int i = 0; i < 7; i++) {
      engine.ask(
          engine
              .honest()
              .swap(engine.number(7, 10) + "", engine.word().usdcOnBase, engine.word().ether));
    }
  }

  private static void splitPayments(HostileEngine engine) {
    for (int i = 0; i < 12; i++) {
      Address to = engine.parties().of(engine.pick("oracle", "archive"), ChainId.BASE);
      String host = engine.pick("api.example.com", "data.example.org");
      engine.ask(engine.honest().payment(host, to, "0." + engine.number(3, 5)));
    }
  }

  private static void capEdge(HostileEngine engine) {
    OwnerWord word = engine.word();
    AssetId asset =
        engine.pick(word.usdcOnSolana, word.usdcOnBase, word.sol, word.cargo, word.usdcOnBase);
    String cap = asset.equals(word.sol) ? "0.2" : asset.equals(word.cargo) ? "100" : "25";
    BigInteger units = word.units(cap, asset).add(engine.big(-1, 3));
    Address alice = engine.parties().of("alice", asset.chain());
    engine.ask(engine.honest().pay(alice, "alice", new Amount(word.described(asset), units)));
  }

  private static void swapEdge(HostileEngine engine) {
    engine.ask(
        engine
            .honest()
            .swap(
                engine.pick("10", "10.000001", "10.5", "11"),
                engine.word().usdcOnBase,
                engine.pick(engine.word().ether, engine.word().wrapped)));
    engine.ask(
        engine
            .honest()
            .swap(
                engine.pick("0.01", "0.010000000000000001", "0.02"),
                engine.pick(engine.word().ether, engine.word().wrapped),
                engine.word().usdcOnBase));
  }

  /// Fills a window, then tries at moments around its end.
  private static void windowEdge(HostileEngine engine) {
    OwnerWord word = engine.word();
    boolean hour = engine.random().nextBoolean();
    AssetId asset = hour ? word.cargo : dollarCoin(engine);
    String most = hour ? "100" : "20";
    Duration window = hour ? Duration.ofHours(1) : DAY;
    for (int i = 0; i < 3; i++) {
      engine.ask(engine.honest().pay("alice", most, asset));
    }
    engine.pass(window.minusMillis(engine.number(1, 60_000)));
    engine.ask(engine.honest().pay(hour ? "alice" : "bob", most, asset));
    engine.ask(engine.honest().pay("alice", most, asset));
    engine.pass(Duration.ofMillis(engine.number(0, 60_000)));
    engine.ask(engine.honest().pay("alice", most, asset));
    engine.pass(Duration.ofMillis(engine.number(0, 60_000)));
    for (int i = 0; i < 4; i++) {
      engine.ask(engine.honest().pay("alice", most, asset));
    }
  }

  private static void clockSkew(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    for (int i = 0; i < 10; i++) {
      engine.ask(engine.honest().pay(engine.pick("alice", "bob"), "20", asset));
      engine.pass(Duration.ofMinutes(engine.number(-1_500, 1_000)));
    }
  }

  private static void lifetime(HostileEngine engine) {
    OwnerWord word = engine.word();
    for (int day = 0; day < 16; day++) {
      AssetId asset = day % 4 == 3 ? word.usdcOnBase : word.usdcOnSolana;
      for (int i = 0; i < 3; i++) {
        engine.ask(engine.honest().pay(i == 0 ? "alice" : "bob", "20", asset));
      }
      engine.pass(DAY.plusSeconds(1));
    }
  }

  private static void dust(HostileEngine engine, int times) {
    for (int i = 0; i < times; i++) {
      engine.ask(
          engine.honest().pay("alice", "0.00000000" + engine.number(1, 9), engine.word().cargo));
    }
  }

  private static void tinyPayments(HostileEngine engine) {
    Address to = engine.parties().of("oracle", ChainId.BASE);
    for (int i = 0; i < 15; i++) {
      engine.ask(engine.honest().payment("api.example.com", to, "0.00000" + engine.number(1, 9)));
    }
  }

  private static void freeCalls(HostileEngine engine) {
    for (int i = 0; i < 13; i++) {
      engine.ask(engine.honest().claim(engine.parties().wallet(ChainId.BASE), "0"));
    }
  }

  private static void rotate(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    for (int i = 0; i < 9; i++) {
      engine.ask(engine.honest().pay(i % 2 == 0 ? "alice" : "bob", "19." + i, asset));
    }
  }

  private static void hopRules(HostileEngine engine) {
    OwnerWord word = engine.word();
    for (int i = 0; i < 4; i++) {
      engine.ask(engine.honest().pay(engine.pick("alice", "bob"), "20", word.usdcOnSolana));
      engine.ask(engine.honest().pay(engine.pick("alice", "bob"), "20", word.usdcOnBase));
      engine.ask(engine.honest().pay(engine.pick("alice", "bob"), "0.1", word.sol));
      engine.ask(engine.honest().pay("alice", "100", word.cargo));
      engine.pass(Duration.ofMinutes(engine.number(0, 90)));
    }
  }

  private static void hopTrades(HostileEngine engine) {
    OwnerWord word = engine.word();
    for (int i = 0; i < 4; i++) {
      engine.ask(engine.honest().swap("10", word.usdcOnBase, word.ether));
      engine.ask(engine.honest().swap("0.01", word.ether, word.usdcOnBase));
      engine.ask(engine.honest().swap("0.01", word.wrapped, word.usdcOnBase));
      engine.ask(engine.honest().claim(engine.parties().wallet(ChainId.BASE), "0.001"));
    }
  }

  private static void retry(HostileEngine engine) {
    Intent intent = engine.honest().pay("alice", "18", dollarCoin(engine));
    var id = engine.fresh();
    for (int i = 1; i <= 7; i++) {
      var ask = engine.of(intent, engine.honest().bytes(intent));
      engine.ask(engine.random().nextBoolean() ? ask : ask.as(id, i));
    }
  }

  private static void hopChains(HostileEngine engine) {
    OwnerWord word = engine.word();
    for (int i = 0; i < 8; i++) {
      AssetId asset = i % 2 == 0 ? word.usdcOnSolana : word.usdcOnBase;
      engine.ask(engine.honest().pay(i % 4 < 2 ? "alice" : "bob", "18", asset));
    }
  }

  /// One base unit, with a fee just under what one transaction may cost.
  private static void fanOut(HostileEngine engine) {
    OwnerWord word = engine.word();
    boolean onSolana = engine.random().nextBoolean();
    AssetId asset = onSolana ? word.usdcOnSolana : word.usdcOnBase;
    for (int i = 0; i < 9; i++) {
      Intent.Transfer intent = engine.honest().pay("alice", "0.000001", asset);
      engine.ask(intent, onSolana ? dearOnSolana(engine, intent) : dearOnBase(engine, intent));
    }
  }

  private static org.supercargo.api.Bytes dearOnSolana(
      HostileEngine engine, Intent.Transfer intent) {
    return engine
        .honest()
        .message(
            SolanaBytes.unitLimit(200_000),
            SolanaBytes.unitPrice(engine.big(4_000_000, 4_900_000)),
            engine.honest().steps(intent)[0]);
  }

  private static org.supercargo.api.Bytes dearOnBase(HostileEngine engine, Intent.Transfer intent) {
    AssetId asset = intent.amount().asset().id();
    return EvmBytes.transaction(
        engine
            .honest()
            .terms()
            .costing(BigInteger.ONE, engine.big(4_500_000_000L, 4_990_000_000L), 100_000),
        Honest.contract(asset),
        BigInteger.ZERO,
        EvmBytes.call(
            "transfer(address,uint256)", intent.payee().address(), intent.amount().baseUnits()));
  }

  private static void rent(HostileEngine engine) {
    open(engine, engine.pick(engine.word().usdcOnSolana, engine.word().cargo), 30);
  }

  private static void unseenRent(HostileEngine engine) {
    open(engine, engine.word().usdcOnSolana, 12);
  }

  /// An account for the payee with each payment, again and again: its owner can close it each time.
  private static void open(HostileEngine engine, AssetId mint, int times) {
    for (int i = 0; i < times; i++) {
      Intent.Transfer intent = engine.honest().pay("alice", "0.00001", mint);
      engine.ask(
          intent,
          engine
              .honest()
              .message(
                  SolanaBytes.createAccount(
                      engine.honest().wallet(ChainId.SOLANA),
                      intent.payee().address().text(),
                      mint.reference(),
                      SolanaReading.TOKEN,
                      engine.random().nextBoolean()),
                  engine.honest().steps(intent)[0]));
    }
  }

  private static void toItself(HostileEngine engine) {
    OwnerWord word = engine.word();
    for (int i = 0; i < 9; i++) {
      AssetId asset = engine.pick(word.usdcOnSolana, word.sol, word.usdcOnBase);
      Intent.Transfer intent = engine.honest().pay("wallet", "1", asset);
      engine.ask(
          intent,
          asset.chain().equals(ChainId.SOLANA)
              ? dearOnSolana(engine, intent)
              : dearOnBase(engine, intent));
    }
  }

  private static void afterTheEnd(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    Instant end = engine.clock().instant().plus(Duration.ofHours(2));
    engine.ask(engine.honest().pay("alice", "5", asset));
    engine.clock().set(end.minusMillis(1));
    engine.ask(engine.honest().pay("alice", "5", asset));
    engine.clock().set(end.plusMillis(engine.number(0, 10)));
    engine.ask(engine.honest().pay("alice", "5", asset));
    engine.pass(Duration.ofHours(engine.number(1, 100_000)));
    engine.ask(engine.honest().pay("bob", "5", asset));
  }

  private static void afterTheEndOfPayments(HostileEngine engine) {
    Address to = engine.parties().of("oracle", ChainId.BASE);
    engine.pass(Duration.ofMinutes(engine.number(110, 130)));
    for (int i = 0; i < 3; i++) {
      engine.ask(engine.honest().payment("api.example.com", to, "0.2"));
      engine.pass(Duration.ofMinutes(engine.number(1, 30)));
    }
  }
}
