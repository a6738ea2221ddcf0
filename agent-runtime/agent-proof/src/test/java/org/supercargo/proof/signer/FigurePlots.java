package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.BYTES_OF_ANOTHER;
import static org.supercargo.proof.Shape.DECIMALS_CONFUSION;
import static org.supercargo.proof.Shape.HUGE_AMOUNT;
import static org.supercargo.proof.Shape.LOOKALIKE_ADDRESS;
import static org.supercargo.proof.Shape.LOOKALIKE_MINT;
import static org.supercargo.proof.Shape.MEMORY_PAYEE;
import static org.supercargo.proof.Shape.MORE_IN_BYTES;
import static org.supercargo.proof.Shape.NEGATIVE_AMOUNT;
import static org.supercargo.proof.Shape.OTHER_AGENT;
import static org.supercargo.proof.Shape.OTHER_CHAIN;
import static org.supercargo.proof.Shape.OTHER_STABLECOIN;
import static org.supercargo.proof.Shape.OTHER_TOKEN_PROGRAM;
import static org.supercargo.proof.Shape.STRANGER;
import static org.supercargo.proof.Shape.SYMBOL_CONFUSION;
import static org.supercargo.proof.Shape.TOKEN_ACCOUNT_AS_PAYEE;
import static org.supercargo.proof.Shape.UNITS_BILLION;
import static org.supercargo.proof.Shape.UNITS_MILLION;
import static org.supercargo.proof.Shape.UNITS_THOUSAND;
import static org.supercargo.proof.Shape.UNITS_TRILLION;
import static org.supercargo.proof.Shape.ZERO_AMOUNT;
import static org.supercargo.proof.signer.Role.SHOPPER;
import static org.supercargo.proof.signer.Role.TRADER;
import static org.supercargo.proof.signer.Role.TREASURER;

import java.math.BigInteger;
import java.util.List;
import org.p2p.solanaj.core.PublicKey;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.proof.bytes.SolanaBytes;
import org.supercargo.proof.owner.OwnerWord;
import org.supercargo.proof.reading.SolanaReading;

/// Wrong parties, assets and amounts, said in the intent, in the bytes, or in both.
final class FigurePlots {
  private FigurePlots() {}

  static List<Plot> all() {
    return List.of(
        Plot.of(OTHER_STABLECOIN, TREASURER, FigurePlots::otherStablecoin),
        Plot.of(OTHER_STABLECOIN, SHOPPER, FigurePlots::otherStablecoin),
        Plot.of(OTHER_CHAIN, TREASURER, FigurePlots::otherChain),
        Plot.of(OTHER_CHAIN, SHOPPER, FigurePlots::otherChain),
        Plot.of(LOOKALIKE_MINT, TREASURER, FigurePlots::lookalikeMint),
        Plot.of(DECIMALS_CONFUSION, TREASURER, FigurePlots::otherDecimals),
        Plot.of(SYMBOL_CONFUSION, TREASURER, FigurePlots::otherSymbol),
        Plot.of(UNITS_THOUSAND, TREASURER, engine -> units(engine, 3)),
        Plot.of(UNITS_MILLION, TREASURER, engine -> units(engine, 6)),
        Plot.of(UNITS_BILLION, TREASURER, engine -> units(engine, 9)),
        Plot.of(UNITS_TRILLION, TREASURER, engine -> units(engine, 12)),
        Plot.of(ZERO_AMOUNT, TREASURER, FigurePlots::zero),
        Plot.of(NEGATIVE_AMOUNT, TREASURER, FigurePlots::negative),
        Plot.of(HUGE_AMOUNT, TREASURER, FigurePlots::huge),
        Plot.of(STRANGER, TREASURER, engine -> stranger(engine, "mallory")),
        Plot.of(STRANGER, TRADER, engine -> stranger(engine, "mallory")),
        Plot.of(STRANGER, SHOPPER, engine -> stranger(engine, "dora")),
        Plot.of(MEMORY_PAYEE, TREASURER, FigurePlots::remembered),
        Plot.of(LOOKALIKE_ADDRESS, TREASURER, FigurePlots::lookalike),
        Plot.of(TOKEN_ACCOUNT_AS_PAYEE, TREASURER, FigurePlots::tokenAccount),
        Plot.of(OTHER_TOKEN_PROGRAM, TREASURER, FigurePlots::otherProgram),
        Plot.of(OTHER_AGENT, TREASURER, FigurePlots::otherAgent),
        Plot.of(OTHER_AGENT, SHOPPER, FigurePlots::otherAgent),
        Plot.of(BYTES_OF_ANOTHER, TREASURER, engine -> differently(engine, "mallory", 1)),
        Plot.of(BYTES_OF_ANOTHER, TRADER, engine -> differently(engine, "pool", 1)),
        Plot.of(BYTES_OF_ANOTHER, SHOPPER, engine -> differently(engine, "mallory", 1)),
        Plot.of(
            MORE_IN_BYTES,
            TREASURER,
            engine -> differently(engine, "alice", engine.number(2, 1_000_000_000))));
  }

  private static Address to(HostileEngine engine, String name, AssetId asset) {
    return engine.parties().of(name, asset.chain());
  }

  private static Amount small(HostileEngine engine, AssetId asset) {
    return new Amount(engine.word().described(asset), engine.big(1_000, 9_000_000));
  }

  private static AssetId any(HostileEngine engine) {
    OwnerWord word = engine.word();
    return engine.pick(word.usdcOnSolana, word.usdcOnBase, word.sol, word.cargo);
  }

  private static void otherStablecoin(HostileEngine engine) {
    OwnerWord word = engine.word();
    AssetId other = engine.pick(word.eurc, word.wrapped, word.ether);
    Address alice = to(engine, engine.pick("alice", "oracle"), other);
    Amount amount = small(engine, other);
    Intent truly = engine.honest().pay(alice, "alice", amount);
    Bytes bytes = engine.honest().send(other, alice, amount.baseUnits());
    engine.ask(truly, bytes);
    Intent.Transfer dollars =
        engine
            .honest()
            .pay(alice, "alice", new Amount(word.described(word.usdcOnBase), amount.baseUnits()));
    engine.ask(dollars, bytes);
    engine.ask(
        new Intent.Payment(dollars.payee(), amount, "api.example.com", "/data/1"),
        engine.honest().authorization(other, alice, amount.baseUnits()));
    engine.ask(
        new Intent.Payment(dollars.payee(), dollars.amount(), "api.example.com", "/data/1"),
        engine.honest().authorization(other, alice, amount.baseUnits()));
  }

  private static void otherChain(HostileEngine engine) {
    OwnerWord word = engine.word();
    Amount ether = small(engine, word.ether);
    Intent.Transfer onBase = engine.honest().pay(to(engine, "alice", word.ether), "alice", ether);
    engine.ask(onBase, engine.honest().bytes(onBase));
    Amount tide = small(engine, word.tide);
    Intent.Transfer unlisted = engine.honest().pay(to(engine, "alice", word.tide), "alice", tide);
    engine.ask(unlisted, engine.honest().bytes(unlisted));
    // The bytes of one chain under an intent on the other.
    Intent.Transfer honest = engine.honest().pay("alice", "5", word.usdcOnSolana);
    engine.ask(
        honest,
        engine.honest().send(word.usdcOnBase, to(engine, "mallory", word.ether), BigInteger.TEN));
    Intent.Transfer other = engine.honest().pay("alice", "5", word.usdcOnBase);
    engine.ask(
        other, engine.honest().bytes(engine.honest().pay("mallory", "5", word.usdcOnSolana)));
  }

  private static void lookalikeMint(HostileEngine engine) {
    OwnerWord word = engine.word();
    boolean onSolana = engine.random().nextBoolean();
    AssetId genuine = onSolana ? word.usdcOnSolana : word.usdcOnBase;
    Address fake = lookalike(engine, new Address(genuine.chain(), genuine.reference()));
    var asset = new Asset(AssetId.token(fake), "USDC", 6);
    Address payee = to(engine, engine.pick("alice", "mallory"), genuine);
    Bytes bytes =
        onSolana
            ? engine
                .honest()
                .message(engine.honest().tokens(asset.id(), payee.text(), BigInteger.TEN))
            : engine.honest().send(asset.id(), payee, BigInteger.TEN);
    engine.ask(engine.honest().pay(payee, "alice", new Amount(asset, BigInteger.TEN)), bytes);
    engine.ask(
        engine.honest().pay(payee, "alice", new Amount(word.described(genuine), BigInteger.TEN)),
        bytes);
  }

  private static void otherDecimals(HostileEngine engine) {
    OwnerWord word = engine.word();
    AssetId asset = any(engine);
    int decimals = engine.pick(0, 2, 6, 9, 18, 24, 30, 36);
    String symbol = word.described(asset).symbol();
    var confused = new Asset(asset, symbol, decimals);
    Amount amount = Amount.parse(String.valueOf(engine.number(1, 20)), confused);
    Intent.Transfer intent = engine.honest().pay(to(engine, "alice", asset), "alice", amount);
    engine.ask(intent, engine.honest().bytes(intent));
  }

  private static void otherSymbol(HostileEngine engine) {
    OwnerWord word = engine.word();
    AssetId meant = any(engine);
    AssetId moved = any(engine);
    BigInteger units = engine.big(1_000, 20_000_000);
    var label = new Asset(moved, word.described(meant).symbol(), word.decimals(moved));
    Intent.Transfer mislabelled =
        engine.honest().pay(to(engine, "alice", moved), "alice", new Amount(label, units));
    engine.ask(mislabelled, engine.honest().bytes(mislabelled));
    Intent.Transfer said =
        engine
            .honest()
            .pay(to(engine, "alice", meant), "alice", new Amount(word.described(meant), units));
    Intent.Transfer done =
        engine
            .honest()
            .pay(to(engine, "bob", moved), "bob", new Amount(word.described(moved), units));
    engine.ask(said, engine.honest().bytes(done));
  }

  /// The bytes alone, and the intent with the bytes.
  private static void units(HostileEngine engine, int power) {
    OwnerWord word = engine.word();
    AssetId asset = any(engine);
    BigInteger meant = word.units(String.valueOf(engine.number(1, 9)), asset);
    if (asset.equals(word.sol)) {
      meant = meant.divide(BigInteger.valueOf(50));
    }
    BigInteger much = meant.multiply(BigInteger.TEN.pow(power)).min(largest(asset));
    Address alice = to(engine, "alice", asset);
    Intent.Transfer right =
        engine.honest().pay(alice, "alice", new Amount(word.described(asset), meant));
    Intent.Transfer wrong =
        engine.honest().pay(alice, "alice", new Amount(word.described(asset), much));
    engine.ask(right, engine.honest().bytes(wrong));
    engine.ask(wrong, engine.honest().bytes(wrong));
    BigInteger little = meant.divide(BigInteger.TEN.pow(power)).max(BigInteger.ONE);
    Intent.Transfer less =
        engine.honest().pay(alice, "alice", new Amount(word.described(asset), little));
    engine.ask(less, engine.honest().bytes(right));
  }

  private static BigInteger largest(AssetId asset) {
    int bits = asset.chain().equals(ChainId.SOLANA) ? 64 : 256;
    return BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
  }

  private static void zero(HostileEngine engine) {
    AssetId asset = any(engine);
    Address alice = to(engine, "alice", asset);
    refusedByItself(() ->
        engine.ask(
            engine
                .honest()
                .pay(alice, "alice", new Amount(engine.word().described(asset), BigInteger.ZERO))));
    Intent.Transfer honest = engine.honest().pay(alice, "alice", small(engine, asset));
    engine.ask(honest, raw(engine, asset, alice, BigInteger.ZERO));
    engine.ask(honest, raw(engine, asset, to(engine, "mallory", asset), BigInteger.ZERO));
  }

  private static Bytes raw(HostileEngine engine, AssetId asset, Address to, BigInteger units) {
    if (asset.chain().equals(ChainId.BASE)) {
      return engine.honest().send(asset, to, units);
    }
    return engine
        .honest()
        .message(
            asset.isNative()
                ? SolanaBytes.pay(engine.honest().wallet(ChainId.SOLANA), to.text(), units)
                : engine.honest().tokens(asset, to.text(), units));
  }

  private static void negative(HostileEngine engine) {
    AssetId asset = any(engine);
    Address alice = to(engine, "alice", asset);
    BigInteger less = engine.big(1, 1_000_000_000).negate();
    refusedByItself(() ->
        engine.ask(
            engine.honest().pay(alice, "alice", new Amount(engine.word().described(asset), less)),
            raw(engine, asset, alice, less)));
    Intent.Transfer honest = engine.honest().pay(alice, "alice", small(engine, asset));
    BigInteger wrapped = largest(asset).add(BigInteger.ONE).add(less);
    engine.ask(honest, raw(engine, asset, alice, wrapped));
    engine.ask(
        honest,
        raw(
            engine,
            asset,
            alice,
            largest(asset).add(honest.amount().baseUnits()).add(BigInteger.ONE)));
  }

  private static void huge(HostileEngine engine) {
    AssetId asset = any(engine);
    Address alice = to(engine, "alice", asset);
    BigInteger huge = largest(asset).subtract(engine.big(0, 3));
    Intent.Transfer intent =
        engine.honest().pay(alice, "alice", new Amount(engine.word().described(asset), huge));
    engine.ask(intent, raw(engine, asset, alice, huge));
    engine.ask(
        engine.honest().pay(alice, "alice", small(engine, asset)), raw(engine, asset, alice, huge));
  }

  /// A value that cannot even be written down.
  private static void refusedByItself(Runnable attempt) {
    try {
      attempt.run();
    } catch (SupercargoException | IllegalArgumentException e) {
      // Nothing was asked.
    }
  }

  private static void stranger(HostileEngine engine, String name) {
    AssetId asset = any(engine);
    Intent.Transfer intent =
        engine.honest().pay(to(engine, name, asset), "alice", small(engine, asset));
    engine.ask(intent, engine.honest().bytes(intent));
  }

  private static void remembered(HostileEngine engine) {
    AssetId asset = any(engine);
    for (Provenance origin : Provenance.values()) {
      var payee = new Payee("alice", to(engine, "mallory", asset), origin);
      var intent = new Intent.Transfer(payee, small(engine, asset), "");
      engine.ask(intent, engine.honest().bytes(intent));
    }
  }

  static Address lookalike(HostileEngine engine, Address known) {
    String text = known.text();
    if (known.chain().equals(ChainId.BASE)) {
      byte[] twenty = Bytes.fromHex(text).toArray();
      for (int i = 3; i < 17; i++) {
        twenty[i] = (byte) engine.random().nextInt(256);
      }
      return org.supercargo.proof.owner.Parties.evm(twenty);
    }
    byte[] key = new PublicKey(text).toByteArray();
    for (int i = 4; i < 28; i++) {
      key[i] = (byte) engine.random().nextInt(256);
    }
    return new Address(known.chain(), new PublicKey(key).toBase58());
  }

  private static void lookalike(HostileEngine engine) {
    AssetId asset = any(engine);
    Address like = lookalike(engine, to(engine, "alice", asset));
    Intent.Transfer intent = engine.honest().pay(like, "alice", small(engine, asset));
    engine.ask(intent, engine.honest().bytes(intent));
    Intent.Transfer honest =
        engine.honest().pay(to(engine, "alice", asset), "alice", intent.amount());
    engine.ask(honest, engine.honest().bytes(intent));
  }

  private static void tokenAccount(HostileEngine engine) {
    OwnerWord word = engine.word();
    AssetId mint = engine.pick(word.usdcOnSolana, word.cargo);
    String own = engine.honest().wallet(ChainId.SOLANA);
    String hers =
        SolanaReading.tokenAccount(
            to(engine, "mallory", mint).text(), mint.reference(), SolanaReading.TOKEN);
    String target =
        engine.pick(
            hers,
            engine.honest().key(),
            to(engine, "mallory", mint).text(),
            SolanaReading.tokenAccount(
                to(engine, "alice", mint).text(), word.tide.reference(), SolanaReading.TOKEN));
    Intent.Transfer honest = engine.honest().pay("alice", "3", mint);
    Bytes bytes =
        engine
            .honest()
            .message(
                SolanaBytes.transferChecked(
                    SolanaReading.TOKEN,
                    SolanaReading.tokenAccount(own, mint.reference(), SolanaReading.TOKEN),
                    mint.reference(),
                    target,
                    own,
                    honest.amount().baseUnits(),
                    word.decimals(mint)));
    engine.ask(honest, bytes);
    engine.ask(
        engine.honest().pay(new Address(ChainId.SOLANA, target), "alice", honest.amount()), bytes);
  }

  private static void otherProgram(HostileEngine engine) {
    OwnerWord word = engine.word();
    AssetId mint = engine.pick(word.usdcOnSolana, word.cargo);
    String own = engine.honest().wallet(ChainId.SOLANA);
    Intent.Transfer honest = engine.honest().pay("alice", "3", mint);
    String program = engine.pick(SolanaReading.TOKEN, SolanaReading.TOKEN_2022);
    String from = engine.pick(SolanaReading.TOKEN, SolanaReading.TOKEN_2022);
    String receiver = engine.pick("alice", "mallory");
    engine.ask(
        honest,
        engine
            .honest()
            .message(
                SolanaBytes.transferChecked(
                    program,
                    SolanaReading.tokenAccount(own, mint.reference(), from),
                    mint.reference(),
                    SolanaReading.tokenAccount(
                        to(engine, receiver, mint).text(),
                        mint.reference(),
                        SolanaReading.TOKEN_2022),
                    own,
                    honest.amount().baseUnits(),
                    word.decimals(mint))));
  }

  /// In the name of the agent beside it, of one with a name nearly the same, and of none.
  private static void otherAgent(HostileEngine engine) {
    AssetId asset = any(engine);
    String own = engine.agent().value();
    String number = own.substring(own.indexOf('-'));
    Intent.Transfer intent =
        engine.honest().pay(to(engine, "mallory", asset), "alice", small(engine, asset));
    Intent.Transfer lawful =
        engine.honest().pay(to(engine, "alice", asset), "alice", small(engine, asset));
    for (String name :
        List.of("trader" + number, "shopper" + number, "treasurer" + number, own + "0", "owner")) {
      var id = new IntentId(new TickId(new AgentId(name), engine.number(1, 1_000_000)), 0);
      engine.ask(engine.of(intent, engine.honest().bytes(intent)).as(id, 1));
      engine.ask(engine.of(lawful, engine.honest().bytes(lawful)).as(id, 1).knowing(0));
    }
  }

  private static void differently(HostileEngine engine, String receiver, long factor) {
    AssetId asset = any(engine);
    Role role =
        Role.valueOf(
            engine
                .agent()
                .value()
                .substring(0, engine.agent().value().indexOf('-'))
                .toUpperCase(java.util.Locale.ROOT));
    Intent honest = engine.pick(engine.honest().claims(role, asset.chain()).toArray(Intent[]::new));
    AssetId moved = honest.spends().asset().id();
    BigInteger units =
        honest.spends().baseUnits().multiply(BigInteger.valueOf(factor)).min(largest(moved));
    Address to = engine.parties().of(receiver, moved.chain());
    engine.ask(honest, raw(engine, moved, to, units));
    if (honest instanceof Intent.Payment) {
      engine.ask(honest, engine.honest().authorization(moved, to, units));
    }
  }
}
