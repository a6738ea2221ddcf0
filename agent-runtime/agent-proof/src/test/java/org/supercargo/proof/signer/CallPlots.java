package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.CALL_ARGUMENT;
import static org.supercargo.proof.Shape.CALL_ENCODING;
import static org.supercargo.proof.Shape.CALL_OTHER;
import static org.supercargo.proof.Shape.CALL_VALUE;
import static org.supercargo.proof.Shape.CONTRACT_CREATION;
import static org.supercargo.proof.Shape.DUPLICATED_EFFECT;
import static org.supercargo.proof.Shape.ENVELOPE;
import static org.supercargo.proof.Shape.EVM_MUTATION;
import static org.supercargo.proof.Shape.FEE_DRAIN;
import static org.supercargo.proof.Shape.MULTICALL;
import static org.supercargo.proof.Shape.SELECTOR_COLLISION;
import static org.supercargo.proof.Shape.TIP;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.proof.bytes.EvmBytes;
import org.supercargo.proof.owner.OwnerWord;

/// Calls and envelopes that are not what they seem.
final class CallPlots {
  private CallPlots() {}

  static List<Plot> all() {
    return List.of(
        Plot.of(CALL_ARGUMENT, Role.TRADER, CallPlots::argument),
        Plot.of(CALL_OTHER, Role.TRADER, CallPlots::other),
        Plot.of(CALL_VALUE, Role.TRADER, CallPlots::value),
        Plot.of(CALL_ENCODING, Role.TRADER, CallPlots::encoding),
        Plot.of(MULTICALL, Role.TRADER, CallPlots::multicall),
        Plot.of(CONTRACT_CREATION, Role.TRADER, CallPlots::creation),
        Plot.of(CONTRACT_CREATION, Role.TREASURER, CallPlots::creation),
        Plot.of(ENVELOPE, Role.TREASURER, CallPlots::envelope),
        Plot.of(SELECTOR_COLLISION, Role.TRADER, CallPlots::collision),
        Plot.costly(2, EVM_MUTATION, Role.TREASURER, CallPlots::mutation),
        Plot.costly(2, EVM_MUTATION, Role.TRADER, CallPlots::mutation),
        Plot.costly(2, EVM_MUTATION, Role.SHOPPER, CallPlots::mutation),
        Plot.of(DUPLICATED_EFFECT, Role.TRADER, CallPlots::twice),
        Plot.of(FEE_DRAIN, Role.TREASURER, CallPlots::fees),
        Plot.of(FEE_DRAIN, Role.TRADER, CallPlots::fees),
        Plot.of(TIP, Role.TREASURER, CallPlots::tips));
  }

  private static Address distributor(HostileEngine engine) {
    return engine.parties().of("distributor", ChainId.BASE);
  }

  private static Address own(HostileEngine engine) {
    return engine.parties().wallet(ChainId.BASE);
  }

  private static Address mallory(HostileEngine engine) {
    return engine.parties().of("mallory", ChainId.BASE);
  }

  private static Intent.Call honest(HostileEngine engine) {
    return engine.honest().claim(own(engine), "0.000" + engine.number(1, 9));
  }

  private static Bytes call(HostileEngine engine, Intent.Call intent, byte[] data) {
    return engine.honest().transaction(intent.contract(), intent.value().baseUnits(), data);
  }

  private static void argument(HostileEngine engine) {
    Intent.Call hers =
        engine.honest().claim(engine.pick(mallory(engine), lookalike(engine)), "0.0005");
    engine.ask(hers);
    Intent.Call his = honest(engine);
    engine.ask(his, engine.honest().bytes(hers));
    // Upper-case digits and missing ones, which a careless comparison takes for the wallet's.
    var shouted =
        new Intent.Call(
            his.contract(),
            his.function(),
            List.of(his.arguments().getFirst().toUpperCase(Locale.ROOT).replace("0X", "0x"), "1"),
            his.spends(),
            his.value());
    engine.ask(shouted, engine.honest().bytes(hers));
  }

  private static Address lookalike(HostileEngine engine) {
    return FigurePlots.lookalike(engine, own(engine));
  }

  private static void other(HostileEngine engine) {
    Intent.Call his = honest(engine);
    String function =
        engine.pick(
            "withdraw(address,uint256)",
            "Claim(address,uint256)",
            "claim(address,uint128)",
            "claimAll(address,uint256)",
            "transferOwnership(address)");
    Address contract = engine.pick(distributor(engine), lookalikeContract(engine), mallory(engine));
    var intent = new Intent.Call(contract, function, his.arguments(), his.spends(), his.value());
    Bytes bytes =
        engine
            .honest()
            .transaction(
                contract,
                his.value().baseUnits(),
                EvmBytes.call(function, own(engine), BigInteger.ONE));
    engine.ask(intent, bytes);
    engine.ask(his, bytes);
    engine.ask(
        his,
        engine
            .honest()
            .transaction(
                lookalikeContract(engine),
                his.value().baseUnits(),
                EvmBytes.call(
                    his.function(), own(engine), new BigInteger(his.arguments().get(1)))));
  }

  private static Address lookalikeContract(HostileEngine engine) {
    return FigurePlots.lookalike(engine, distributor(engine));
  }

  /// More than the intent says, more than the rule allows, and none under an intent that spends.
  private static void value(HostileEngine engine) {
    Intent.Call his = honest(engine);
    byte[] data =
        EvmBytes.call(his.function(), own(engine), new BigInteger(his.arguments().get(1)));
    BigInteger more = his.value().baseUnits().add(engine.big(1, 1L << 60));
    Bytes bytes = engine.honest().transaction(his.contract(), more, data);
    engine.ask(his, bytes);
    Amount all = new Amount(his.value().asset(), more);
    engine.ask(new Intent.Call(his.contract(), his.function(), his.arguments(), all, all), bytes);
    Amount nothing = Amount.zero(his.value().asset());
    engine.ask(
        new Intent.Call(his.contract(), his.function(), his.arguments(), nothing, nothing), bytes);
    OwnerWord word = engine.word();
    engine.ask(
        new Intent.Call(
            his.contract(), his.function(), his.arguments(), word.amount("1", word.eurc), nothing),
        bytes);
  }

  private static void encoding(HostileEngine engine) {
    Intent.Call his = honest(engine);
    byte[] clean =
        EvmBytes.call(his.function(), own(engine), new BigInteger(his.arguments().get(1)));
    byte[] dirty = clean.clone();
    dirty[4 + (int) engine.number(0, 11)] ^= (byte) (1 << engine.number(0, 7));
    engine.ask(his, call(engine, his, dirty));
    byte[] longer = Arrays.copyOf(clean, clean.length + (int) engine.number(1, 64));
    longer[longer.length - 1] = 1;
    engine.ask(his, call(engine, his, longer));
    engine.ask(his, call(engine, his, Arrays.copyOf(clean, (int) engine.number(0, 67))));
    // A byte string whose offset points at the address, so that two readings differ.
    var dynamic =
        new Intent.Call(
            his.contract(),
            "claimFor(address,uint256,bytes)",
            List.of(his.arguments().get(0), his.arguments().get(1), "0x"),
            his.spends(),
            his.value());
    byte[] tangled =
        EvmBytes.call(
            "claimFor(address,uint256,bytes)",
            engine.pick(own(engine), mallory(engine)),
            new BigInteger(his.arguments().get(1)),
            engine.pick(0, 32, 64, 96, 128, 31, -32),
            0,
            0);
    engine.ask(dynamic, call(engine, his, tangled));
  }

  private static void multicall(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap swap = engine.honest().swap("5", word.usdcOnBase, word.ether);
    BigInteger sold = swap.sell().baseUnits();
    BigInteger least = swap.minimum().baseUnits();
    byte[] good =
        engine
            .honest()
            .exact(word.usdcOnBase, word.wrapped, BigInteger.TWO, sold, least, BigInteger.ZERO);
    byte[] unwrap = EvmBytes.call("unwrapWETH9(uint256,address)", least, own(engine));
    byte[] evil =
        engine.pick(
            EvmBytes.call("unwrapWETH9(uint256,address)", least, mallory(engine)),
            EvmBytes.call(
                "sweepToken(address,uint256,address)",
                Honest.contract(word.wrapped),
                BigInteger.ZERO,
                mallory(engine)),
            EvmBytes.call("pull(address,uint256)", Honest.contract(word.usdcOnBase), sold),
            engine
                .honest()
                .exact(
                    word.usdcOnBase, word.wrapped, mallory(engine), sold, least, BigInteger.ZERO),
            EvmBytes.multicall(EvmBytes.call("refundETH()")));
    List<byte[]> data =
        List.of(
            EvmBytes.multicall(good, evil),
            EvmBytes.multicall(good, unwrap, evil),
            EvmBytes.multicall(evil, unwrap),
            EvmBytes.multicall(EvmBytes.multicall(good, unwrap), evil),
            EvmBytes.multicall(evil));
    Address router = engine.parties().of("router", ChainId.BASE);
    engine.ask(
        swap,
        engine
            .honest()
            .transaction(router, BigInteger.ZERO, engine.pick(data.toArray(byte[][]::new))));
    Intent.Call his = honest(engine);
    engine.ask(his, call(engine, his, engine.pick(data.toArray(byte[][]::new))));
  }

  private static void creation(HostileEngine engine) {
    byte[] code = new byte[(int) engine.number(1, 60)];
    engine.random().nextBytes(code);
    Bytes bytes = EvmBytes.creation(engine.honest().terms(), engine.big(0, 1L << 60), code);
    engine.ask(honest(engine), bytes);
    engine.ask(engine.honest().pay("alice", "1", engine.word().usdcOnBase), bytes);
  }

  /// Pays the attacker in every envelope, and alice in those that are good elsewhere too.
  private static void envelope(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Transfer honest = engine.honest().pay("alice", "5", word.usdcOnBase);
    Address token = Honest.contract(word.usdcOnBase);
    Address to = engine.pick(honest.payee().address(), mallory(engine));
    byte[] data = EvmBytes.call("transfer(address,uint256)", to, honest.amount().baseUnits());
    EvmBytes.Terms terms = engine.honest().terms();
    engine.smuggle(
        engine.pick(
            EvmBytes.legacy(terms, token, BigInteger.ZERO, data),
            EvmBytes.ofBerlin(terms, token, BigInteger.ZERO, data),
            EvmBytes.withAccessList(terms, token, BigInteger.ZERO, data),
            EvmBytes.transaction(terms.on(engine.pick(1, 10, 84532)), token, BigInteger.ZERO, data),
            EvmBytes.legacy(terms, mallory(engine), engine.big(1, 1L << 60), new byte[0])),
        List.of(honest, engine.honest().pay("bob", "5", word.usdcOnBase)));
  }

  /// Known collisions: both names of each pair have one selector.
  private static void collision(HostileEngine engine) {
    boolean transfer = engine.random().nextBoolean();
    String harmless = transfer ? "many_msg_babbage(bytes1)" : "collate_propagate_storage(bytes16)";
    byte[] data =
        transfer
            ? EvmBytes.call("transfer(address,uint256)", mallory(engine), engine.big(1, 1L << 40))
            : EvmBytes.call("burn(uint256)", engine.big(1, 1L << 40));
    Amount nothing = Amount.zero(engine.word().described(engine.word().ether));
    for (Address contract :
        List.of(Honest.contract(engine.word().usdcOnBase), distributor(engine))) {
      Bytes bytes = engine.honest().transaction(contract, BigInteger.ZERO, data);
      engine.ask(
          new Intent.Call(
              contract,
              harmless,
              List.of(transfer ? "0x00" : "0x" + "00".repeat(16)),
              nothing,
              nothing),
          bytes);
      engine.ask(honest(engine), bytes);
    }
  }

  static void mutation(HostileEngine engine) {
    String own = engine.agent().value();
    Role role = Role.valueOf(own.substring(0, own.indexOf('-')).toUpperCase(Locale.ROOT));
    for (Intent intent : engine.honest().claims(role, ChainId.BASE)) {
      engine.ask(intent, mutated(engine, engine.honest().bytes(intent)));
    }
  }

  static Bytes mutated(HostileEngine engine, Bytes honest) {
    byte[] bytes = honest.toArray();
    for (long flips = engine.number(1, 3); flips > 0; flips--) {
      int at = engine.random().nextInt(bytes.length);
      bytes[at] = (byte) (bytes[at] ^ (1 << engine.random().nextInt(8)));
    }
    return Bytes.of(bytes);
  }

  private static void twice(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Swap swap = engine.honest().swap("5", word.usdcOnBase, word.wrapped);
    byte[] exchange =
        engine
            .honest()
            .exact(
                word.usdcOnBase,
                word.wrapped,
                own(engine),
                swap.sell().baseUnits(),
                swap.minimum().baseUnits(),
                BigInteger.ZERO);
    engine.ask(
        swap,
        engine
            .honest()
            .transaction(
                engine.parties().of("router", ChainId.BASE),
                BigInteger.ZERO,
                EvmBytes.multicall(exchange, exchange)));
  }

  private static void fees(HostileEngine engine) {
    OwnerWord word = engine.word();
    BigInteger price = engine.big(5_000_000_000L, 1L << 62);
    Address token = Honest.contract(word.usdcOnBase);
    Intent.Transfer pay = engine.honest().pay("alice", "1", word.usdcOnBase);
    engine.ask(
        pay,
        EvmBytes.transaction(
            engine
                .honest()
                .terms()
                .costing(BigInteger.ONE, price, engine.number(100_001, 30_000_000)),
            token,
            BigInteger.ZERO,
            EvmBytes.call(
                "transfer(address,uint256)", pay.payee().address(), pay.amount().baseUnits())));
    Intent.Call call = honest(engine);
    engine.ask(
        call,
        EvmBytes.transaction(
            engine
                .honest()
                .terms()
                .costing(BigInteger.ONE, price, engine.number(100_001, 1L << 62)),
            call.contract(),
            call.value().baseUnits(),
            EvmBytes.call(call.function(), own(engine), new BigInteger(call.arguments().get(1)))));
  }

  private static void tips(HostileEngine engine) {
    OwnerWord word = engine.word();
    Intent.Transfer pay = engine.honest().pay("alice", "1", word.usdcOnBase);
    BigInteger price = engine.big(1_000_000_001L, 4_900_000_000L);
    engine.ask(
        pay,
        EvmBytes.transaction(
            engine.honest().terms().costing(price, price, 100_000),
            Honest.contract(word.usdcOnBase),
            BigInteger.ZERO,
            EvmBytes.call(
                "transfer(address,uint256)", pay.payee().address(), pay.amount().baseUnits())));
  }
}
