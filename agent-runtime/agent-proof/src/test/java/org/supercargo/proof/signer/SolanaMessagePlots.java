package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.DUPLICATED_EFFECT;
import static org.supercargo.proof.Shape.DURABLE_NONCE;
import static org.supercargo.proof.Shape.FEE_DRAIN;
import static org.supercargo.proof.Shape.FOREIGN_FEE_PAYER;
import static org.supercargo.proof.Shape.HOOK_MINT;
import static org.supercargo.proof.Shape.LOOKUP_TABLE;
import static org.supercargo.proof.Shape.MEMO_CHANGE;
import static org.supercargo.proof.Shape.PERMANENT_DELEGATE;
import static org.supercargo.proof.Shape.SOLANA_MUTATION;
import static org.supercargo.proof.Shape.SWAPPED_ACCOUNTS;
import static org.supercargo.proof.Shape.TIP;
import static org.supercargo.proof.bytes.SolanaBytes.Account.reader;
import static org.supercargo.proof.bytes.SolanaBytes.Account.readonly;
import static org.supercargo.proof.bytes.SolanaBytes.Account.signer;
import static org.supercargo.proof.bytes.SolanaBytes.Account.writable;
import static org.supercargo.proof.bytes.SolanaBytes.bytes;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.proof.bytes.SolanaBytes;
import org.supercargo.proof.bytes.SolanaBytes.Step;
import org.supercargo.proof.reading.SolanaReading;

/// Messages of Solana that are wrong as a whole.
final class SolanaMessagePlots {
  private SolanaMessagePlots() {}

  static List<Plot> all() {
    return List.of(
        Plot.of(LOOKUP_TABLE, Role.TREASURER, SolanaMessagePlots::lookupTable),
        Plot.of(DURABLE_NONCE, Role.TREASURER, SolanaMessagePlots::durableNonce),
        Plot.of(HOOK_MINT, Role.TREASURER, SolanaMessagePlots::hook),
        Plot.of(PERMANENT_DELEGATE, Role.TREASURER, SolanaMessagePlots::delegate),
        Plot.of(SWAPPED_ACCOUNTS, Role.TREASURER, SolanaMessagePlots::swapped),
        Plot.of(FOREIGN_FEE_PAYER, Role.TREASURER, SolanaMessagePlots::feePayer),
        Plot.of(DUPLICATED_EFFECT, Role.TREASURER, SolanaMessagePlots::twice),
        Plot.of(MEMO_CHANGE, Role.TREASURER, SolanaMessagePlots::memo),
        Plot.of(FEE_DRAIN, Role.TREASURER, SolanaMessagePlots::fees),
        Plot.of(TIP, Role.TREASURER, SolanaMessagePlots::tips),
        Plot.costly(2, SOLANA_MUTATION, Role.TREASURER, SolanaMessagePlots::mutation));
  }

  private static void lookupTable(HostileEngine engine) {
    Intent.Transfer honest = SolanaPlots.honest(engine);
    Step good = engine.honest().steps(honest)[0];
    engine.ask(
        honest,
        SolanaBytes.withTable(
            SolanaPlots.own(engine),
            engine.honest().key(),
            List.of(engine.random().nextBoolean() ? good : SolanaPlots.extra(engine)),
            engine.honest().key(),
            engine.random().nextInt(256)));
  }

  /// A payment that can be held back for ever, and then paid again beside another.
  private static void durableNonce(HostileEngine engine) {
    Step advance =
        SolanaBytes.system(
            4,
            new byte[0],
            writable(engine.honest().key()),
            readonly(SolanaPlots.RECENT),
            reader(SolanaPlots.own(engine)));
    Intent.Transfer honest = SolanaPlots.honest(engine);
    engine.ask(honest, engine.honest().message(advance, engine.honest().steps(honest)[0]));
    engine.ask(honest, engine.honest().message(advance, SolanaPlots.extra(engine)));
  }

  /// With the accounts a hook needs, so that it would run.
  private static void hook(HostileEngine engine) {
    Intent.Transfer honest = engine.honest().pay("alice", "3", SolanaPlots.mint(engine));
    Step plain = engine.honest().steps(honest)[0];
    var hooked =
        new Step(SolanaReading.TOKEN_2022, plain.accounts(), plain.data())
            .with(readonly(engine.honest().key()))
            .with(writable(SolanaPlots.mallory(engine)))
            .with(signer(SolanaPlots.own(engine)));
    engine.ask(honest, engine.honest().message(hooked));
    engine.ask(honest, engine.honest().message(plain.with(writable(SolanaPlots.mallory(engine)))));
    engine.ask(
        honest,
        engine
            .honest()
            .message(
                SolanaBytes.token(
                    SolanaReading.TOKEN_2022,
                    engine.pick(26, 27, 35, 36, 37, 42, 44, 46, 255),
                    SolanaPlots.amount(engine),
                    writable(SolanaPlots.account(engine, SolanaPlots.mint(engine))),
                    writable(SolanaPlots.mallory(engine)),
                    reader(SolanaPlots.own(engine)))));
  }

  private static void delegate(HostileEngine engine) {
    Intent.Transfer honest = engine.honest().pay("alice", "3", SolanaPlots.mint(engine));
    AssetId mint = honest.amount().asset().id();
    String other = engine.pick("bob", "mallory");
    String theirs =
        SolanaReading.tokenAccount(
            engine.parties().of(other, ChainId.SOLANA).text(),
            mint.reference(),
            SolanaReading.TOKEN);
    engine.ask(
        honest,
        engine
            .honest()
            .message(
                SolanaBytes.transferChecked(
                    SolanaPlots.program(engine),
                    theirs,
                    mint.reference(),
                    SolanaReading.tokenAccount(
                        SolanaPlots.mallory(engine), mint.reference(), SolanaReading.TOKEN),
                    SolanaPlots.own(engine),
                    honest.amount().baseUnits(),
                    engine.word().decimals(mint))));
  }

  private static void swapped(HostileEngine engine) {
    Intent.Transfer honest = engine.honest().pay("alice", "3", SolanaPlots.mint(engine));
    Step good = engine.honest().steps(honest)[0];
    var accounts = new ArrayList<>(good.accounts());
    int one = engine.random().nextInt(accounts.size());
    int two = engine.random().nextInt(accounts.size());
    SolanaBytes.Account kept = accounts.get(one);
    accounts.set(one, accounts.get(two));
    accounts.set(two, kept);
    if (engine.random().nextBoolean()) {
      accounts.set(
          2,
          writable(
              SolanaReading.tokenAccount(
                  SolanaPlots.mallory(engine),
                  SolanaPlots.mint(engine).reference(),
                  SolanaReading.TOKEN)));
    }
    engine.ask(honest, engine.honest().message(new Step(good.program(), accounts, good.data())));
    Intent.Transfer coin = engine.honest().pay("alice", "0.05", engine.word().sol);
    engine.ask(
        coin,
        engine
            .honest()
            .message(
                SolanaBytes.pay(
                    engine.pick(SolanaPlots.own(engine), coin.payee().address().text()),
                    engine.pick(SolanaPlots.mallory(engine), SolanaPlots.own(engine)),
                    coin.amount().baseUnits())));
  }

  private static void feePayer(HostileEngine engine) {
    Intent.Transfer honest = SolanaPlots.honest(engine);
    Step step =
        engine.random().nextBoolean()
            ? engine.honest().steps(honest)[0]
            : SolanaPlots.extra(engine);
    engine.ask(
        honest,
        SolanaBytes.message(SolanaPlots.mallory(engine), engine.honest().key(), List.of(step)));
    engine.ask(honest, engine.honest().message(step.with(signer(SolanaPlots.mallory(engine)))));
  }

  private static void twice(HostileEngine engine) {
    Intent.Transfer honest = SolanaPlots.honest(engine);
    Step good = engine.honest().steps(honest)[0];
    var many = new ArrayList<Step>();
    for (long i = engine.number(2, 6); i > 0; i--) {
      many.add(good);
    }
    engine.ask(honest, engine.honest().message(many.toArray(Step[]::new)));
  }

  private static void memo(HostileEngine engine) {
    Intent.Transfer honest = SolanaPlots.honest(engine);
    Step good = engine.honest().steps(honest)[0];
    engine.ask(
        honest,
        engine
            .honest()
            .message(
                good, SolanaBytes.memo("invoice " + engine.random().nextInt() + " paid in full")));
    engine.ask(
        new Intent.Transfer(honest.payee(), honest.amount(), "thanks"),
        engine.honest().message(SolanaBytes.memo("than\u200bks"), good, SolanaPlots.extra(engine)));
  }

  private static void fees(HostileEngine engine) {
    Intent.Transfer honest = SolanaPlots.honest(engine);
    Step good = engine.honest().steps(honest)[0];
    BigInteger price = engine.big(60_000_000, 1L << 62);
    engine.ask(honest, engine.honest().message(SolanaBytes.unitPrice(price), good));
    engine.ask(
        honest,
        engine
            .honest()
            .message(
                SolanaBytes.unitLimit(engine.pick(1_400_000L, 0xffffffffL, 300_000L)),
                SolanaBytes.unitPrice(price),
                good));
  }

  private static void tips(HostileEngine engine) {
    Intent.Transfer honest = SolanaPlots.honest(engine);
    engine.ask(
        honest,
        engine
            .honest()
            .message(
                SolanaBytes.unitLimit(200_000),
                SolanaBytes.unitPrice(engine.big(5_100_000, 40_000_000)),
                engine.honest().steps(honest)[0]));
  }

  private static void mutation(HostileEngine engine) {
    for (int i = 0; i < 3; i++) {
      Intent.Transfer honest = SolanaPlots.honest(engine);
      Bytes bytes = engine.honest().message(engine.honest().steps(honest));
      engine.ask(honest, CallPlots.mutated(engine, bytes));
    }
  }
}
