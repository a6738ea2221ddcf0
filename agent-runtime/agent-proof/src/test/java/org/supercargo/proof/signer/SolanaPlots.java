package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.ASSIGN;
import static org.supercargo.proof.Shape.BURN;
import static org.supercargo.proof.Shape.CLOSE_ACCOUNT;
import static org.supercargo.proof.Shape.CREATE_ACCOUNT;
import static org.supercargo.proof.Shape.DUPLICATED_EFFECT;
import static org.supercargo.proof.Shape.DURABLE_NONCE;
import static org.supercargo.proof.Shape.EXTRA_INSTRUCTION;
import static org.supercargo.proof.Shape.FEE_DRAIN;
import static org.supercargo.proof.Shape.FOREIGN_FEE_PAYER;
import static org.supercargo.proof.Shape.HOOK_MINT;
import static org.supercargo.proof.Shape.LOOKUP_TABLE;
import static org.supercargo.proof.Shape.MEMO_CHANGE;
import static org.supercargo.proof.Shape.NATIVE_PROGRAM;
import static org.supercargo.proof.Shape.NONCE_AUTHORITY;
import static org.supercargo.proof.Shape.PERMANENT_DELEGATE;
import static org.supercargo.proof.Shape.SET_AUTHORITY;
import static org.supercargo.proof.Shape.SOLANA_APPROVE;
import static org.supercargo.proof.Shape.SOLANA_MUTATION;
import static org.supercargo.proof.Shape.SWAPPED_ACCOUNTS;
import static org.supercargo.proof.Shape.SYNC_NATIVE;
import static org.supercargo.proof.Shape.TIP;
import static org.supercargo.proof.Shape.UNKNOWN_PROGRAM;
import static org.supercargo.proof.bytes.SolanaBytes.Account.readonly;
import static org.supercargo.proof.bytes.SolanaBytes.Account.reader;
import static org.supercargo.proof.bytes.SolanaBytes.Account.signer;
import static org.supercargo.proof.bytes.SolanaBytes.Account.writable;
import static org.supercargo.proof.bytes.SolanaBytes.bytes;
import static org.supercargo.proof.bytes.SolanaBytes.data;
import static org.supercargo.proof.bytes.SolanaBytes.little;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.proof.Shape;
import org.supercargo.proof.bytes.SolanaBytes;
import org.supercargo.proof.bytes.SolanaBytes.Step;
import org.supercargo.proof.reading.SolanaReading;

/// What instructions of Solana can do besides what an intent says.
final class SolanaPlots {
  private static final String RECENT = "SysvarRecentB1ockHashes11111111111111111111";
  private static final String STAKE = "Stake11111111111111111111111111111111111111";

  private SolanaPlots() {}

  private interface Steps {
    Step of(HostileEngine engine);
  }

  static List<Plot> all() {
    var all = new ArrayList<Plot>();
    beside(all, UNKNOWN_PROGRAM, SolanaPlots::unknownProgram);
    beside(all, NATIVE_PROGRAM, SolanaPlots::nativeProgram);
    beside(all, SET_AUTHORITY, SolanaPlots::setAuthority);
    beside(all, CLOSE_ACCOUNT, SolanaPlots::closeAccount);
    beside(all, ASSIGN, SolanaPlots::assign);
    beside(all, SOLANA_APPROVE, SolanaPlots::approve);
    beside(all, BURN, SolanaPlots::burn);
    beside(all, NONCE_AUTHORITY, SolanaPlots::nonceAuthority);
    beside(all, SYNC_NATIVE, SolanaPlots::syncNative);
    beside(all, CREATE_ACCOUNT, SolanaPlots::createAccount);
    beside(all, EXTRA_INSTRUCTION, SolanaPlots::extra);
    all.add(Plot.of(LOOKUP_TABLE, Role.TREASURER, SolanaPlots::lookupTable));
    all.add(Plot.of(DURABLE_NONCE, Role.TREASURER, SolanaPlots::durableNonce));
    all.add(Plot.of(HOOK_MINT, Role.TREASURER, SolanaPlots::hook));
    all.add(Plot.of(PERMANENT_DELEGATE, Role.TREASURER, SolanaPlots::delegate));
    all.add(Plot.of(SWAPPED_ACCOUNTS, Role.TREASURER, SolanaPlots::swapped));
    all.add(Plot.of(FOREIGN_FEE_PAYER, Role.TREASURER, SolanaPlots::feePayer));
    all.add(Plot.of(DUPLICATED_EFFECT, Role.TREASURER, SolanaPlots::twice));
    all.add(Plot.of(MEMO_CHANGE, Role.TREASURER, SolanaPlots::memo));
    all.add(Plot.of(FEE_DRAIN, Role.TREASURER, SolanaPlots::fees));
    all.add(Plot.of(TIP, Role.TREASURER, SolanaPlots::tips));
    all.add(Plot.costly(2, SOLANA_MUTATION, Role.TREASURER, SolanaPlots::mutation));
    return all;
  }

  /// Alone, before and behind an honest movement.
  private static void beside(List<Plot> all, Shape shape, Steps steps) {
    all.add(
        Plot.of(
            shape,
            Role.TREASURER,
            engine -> {
              Intent.Transfer honest = honest(engine);
              Step good = engine.honest().steps(honest)[0];
              Step evil = steps.of(engine);
              engine.ask(honest, engine.honest().message(evil));
              engine.ask(
                  honest,
                  engine.random().nextBoolean()
                      ? engine.honest().message(good, evil)
                      : engine.honest().message(evil, good));
            }));
  }

  private static Intent.Transfer honest(HostileEngine engine) {
    return (Intent.Transfer)
        engine.pick(
            engine.honest().claims(Role.TREASURER, ChainId.SOLANA).toArray(Intent[]::new));
  }

  private static String own(HostileEngine engine) {
    return engine.honest().wallet(ChainId.SOLANA);
  }

  private static String mallory(HostileEngine engine) {
    return engine.parties().of("mallory", ChainId.SOLANA).text();
  }

  private static AssetId mint(HostileEngine engine) {
    return engine.pick(engine.word().usdcOnSolana, engine.word().cargo);
  }

  private static String account(HostileEngine engine, AssetId mint) {
    return SolanaReading.tokenAccount(own(engine), mint.reference(), SolanaReading.TOKEN);
  }

  private static String program(HostileEngine engine) {
    return engine.pick(SolanaReading.TOKEN, SolanaReading.TOKEN, SolanaReading.TOKEN_2022);
  }

  private static byte[] amount(HostileEngine engine) {
    return little(engine.big(1, 1L << 62), 8);
  }

  private static Step unknownProgram(HostileEngine engine) {
    byte[] anything = new byte[(int) engine.number(0, 40)];
    engine.random().nextBytes(anything);
    return SolanaBytes.foreign(
        engine.pick(
            engine.honest().key(),
            "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4",
            "ZkE1Gama1Proof11111111111111111111111111111"),
        anything,
        signer(own(engine)),
        writable(account(engine, mint(engine))),
        writable(mallory(engine)),
        readonly(SolanaReading.TOKEN),
        readonly(SolanaReading.SYSTEM));
  }

  private static Step nativeProgram(HostileEngine engine) {
    return switch (engine.random().nextInt(4)) {
      case 0 ->
          SolanaBytes.foreign(
              STAKE, little(1, 4), writable(engine.honest().key()), reader(own(engine)));
      case 1 ->
          SolanaBytes.foreign(
              "BPFLoaderUpgradeab1e11111111111111111111111",
              little(engine.number(0, 7), 4),
              writable(engine.honest().key()),
              signer(own(engine)));
      case 2 ->
          SolanaBytes.foreign(
              "AddressLookupTab1e1111111111111111111111111",
              little(engine.number(0, 4), 4),
              writable(engine.honest().key()),
              signer(own(engine)));
      default ->
          SolanaBytes.foreign(
              "Vote111111111111111111111111111111111111111",
              little(engine.number(0, 14), 4),
              writable(engine.honest().key()),
              signer(own(engine)));
    };
  }

  private static Step setAuthority(HostileEngine engine) {
    return SolanaBytes.token(
        program(engine),
        6,
        data(new byte[] {(byte) engine.number(0, 3), 1}, bytes(mallory(engine))),
        writable(account(engine, mint(engine))),
        reader(own(engine)));
  }

  private static Step closeAccount(HostileEngine engine) {
    return SolanaBytes.token(
        program(engine),
        9,
        new byte[0],
        writable(account(engine, mint(engine))),
        writable(mallory(engine)),
        reader(own(engine)));
  }

  private static Step assign(HostileEngine engine) {
    return engine.random().nextBoolean()
        ? SolanaBytes.system(1, bytes(engine.honest().key()), signer(own(engine)))
        : SolanaBytes.system(8, little(engine.number(1, 200), 8), signer(own(engine)));
  }

  private static Step approve(HostileEngine engine) {
    AssetId mint = mint(engine);
    return engine.random().nextBoolean()
        ? SolanaBytes.token(
            program(engine),
            4,
            amount(engine),
            writable(account(engine, mint)),
            readonly(mallory(engine)),
            reader(own(engine)))
        : SolanaBytes.token(
            program(engine),
            13,
            data(amount(engine), new byte[] {(byte) engine.word().decimals(mint)}),
            writable(account(engine, mint)),
            readonly(mint.reference()),
            readonly(mallory(engine)),
            reader(own(engine)));
  }

  private static Step burn(HostileEngine engine) {
    AssetId mint = mint(engine);
    boolean checked = engine.random().nextBoolean();
    return SolanaBytes.token(
        program(engine),
        checked ? 15 : 8,
        checked
            ? data(amount(engine), new byte[] {(byte) engine.word().decimals(mint)})
            : amount(engine),
        writable(account(engine, mint)),
        writable(mint.reference()),
        reader(own(engine)));
  }

  private static Step nonceAuthority(HostileEngine engine) {
    String nonce = engine.honest().key();
    return engine.random().nextBoolean()
        ? SolanaBytes.system(7, bytes(mallory(engine)), writable(nonce), reader(own(engine)))
        : SolanaBytes.system(
            5,
            amount(engine),
            writable(nonce),
            writable(mallory(engine)),
            readonly(RECENT),
            readonly("SysvarRent111111111111111111111111111111111"),
            reader(own(engine)));
  }

  private static Step syncNative(HostileEngine engine) {
    String wrapped =
        SolanaReading.tokenAccount(
            mallory(engine), "So11111111111111111111111111111111111111112", SolanaReading.TOKEN);
    return engine.random().nextBoolean()
        ? SolanaBytes.pay(own(engine), wrapped, engine.big(1_000, 1L << 40))
        : SolanaBytes.token(
            SolanaReading.TOKEN_2022,
            engine.pick(31, 38, 45),
            new byte[0],
            signer(own(engine)),
            writable(mallory(engine)));
  }

  /// Of the attacker, of an unused mint, or of a size of the attacker's choice.
  private static Step createAccount(HostileEngine engine) {
    return switch (engine.random().nextInt(3)) {
      case 0 ->
          SolanaBytes.system(
              0,
              data(little(1L << 40, 8), little(10_000, 8), bytes(engine.honest().key())),
              signer(own(engine)),
              signer(mallory(engine)));
      case 1 ->
          SolanaBytes.createAccount(
              own(engine), mallory(engine), mint(engine).reference(), program(engine), true);
      default ->
          SolanaBytes.createAccount(
              own(engine),
              engine.parties().of("alice", ChainId.SOLANA).text(),
              engine.honest().key(),
              SolanaReading.TOKEN,
              true);
    };
  }

  private static Step extra(HostileEngine engine) {
    AssetId mint = mint(engine);
    return engine.pick(
        SolanaBytes.pay(own(engine), mallory(engine), engine.big(1, 1L << 40)),
        engine.honest().tokens(mint, mallory(engine), engine.big(1, 1L << 40)),
        SolanaBytes.token(
            SolanaReading.TOKEN,
            3,
            amount(engine),
            writable(account(engine, mint)),
            writable(
                SolanaReading.tokenAccount(
                    mallory(engine), mint.reference(), SolanaReading.TOKEN)),
            reader(own(engine))));
  }

  private static void lookupTable(HostileEngine engine) {
    Intent.Transfer honest = honest(engine);
    Step good = engine.honest().steps(honest)[0];
    engine.ask(
        honest,
        SolanaBytes.withTable(
            own(engine),
            engine.honest().key(),
            List.of(engine.random().nextBoolean() ? good : extra(engine)),
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
            readonly(RECENT),
            reader(own(engine)));
    Intent.Transfer honest = honest(engine);
    engine.ask(honest, engine.honest().message(advance, engine.honest().steps(honest)[0]));
    engine.ask(honest, engine.honest().message(advance, extra(engine)));
  }

  /// With the accounts a hook needs, so that it would run.
  private static void hook(HostileEngine engine) {
    Intent.Transfer honest = engine.honest().pay("alice", "3", mint(engine));
    Step plain = engine.honest().steps(honest)[0];
    var hooked =
        new Step(SolanaReading.TOKEN_2022, plain.accounts(), plain.data())
            .with(readonly(engine.honest().key()))
            .with(writable(mallory(engine)))
            .with(signer(own(engine)));
    engine.ask(honest, engine.honest().message(hooked));
    engine.ask(honest, engine.honest().message(plain.with(writable(mallory(engine)))));
    engine.ask(
        honest,
        engine
            .honest()
            .message(
                SolanaBytes.token(
                    SolanaReading.TOKEN_2022,
                    engine.pick(26, 27, 35, 36, 37, 42, 44, 46, 255),
                    amount(engine),
                    writable(account(engine, mint(engine))),
                    writable(mallory(engine)),
                    reader(own(engine)))));
  }

  private static void delegate(HostileEngine engine) {
    Intent.Transfer honest = engine.honest().pay("alice", "3", mint(engine));
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
                    program(engine),
                    theirs,
                    mint.reference(),
                    SolanaReading.tokenAccount(
                        mallory(engine), mint.reference(), SolanaReading.TOKEN),
                    own(engine),
                    honest.amount().baseUnits(),
                    engine.word().decimals(mint))));
  }

  private static void swapped(HostileEngine engine) {
    Intent.Transfer honest = engine.honest().pay("alice", "3", mint(engine));
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
                  mallory(engine), mint(engine).reference(), SolanaReading.TOKEN)));
    }
    engine.ask(honest, engine.honest().message(new Step(good.program(), accounts, good.data())));
    Intent.Transfer coin = engine.honest().pay("alice", "0.05", engine.word().sol);
    engine.ask(
        coin,
        engine
            .honest()
            .message(
                SolanaBytes.pay(
                    engine.pick(own(engine), coin.payee().address().text()),
                    engine.pick(mallory(engine), own(engine)),
                    coin.amount().baseUnits())));
  }

  private static void feePayer(HostileEngine engine) {
    Intent.Transfer honest = honest(engine);
    Step step =
        engine.random().nextBoolean() ? engine.honest().steps(honest)[0] : extra(engine);
    engine.ask(
        honest,
        SolanaBytes.message(mallory(engine), engine.honest().key(), List.of(step)));
    engine.ask(
        honest, engine.honest().message(step.with(signer(mallory(engine)))));
  }

  private static void twice(HostileEngine engine) {
    Intent.Transfer honest = honest(engine);
    Step good = engine.honest().steps(honest)[0];
    var many = new ArrayList<Step>();
    for (long i = engine.number(2, 6); i > 0; i--) {
      many.add(good);
    }
    engine.ask(honest, engine.honest().message(many.toArray(Step[]::new)));
  }

  private static void memo(HostileEngine engine) {
    Intent.Transfer honest = honest(engine);
    Step good = engine.honest().steps(honest)[0];
    engine.ask(
        honest,
        engine
            .honest()
            .message(
                good, SolanaBytes.memo("invoice " + engine.random().nextInt() + " paid in full")));
    engine.ask(
        new Intent.Transfer(honest.payee(), honest.amount(), "thanks"),
        engine.honest().message(SolanaBytes.memo("than\u200bks"), good, extra(engine)));
  }

  private static void fees(HostileEngine engine) {
    Intent.Transfer honest = honest(engine);
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
    Intent.Transfer honest = honest(engine);
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
      Intent.Transfer honest = honest(engine);
      Bytes bytes = engine.honest().message(engine.honest().steps(honest));
      engine.ask(honest, CallPlots.mutated(engine, bytes));
    }
  }
}
