package org.supercargo.proof.planner;

import static org.supercargo.api.asset.ChainId.BASE;
import static org.supercargo.api.asset.ChainId.SOLANA;
import static org.supercargo.proof.Shape.CAP_EDGE;
import static org.supercargo.proof.Shape.CHAIN_HOPPING;
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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.asset.ChainId;

/// Ordinary wishes, too many of them.
final class SpendingSchemes {
  private static final Duration DAY = Duration.ofHours(24);

  private SpendingSchemes() {}

  static List<Scheme> all() {
    return List.of(
        Scheme.costly(6, SPLIT_UNDER_CAP, TREASURER, SpendingSchemes::split),
        Scheme.costly(6, SPLIT_UNDER_CAP, TRADER, SpendingSchemes::splitSwaps),
        Scheme.costly(6, SPLIT_UNDER_CAP, SHOPPER, SpendingSchemes::splitPayments),
        Scheme.costly(2, CAP_EDGE, TREASURER, SpendingSchemes::edge),
        Scheme.costly(2, CAP_EDGE, TRADER, SpendingSchemes::edgeOfSwaps),
        Scheme.costly(8, WINDOW_EDGE, TREASURER, SpendingSchemes::windowEdge),
        Scheme.costly(20, LIFETIME, TREASURER, SpendingSchemes::lifetime),
        Scheme.costly(8, COUNT, TREASURER, SpendingSchemes::count),
        Scheme.costly(8, COUNT, SHOPPER, SpendingSchemes::countPayments),
        Scheme.costly(8, PAYEE_ROTATION, TREASURER, SpendingSchemes::rotate),
        Scheme.costly(10, RULE_HOPPING, TREASURER, SpendingSchemes::hopRules),
        Scheme.costly(10, RULE_HOPPING, TRADER, SpendingSchemes::hopTrades),
        Scheme.costly(4, RETRY_STORM, TREASURER, SpendingSchemes::retry),
        Scheme.costly(8, CHAIN_HOPPING, TREASURER, SpendingSchemes::hopChains),
        new Scheme(DUST_FAN_OUT, TREASURER, 8, true, 0, SpendingSchemes::dust),
        new Scheme(RENT_DRAIN, TREASURER, 8, true, 0, SpendingSchemes::rent),
        Scheme.of(UNSEEN_RENT, FRUGAL, SpendingSchemes::unseenRent),
        new Scheme(SELF_PAYMENT, TREASURER, 8, true, 0, SpendingSchemes::toItself),
        new Scheme(EXPIRED_MANDATE, TREASURER, 3, false, 2, SpendingSchemes::afterTheEnd));
  }

  private static ChainId chain(Voyage voyage) {
    return voyage.pick(SOLANA, BASE);
  }

  /// In one run and in several.
  private static void spread(Voyage voyage, List<ActionCall> calls) {
    if (voyage.random().nextBoolean()) {
      voyage.run(calls.toArray(ActionCall[]::new));
    } else {
      calls.forEach(voyage::run);
    }
  }

  private static void split(Voyage voyage) {
    ChainId chain = chain(voyage);
    var calls = new ArrayList<ActionCall>();
    for (int i = 0; i < 8; i++) {
      String amount = voyage.number(15, 24) + "." + i + "1 USDC";
      calls.add(voyage.send(voyage.pick("alice", "bob"), amount, chain));
    }
    spread(voyage, calls);
  }

  private static ActionCall swap(Voyage voyage, String sell, String minimum) {
    return voyage.ask("swap", "sell", sell, "minimum", minimum);
  }

  private static void splitSwaps(Voyage voyage) {
    var calls = new ArrayList<ActionCall>();
    for (int i = 0; i < 7; i++) {
      calls.add(swap(voyage, "9.6" + i + " USDC", "0.00315 ETH"));
    }
    spread(voyage, calls);
  }

  private static ActionCall buy(Voyage voyage, String amount) {
    return voyage.ask(
        "buy",
        "host",
        voyage.pick("api.example.com", "data.example.org"),
        "account",
        voyage.address(voyage.pick("oracle", "archive"), BASE),
        "amount",
        amount,
        "resource",
        "/data/" + voyage.random().nextInt(),
        "chain",
        "base");
  }

  private static void splitPayments(Voyage voyage) {
    var calls = new ArrayList<ActionCall>();
    for (int i = 0; i < 12; i++) {
      calls.add(buy(voyage, "0." + voyage.number(3, 5) + i + " USDC"));
    }
    spread(voyage, calls);
  }

  private static void edge(Voyage voyage) {
    voyage.run(
        voyage.send(
            "alice",
            voyage.pick("25 USDC", "25.000001 USDC", "25.5 USDC", "26 USDC"),
            chain(voyage)),
        voyage.send("bob", voyage.pick("0.2 SOL", "0.200000001 SOL", "1 SOL"), SOLANA),
        voyage.send("alice", voyage.pick("100 CARGO", "100.000000001 CARGO"), SOLANA));
  }

  private static void edgeOfSwaps(Voyage voyage) {
    voyage.run(
        swap(voyage, voyage.pick("10 USDC", "10.000001 USDC", "11 USDC"), "0.0033 ETH"),
        swap(voyage, voyage.pick("0.01 WETH", "0.010000000000000001 WETH"), "29.9 USDC"));
  }

  private static void windowEdge(Voyage voyage) {
    boolean hour = voyage.random().nextBoolean();
    String amount = hour ? "100 CARGO" : "20 USDC";
    Duration window = hour ? Duration.ofHours(1) : DAY;
    for (int i = 0; i < 3; i++) {
      voyage.run(voyage.send("alice", amount, SOLANA));
    }
    voyage.pass(window.minusMillis(voyage.number(1, 20_000)));
    voyage.run(voyage.send("alice", amount, SOLANA));
    voyage.pass(Duration.ofMillis(voyage.number(0, 20_000)));
    for (int i = 0; i < 4; i++) {
      voyage.run(voyage.send(hour || i % 2 == 0 ? "alice" : "bob", amount, SOLANA));
    }
  }

  private static void lifetime(Voyage voyage) {
    for (int day = 0; day < 16; day++) {
      ChainId chain = day % 4 == 3 ? BASE : SOLANA;
      voyage.run(
          voyage.send("alice", "20 USDC", chain),
          voyage.send("bob", "20 USDC", chain),
          voyage.send("bob", "19 USDC", chain));
      voyage.pass(DAY.plusSeconds(1));
    }
  }

  private static void count(Voyage voyage) {
    var calls = new ArrayList<ActionCall>();
    for (int i = 1; i <= 10; i++) {
      calls.add(voyage.send("alice", "0.00000000" + (i % 9 + 1) + " CARGO", SOLANA));
    }
    calls.forEach(voyage::run);
  }

  private static void countPayments(Voyage voyage) {
    for (int i = 0; i < 15; i++) {
      voyage.run(buy(voyage, "0.00000" + voyage.number(1, 9) + " USDC"));
    }
  }

  private static void rotate(Voyage voyage) {
    ChainId chain = chain(voyage);
    for (int i = 0; i < 9; i++) {
      voyage.run(voyage.send(i % 2 == 0 ? "alice" : "bob", "19." + i + " USDC", chain));
    }
  }

  private static void hopRules(Voyage voyage) {
    for (int i = 0; i < 4; i++) {
      voyage.run(
          voyage.send(voyage.pick("alice", "bob"), "20." + i + " USDC", SOLANA),
          voyage.send(voyage.pick("alice", "bob"), "20." + i + " USDC", BASE),
          voyage.send(voyage.pick("alice", "bob"), "0.1" + i + " SOL", SOLANA),
          voyage.send("alice", "9" + i + " CARGO", SOLANA));
      voyage.pass(Duration.ofMinutes(voyage.number(0, 90)));
    }
  }

  private static void hopTrades(Voyage voyage) {
    for (int i = 0; i < 4; i++) {
      voyage.run(
          swap(voyage, "9.6" + i + " USDC", "0.00315 ETH"),
          swap(voyage, "0.0096" + i + " ETH", "28.5 USDC"),
          swap(voyage, "0.0096" + i + " WETH", "28.5 USDC"));
    }
  }

  /// The same wish in one run and in the next ones, in other words each time.
  private static void retry(Voyage voyage) {
    ChainId chain = chain(voyage);
    for (int i = 0; i < 4; i++) {
      voyage.run(
          voyage.send("alice", "18 USDC", chain),
          voyage.send("Alice", "18.00 USDC", chain),
          voyage.send(" ALICE ", "18.0 usdc", chain),
          voyage.send(voyage.address("alice", chain), "18USDC", chain));
    }
  }

  private static void hopChains(Voyage voyage) {
    for (int i = 0; i < 8; i++) {
      voyage.run(voyage.send(i % 4 < 2 ? "alice" : "bob", "18 USDC", i % 2 == 0 ? SOLANA : BASE));
    }
  }

  private static void dust(Voyage voyage) {
    ChainId chain = chain(voyage);
    for (int i = 1; i <= 12; i++) {
      voyage.run(voyage.send("alice", "0.00000" + (i % 9 + 1) + " USDC", chain));
    }
  }

  /// The first payment of a token opens an account; the others only pay their fee.
  private static void rent(Voyage voyage) {
    for (int i = 0; i < 12; i++) {
      voyage.run(
          voyage.send(
              voyage.pick("alice", "bob"),
              "0.00000" + (i % 9 + 1) + voyage.pick(" USDC", " CARGO"),
              SOLANA));
    }
  }

  private static void unseenRent(Voyage voyage) {
    voyage.run(voyage.send("alice", "1." + voyage.number(0, 9) + " USDC", SOLANA));
  }

  private static void toItself(Voyage voyage) {
    ChainId chain = chain(voyage);
    for (int i = 0; i < 12; i++) {
      voyage.run(voyage.send(voyage.address("wallet", chain), "1." + i + " USDC", chain));
    }
  }

  private static void afterTheEnd(Voyage voyage) {
    voyage.pass(Duration.ofMinutes(voyage.number(90, 119)));
    voyage.run(voyage.send("alice", "5 USDC", SOLANA));
    voyage.pass(Duration.ofMinutes(voyage.number(29, 40)));
    voyage.run(voyage.send("alice", "5 USDC", BASE));
    voyage.pass(Duration.ofDays(voyage.number(1, 300)));
    voyage.run(voyage.send("bob", "5 USDC", SOLANA));
  }
}
