package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.FALSE_BOOKS;
import static org.supercargo.proof.Shape.FALSE_DEATH;
import static org.supercargo.proof.Shape.FALSE_EVIDENCE;
import static org.supercargo.proof.Shape.OLDER_FENCE;
import static org.supercargo.proof.Shape.REPLAYED_INTENT;
import static org.supercargo.proof.Shape.SECOND_MOVEMENT;
import static org.supercargo.proof.Shape.SHUFFLED_ATTEMPTS;
import static org.supercargo.proof.Shape.TWO_INTENTS;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.mandate.Field;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.proof.owner.OwnerWord;

/// Lies about what was signed before, by whom, and what became of it.
final class ProtocolPlots {
  private ProtocolPlots() {}

  static List<Plot> all() {
    return List.of(
        Plot.costly(3, REPLAYED_INTENT, Role.TREASURER, ProtocolPlots::replayed),
        Plot.costly(6, TWO_INTENTS, Role.TREASURER, ProtocolPlots::twoIntents),
        Plot.costly(4, SECOND_MOVEMENT, Role.TREASURER, ProtocolPlots::second),
        Plot.costly(6, SECOND_MOVEMENT, Role.TRADER, ProtocolPlots::afterApproval),
        Plot.costly(8, FALSE_DEATH, Role.TREASURER, ProtocolPlots::deaths),
        Plot.costly(8, FALSE_DEATH, Role.TRADER, ProtocolPlots::deathsOfSwaps),
        Plot.costly(8, FALSE_DEATH, Role.SHOPPER, ProtocolPlots::deathsOfPayments),
        Plot.costly(10, SHUFFLED_ATTEMPTS, Role.TREASURER, ProtocolPlots::shuffledPayments),
        Plot.costly(10, SHUFFLED_ATTEMPTS, Role.TRADER, ProtocolPlots::shuffledSwaps),
        Plot.costly(10, SHUFFLED_ATTEMPTS, Role.SHOPPER, ProtocolPlots::shuffledAuthorizations),
        Plot.costly(6, OLDER_FENCE, Role.TREASURER, ProtocolPlots::fences),
        Plot.costly(6, FALSE_BOOKS, Role.TREASURER, ProtocolPlots::books),
        Plot.costly(2, FALSE_EVIDENCE, Role.TREASURER, ProtocolPlots::evidence),
        Plot.costly(2, FALSE_EVIDENCE, Role.TRADER, ProtocolPlots::tradeEvidence));
  }

  private static AssetId dollarCoin(HostileEngine engine) {
    return engine.pick(engine.word().usdcOnSolana, engine.word().usdcOnBase);
  }

  /// Another payee, another amount, another attempt, under the same identity.
  private static void replayed(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    IntentId id = engine.fresh();
    Intent first = engine.honest().pay("alice", "1", asset);
    engine.ask(engine.of(first, engine.honest().bytes(first)).as(id, 1));
    for (String number : List.of("24", "20", "19")) {
      Intent other = engine.honest().pay(engine.pick("alice", "bob"), number, asset);
      engine.ask(engine.of(other, engine.honest().bytes(other)).as(id, (int) engine.number(1, 3)));
    }
    Intent stranger = engine.honest().pay("mallory", "1", asset);
    engine.ask(engine.of(first, engine.honest().bytes(stranger)).as(id, 1));
    engine.ask(engine.of(first, engine.honest().bytes(stranger)).as(id, 2));
  }

  /// Each transaction is shown twice, and the second time as someone else's.
  private static void twoIntents(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    for (int i = 0; i < 4; i++) {
      Intent intent = engine.honest().pay("alice", "18", asset);
      Bytes bytes = engine.honest().bytes(intent);
      engine.ask(intent, bytes);
      engine.ask(intent, bytes);
      engine.ask(engine.honest().pay("bob", "18", asset), bytes);
    }
  }

  private static void second(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    Intent intent = engine.honest().pay("alice", "20", asset);
    IntentId id = engine.fresh();
    for (int attempt = 1; attempt <= 4; attempt++) {
      engine.ask(engine.of(intent, engine.honest().bytes(intent)).as(id, attempt));
    }
  }

  private static Bytes approval(HostileEngine engine, Intent.Swap swap) {
    return engine.honest().approval(swap, engine.number(1, 1L << 40));
  }

  /// An approval first, as is right; then exchanges without end.
  private static void afterApproval(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap swap = engine.honest().swap("9", word.usdcOnBase, word.ether);
    IntentId id = engine.fresh();
    engine.ask(engine.of(swap, approval(engine, swap)).as(id, 1));
    for (int attempt = 2; attempt <= 6; attempt++) {
      engine.ask(
          engine
              .of(swap, engine.honest().bytes(swap))
              .as(engine.random().nextInt(3) == 0 ? engine.fresh() : id, attempt));
    }
  }

  private static Evidence died(HostileEngine engine, Intent intent, int attempts) {
    Evidence honest = engine.honest().evidence(intent);
    var deaths = new ArrayList<Evidence.Death>();
    for (int attempt = 1; attempt <= attempts; attempt++) {
      deaths.add(new Evidence.Death(attempt, "block 999999999 is final"));
    }
    return new Evidence(
        honest.simulation(),
        honest.balance(),
        honest.prices(),
        honest.origins(),
        honest.approvals(),
        deaths);
  }

  private static void buried(HostileEngine engine, Intent intent, int times) {
    IntentId id = engine.fresh();
    for (int attempt = 1; attempt <= times; attempt++) {
      engine.ask(
          engine
              .of(intent, engine.honest().bytes(intent))
              .as(id, attempt)
              .with(died(engine, intent, attempt - 1)));
    }
  }

  private static void deaths(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    buried(engine, engine.honest().pay("alice", "1" + engine.number(0, 9), asset), 6);
    buried(engine, engine.honest().pay("bob", "19", asset), 3);
  }

  private static void deathsOfSwaps(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap swap = engine.honest().swap("9", word.usdcOnBase, word.ether);
    IntentId id = engine.fresh();
    for (int attempt = 1; attempt <= 8; attempt++) {
      Bytes bytes =
          engine.random().nextInt(3) == 0 ? approval(engine, swap) : engine.honest().bytes(swap);
      engine.ask(engine.of(swap, bytes).as(id, attempt).with(died(engine, swap, attempt - 1)));
    }
  }

  private static void deathsOfPayments(HostileEngine engine) {
    Address to = engine.parties().of("oracle", ChainId.BASE);
    buried(engine, engine.honest().payment("api.example.com", to, "0.5"), 8);
  }

  /// Makes one of few intents, under one of few numbers, after some deaths that may be invented.
  private static void shuffled(
      HostileEngine engine, List<Intent> intents, BiFunction<Intent, Long, Bytes> bytes) {
    List<IntentId> ids = intents.stream().map(_ -> engine.fresh()).toList();
    for (int i = 0; i < 12; i++) {
      int which = engine.random().nextInt(intents.size());
      Intent intent = intents.get(which);
      engine.ask(
          engine
              .of(intent, bytes.apply(intent, engine.number(1, 4)))
              .as(ids.get(which), (int) engine.number(1, 6))
              .with(died(engine, intent, engine.random().nextInt(6))));
      engine.pass(Duration.ofMinutes(engine.number(0, 200)));
    }
  }

  private static void shuffledPayments(HostileEngine engine) {
    AssetId asset = engine.word().usdcOnBase;
    shuffled(
        engine,
        List.of(
            engine.honest().pay("alice", "19", asset),
            engine.honest().pay("alice", "18", asset),
            engine.honest().pay("bob", "24", asset)),
        engine.honest()::bytes);
  }

  private static void shuffledSwaps(HostileEngine engine) {
    OwnerWord word = engine.word();
    shuffled(
        engine,
        List.of(
            engine.honest().swap("9", word.usdcOnBase, word.ether),
            engine.honest().swap("8", word.usdcOnBase, word.wrapped),
            engine.honest().swap("0.009", word.ether, word.usdcOnBase)),
        (intent, number) ->
            engine.random().nextInt(3) == 0
                ? engine.honest().approval((Intent.Swap) intent, number)
                : engine.honest().bytes(intent, number));
  }

  private static void shuffledAuthorizations(HostileEngine engine) {
    Address to = engine.parties().of("oracle", ChainId.BASE);
    shuffled(
        engine,
        List.of(
            engine.honest().payment("api.example.com", to, "0.5"),
            engine.honest().payment("data.example.org", to, "0.4"),
            engine.honest().payment("api.example.com", to, "0.3")),
        engine.honest()::bytes);
  }

  /// One process takes the agent over and spends; the other goes on as if nothing had happened.
  private static void fences(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    engine.signer().enter(engine.agent(), 10);
    for (int i = 0; i < 8; i++) {
      Intent intent = engine.honest().pay(i % 2 == 0 ? "alice" : "bob", "18", asset);
      var ask = engine.of(intent, engine.honest().bytes(intent));
      engine.ask(ask.under(engine.pick(9, 10, 10, 11, -1, 1)));
    }
  }

  private static void books(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    for (int i = 0; i < 8; i++) {
      Intent intent = engine.honest().pay(i % 2 == 0 ? "alice" : "bob", "18", asset);
      var ask = engine.of(intent, engine.honest().bytes(intent));
      engine.ask(ask.knowing(ask.known() + engine.number(-2, 2)));
      engine.ask(ask.knowing(engine.pick(0L, ask.known(), -1L, Long.MAX_VALUE)));
    }
  }

  private static void evidence(HostileEngine engine) {
    AssetId asset = dollarCoin(engine);
    Intent.Transfer stranger = engine.honest().pay("mallory", "5", asset);
    var invented =
        new Evidence(
            new Simulation(
                null, List.of(new BalanceChange(asset, BigInteger.TEN.pow(20))), List.of("ok")),
            BigInteger.TEN.pow(60),
            List.of(),
            Map.of(Field.PAYEE, Provenance.OWNER, Field.AMOUNT, Provenance.OWNER),
            List.of(),
            List.of());
    engine.ask(engine.of(stranger, engine.honest().bytes(stranger)).with(invented));
    Intent.Transfer honest = engine.honest().pay("alice", "5", asset);
    engine.ask(engine.of(honest, engine.honest().bytes(stranger)).with(invented));
    Intent.Transfer large = engine.honest().pay("alice", "2500", asset);
    engine.ask(engine.of(large, engine.honest().bytes(large)).with(invented));
  }

  private static void tradeEvidence(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap swap = engine.honest().swap("9", word.usdcOnBase, word.wrapped);
    var poor =
        new Intent.Swap(
            swap.sell(), new Amount(swap.minimum().asset(), BigInteger.ONE), swap.venue());
    engine.ask(engine.of(swap, engine.honest().bytes(poor)));
    Evidence honest = engine.honest().evidence(swap);
    engine.ask(
        engine
            .of(poor, engine.honest().bytes(poor))
            .with(
                new Evidence(
                    new Simulation(
                        null,
                        List.of(new BalanceChange(word.wrapped, BigInteger.TEN.pow(20))),
                        List.of()),
                    honest.balance(),
                    honest.prices(),
                    Map.of(Field.AMOUNT, Provenance.OWNER),
                    List.of(),
                    List.of())));
  }
}
