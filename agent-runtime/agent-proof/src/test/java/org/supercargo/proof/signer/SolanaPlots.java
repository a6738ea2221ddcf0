package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.ASSIGN;
import static org.supercargo.proof.Shape.BURN;
import static org.supercargo.proof.Shape.CLOSE_ACCOUNT;
import static org.supercargo.proof.Shape.CREATE_ACCOUNT;
import static org.supercargo.proof.Shape.EXTRA_INSTRUCTION;
import static org.supercargo.proof.Shape.NATIVE_PROGRAM;
import static org.supercargo.proof.Shape.NONCE_AUTHORITY;
import static org.supercargo.proof.Shape.SET_AUTHORITY;
import static org.supercargo.proof.Shape.SOLANA_APPROVE;
import static org.supercargo.proof.Shape.SYNC_NATIVE;
import static org.supercargo.proof.Shape.UNKNOWN_PROGRAM;
import static org.supercargo.proof.bytes.SolanaBytes.Account.reader;
import static org.supercargo.proof.bytes.SolanaBytes.Account.readonly;
import static org.supercargo.proof.bytes.SolanaBytes.Account.signer;
import static org.supercargo.proof.bytes.SolanaBytes.Account.writable;
import static org.supercargo.proof.bytes.SolanaBytes.bytes;
import static org.supercargo.proof.bytes.SolanaBytes.data;
import static org.supercargo.proof.bytes.SolanaBytes.little;

import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.proof.Shape;
import org.supercargo.proof.bytes.SolanaBytes;
import org.supercargo.proof.bytes.SolanaBytes.Step;
import org.supercargo.proof.reading.SolanaReading;

/// What instructions of Solana can do besides what an intent says.
final class SolanaPlots {
  static final String RECENT = "SysvarRecentB1ockHashes11111111111111111111";
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
    all.addAll(SolanaMessagePlots.all());
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

  static Intent.Transfer honest(HostileEngine engine) {
    return (Intent.Transfer)
        engine.pick(engine.honest().claims(Role.TREASURER, ChainId.SOLANA).toArray(Intent[]::new));
  }

  static String own(HostileEngine engine) {
    return engine.honest().wallet(ChainId.SOLANA);
  }

  static String mallory(HostileEngine engine) {
    return engine.parties().of("mallory", ChainId.SOLANA).text();
  }

  static AssetId mint(HostileEngine engine) {
    return engine.pick(engine.word().usdcOnSolana, engine.word().cargo);
  }

  static String account(HostileEngine engine, AssetId mint) {
    return SolanaReading.tokenAccount(own(engine), mint.reference(), SolanaReading.TOKEN);
  }

  static String program(HostileEngine engine) {
    return engine.pick(SolanaReading.TOKEN, SolanaReading.TOKEN, SolanaReading.TOKEN_2022);
  }

  static byte[] amount(HostileEngine engine) {
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

  static Step extra(HostileEngine engine) {
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
                SolanaReading.tokenAccount(mallory(engine), mint.reference(), SolanaReading.TOKEN)),
            reader(own(engine))));
  }
}
