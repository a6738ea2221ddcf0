package org.supercargo.proof.signer;

import static org.supercargo.proof.Shape.APPROVAL_FOR_ALL;
import static org.supercargo.proof.Shape.APPROVE_EXACT;
import static org.supercargo.proof.Shape.APPROVE_UNLIMITED;
import static org.supercargo.proof.Shape.AUTHORIZATION_DOMAIN;
import static org.supercargo.proof.Shape.AUTHORIZATION_LONG;
import static org.supercargo.proof.Shape.AUTHORIZATION_MORE;
import static org.supercargo.proof.Shape.AUTHORIZATION_STRANGER;
import static org.supercargo.proof.Shape.EIP7702;
import static org.supercargo.proof.Shape.INCREASE_ALLOWANCE;
import static org.supercargo.proof.Shape.PERMIT2_CALL;
import static org.supercargo.proof.Shape.PERMIT2_TYPED;
import static org.supercargo.proof.Shape.PERMIT_CALL;
import static org.supercargo.proof.Shape.PERMIT_TYPED;
import static org.supercargo.proof.Shape.PERSONAL_SIGN;
import static org.supercargo.proof.Shape.RAW_HASH;
import static org.supercargo.proof.Shape.RECEIVE_AUTHORIZATION;
import static org.supercargo.proof.Shape.TRANSFER_FROM;
import static org.supercargo.proof.Shape.TYPED_DATA;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.proof.Shape;
import org.supercargo.proof.bytes.EvmBytes;
import org.supercargo.proof.owner.OwnerWord;

/// Rights instead of money: what an EVM key can sign that lets others take it later.
final class EvmPlots {
  private static final BigInteger ALL = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  /// Source: [Permit2](https://docs.uniswap.org/contracts/v4/deployments).
  private static final Address PERMIT2 =
      new Address(ChainId.BASE, "0x000000000022D473030F116dDEE9F6B43aC78BA3");

  private EvmPlots() {}

  static List<Plot> all() {
    var all = new ArrayList<Plot>();
    for (Role role : Role.values()) {
      add(all, APPROVE_EXACT, role, EvmPlots::approve);
      add(all, APPROVE_UNLIMITED, role, EvmPlots::approveAll);
      add(all, INCREASE_ALLOWANCE, role, EvmPlots::increase);
      add(all, TRANSFER_FROM, role, EvmPlots::transferFrom);
      add(all, PERMIT_TYPED, role, EvmPlots::permit);
      add(all, PERMIT_CALL, role, EvmPlots::permitCall);
      add(all, PERMIT2_TYPED, role, EvmPlots::permit2);
      add(all, PERMIT2_CALL, role, EvmPlots::permit2Call);
      add(all, APPROVAL_FOR_ALL, role, EvmPlots::operator);
      add(all, EIP7702, role, EvmPlots::delegation);
      add(all, RAW_HASH, role, EvmPlots::rawHash);
      add(all, PERSONAL_SIGN, role, EvmPlots::message);
      add(all, TYPED_DATA, role, EvmPlots::typedData);
      add(all, AUTHORIZATION_STRANGER, role, EvmPlots::authorization);
      add(all, RECEIVE_AUTHORIZATION, role, EvmPlots::receive);
    }
    all.add(Plot.of(AUTHORIZATION_MORE, Role.SHOPPER, EvmPlots::more));
    all.add(Plot.of(AUTHORIZATION_LONG, Role.SHOPPER, EvmPlots::lasting));
    all.add(Plot.of(AUTHORIZATION_LONG, Role.TREASURER, EvmPlots::lasting));
    all.add(Plot.of(AUTHORIZATION_DOMAIN, Role.SHOPPER, EvmPlots::domain));
    return all;
  }

  private static void add(List<Plot> all, Shape shape, Role role, SmuggledBytes bytes) {
    all.add(Plot.of(shape, role, engine -> smuggle(engine, role, bytes.of(engine))));
  }

  private interface SmuggledBytes {
    Bytes of(HostileEngine engine);
  }

  /// Under something the owner would like, under a call that says what it is, and under a payment
  /// of nearly nothing.
  private static void smuggle(HostileEngine engine, Role role, Bytes bytes) {
    List<Intent> honest = engine.honest().claims(role, ChainId.BASE);
    engine.smuggle(
        bytes,
        List.of(
            engine.pick(honest.toArray(Intent[]::new)),
            truly(engine, bytes),
            engine.honest().pay("alice", "0.000001", engine.word().usdcOnBase)));
  }

  /// A call intent that names the very function, as far as one can.
  private static Intent truly(HostileEngine engine, Bytes bytes) {
    OwnerWord word = engine.word();
    Amount nothing = Amount.zero(word.described(word.ether));
    return new Intent.Call(
        engine.pick(
            Honest.contract(word.usdcOnBase), engine.parties().of("distributor", ChainId.BASE)),
        engine.pick(
            "approve(address,uint256)",
            "claim(address,uint256)",
            "setApprovalForAll(address,bool)",
            "transferFrom(address,address,uint256)"),
        List.of(
            engine.parties().of("mallory", ChainId.BASE).text().toLowerCase(Locale.ROOT),
            String.valueOf(bytes.size())),
        nothing,
        nothing);
  }

  private static Address mallory(HostileEngine engine) {
    return engine.parties().of(engine.pick("mallory", "pool"), ChainId.BASE);
  }

  private static Address token(HostileEngine engine) {
    OwnerWord word = engine.word();
    return Honest.contract(engine.pick(word.usdcOnBase, word.wrapped, word.eurc));
  }

  private static Bytes call(HostileEngine engine, Address to, byte[] data) {
    return engine.honest().transaction(to, BigInteger.ZERO, data);
  }

  private static Bytes approve(HostileEngine engine) {
    return call(
        engine,
        token(engine),
        EvmBytes.call(
            "approve(address,uint256)", mallory(engine), engine.big(1_000_000, 10_000_000)));
  }

  private static Bytes approveAll(HostileEngine engine) {
    Address spender =
        engine.random().nextBoolean()
            ? mallory(engine)
            : engine.parties().of("router", ChainId.BASE);
    return call(engine, token(engine), EvmBytes.call("approve(address,uint256)", spender, ALL));
  }

  private static Bytes increase(HostileEngine engine) {
    String function =
        engine.pick(
            "increaseAllowance(address,uint256)",
            "increaseApproval(address,uint256)",
            "increaseAllowance(address,uint256)");
    return call(
        engine, token(engine), EvmBytes.call(function, mallory(engine), engine.big(1, 1L << 60)));
  }

  private static Bytes transferFrom(HostileEngine engine) {
    Address wallet = engine.parties().wallet(ChainId.BASE);
    return call(
        engine,
        token(engine),
        EvmBytes.call(
            engine.pick(
                "transferFrom(address,address,uint256)",
                "safeTransferFrom(address,address,uint256)"),
            wallet,
            mallory(engine),
            engine.big(1, 1L << 60)));
  }

  private static Bytes typed(HostileEngine engine, String type, Address contract, Object... words) {
    return EvmBytes.typedData(
        type, "USD Coin", engine.pick("1", "2"), engine.pick(8453L, 1L), contract, words);
  }

  private static Bytes permit(HostileEngine engine) {
    Address wallet = engine.parties().wallet(ChainId.BASE);
    return typed(
        engine,
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)",
        token(engine),
        wallet,
        mallory(engine),
        engine.pick(ALL, BigInteger.TEN.pow(9)),
        0,
        ALL);
  }

  private static Bytes permitCall(HostileEngine engine) {
    return call(
        engine,
        token(engine),
        EvmBytes.call(
            "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
            engine.parties().wallet(ChainId.BASE),
            mallory(engine),
            ALL,
            ALL,
            27,
            BigInteger.ONE,
            BigInteger.TWO));
  }

  private static Bytes permit2(HostileEngine engine) {
    return typed(
        engine,
        engine.pick(
            "PermitSingle(PermitDetails details,address spender,uint256 sigDeadline)"
                + "PermitDetails(address token,uint160 amount,uint48 expiration,uint48 nonce)",
            "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,"
                + "uint256 deadline)TokenPermissions(address token,uint256 amount)",
            "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,"
                + "uint256 deadline,bytes32 witness)TokenPermissions(address token,uint256 amount)"),
        PERMIT2,
        token(engine),
        ALL,
        mallory(engine),
        0,
        ALL);
  }

  private static Bytes permit2Call(HostileEngine engine) {
    return engine.random().nextBoolean()
        ? call(
            engine,
            PERMIT2,
            EvmBytes.call(
                "approve(address,address,uint160,uint48)",
                token(engine),
                mallory(engine),
                BigInteger.TWO.pow(160).subtract(BigInteger.ONE),
                BigInteger.TWO.pow(48).subtract(BigInteger.ONE)))
        : call(
            engine,
            PERMIT2,
            EvmBytes.call(
                "transferFrom(address,address,uint160,address)",
                engine.parties().wallet(ChainId.BASE),
                mallory(engine),
                engine.big(1, 1L << 50),
                token(engine)));
  }

  private static Bytes operator(HostileEngine engine) {
    return call(
        engine,
        token(engine),
        EvmBytes.call(
            engine.pick("setApprovalForAll(address,bool)", "setOperator(address,bool)"),
            mallory(engine),
            true));
  }

  private static Bytes delegation(HostileEngine engine) {
    return engine.random().nextBoolean()
        ? EvmBytes.delegating(
            engine.honest().terms(), engine.parties().wallet(ChainId.BASE), mallory(engine))
        : EvmBytes.delegation(engine.pick(0L, 8453L), mallory(engine), engine.number(0, 99));
  }

  private static Bytes rawHash(HostileEngine engine) {
    byte[] hash = EvmBytes.hash(approveAll(engine));
    if (engine.random().nextInt(4) == 0) {
      // A hash that begins as a typed transaction or as typed data does.
      hash[0] = engine.pick((byte) 2, (byte) 0x19);
      hash[1] = engine.pick((byte) 0xf8, (byte) 1);
    }
    return Bytes.of(hash);
  }

  private static Bytes message(HostileEngine engine) {
    return EvmBytes.message(
        engine.pick(
            "I authorise the transfer of all my tokens",
            "0x" + engine.honest().terms().nonce(),
            "login to market at " + engine.clock().instant()));
  }

  private static Bytes typedData(HostileEngine engine) {
    return typed(
        engine,
        engine.pick(
            "SafeTx(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,"
                + "uint256 baseGas,uint256 gasPrice,address gasToken,address refundReceiver,"
                + "uint256 nonce)",
            "Delegation(address delegatee,uint256 nonce,uint256 expiry)",
            "Order(address maker,address taker,uint256 makerAmount,uint256 takerAmount)",
            "CancelAuthorization(address authorizer,bytes32 nonce)",
            "TransferWithAuthorization(address from,address to,uint256 value)"),
        token(engine),
        mallory(engine),
        engine.big(1, 1L << 60),
        mallory(engine),
        0,
        0,
        0,
        0,
        0,
        0);
  }

  private static Bytes authorization(HostileEngine engine) {
    return engine
        .honest()
        .authorization(
            engine.word().usdcOnBase, mallory(engine), engine.big(1, 1_000_000_000_000L));
  }

  private static Bytes receive(HostileEngine engine) {
    long now = engine.clock().instant().getEpochSecond();
    return typed(
        engine,
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,"
            + "uint256 validBefore,bytes32 nonce)",
        Honest.contract(engine.word().usdcOnBase),
        engine.parties().wallet(ChainId.BASE),
        mallory(engine),
        engine.big(1, 1_000_000_000),
        now - 600,
        now + 60,
        engine.big(1, 1L << 60));
  }

  private static Intent.Payment lawful(HostileEngine engine) {
    return engine
        .honest()
        .payment("api.example.com", engine.parties().of("oracle", ChainId.BASE), "0.3");
  }

  private static void more(HostileEngine engine) {
    Intent.Payment intent = lawful(engine);
    BigInteger units = intent.amount().baseUnits().add(engine.big(1, 1_000_000_000_000L));
    engine.ask(
        intent,
        engine.honest().authorization(engine.word().usdcOnBase, intent.payee().address(), units));
  }

  /// Good for days, from next year on, or until for ever.
  private static void lasting(HostileEngine engine) {
    long now = engine.clock().instant().getEpochSecond();
    long day = 24 * 3600;
    long after =
        engine.pick(0L, now - 600, now + 2 * day, now + 400 * day, now - 600, now + 26 * 3600);
    long before =
        engine.pick(after + 60, after + day, after + day - 1, now + 30 * day, (1L << 40) - 1);
    AssetId asset = engine.word().usdcOnBase;
    Intent.Payment payment = lawful(engine);
    Intent.Transfer transfer = engine.honest().pay("alice", "3", asset);
    engine.ask(
        payment,
        engine
            .honest()
            .authorization(
                asset,
                payment.payee().address(),
                payment.amount().baseUnits(),
                after,
                before,
                8453));
    engine.ask(
        transfer,
        engine
            .honest()
            .authorization(
                asset,
                transfer.payee().address(),
                transfer.amount().baseUnits(),
                after,
                before,
                8453));
  }

  private static void domain(HostileEngine engine) {
    Intent.Payment intent = lawful(engine);
    long now = engine.clock().instant().getEpochSecond();
    AssetId asset =
        engine.pick(engine.word().usdcOnBase, engine.word().eurc, engine.word().wrapped);
    long chain = asset.equals(engine.word().usdcOnBase) ? engine.pick(1L, 10L, 84532L) : 8453L;
    Bytes bytes =
        engine
            .honest()
            .authorization(
                asset,
                intent.payee().address(),
                intent.amount().baseUnits(),
                now - 600,
                now + 60,
                chain);
    engine.ask(intent, bytes);
    var payee = new Payee("oracle", intent.payee().address(), Provenance.MANDATE);
    engine.ask(new Intent.Transfer(payee, intent.amount(), ""), bytes);
  }
}
