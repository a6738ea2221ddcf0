package org.supercargo.evm.mutation;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.FeeLimit;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.api.mandate.Rule;
import org.supercargo.api.mandate.Valuations;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.CallEncoder;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.KnownFunction;
import org.supercargo.evm.PaymentAuthorization;
import org.supercargo.evm.SwapRouter;
import org.supercargo.evm.TokenDomain;
import org.supercargo.evm.UnsignedTransaction;

/// One specimen of every kind of intent that settles on an EVM chain.
public final class Specimens {
  static final Instant NOW = Instant.ofEpochSecond(1_763_900_600L);
  static final ChainId BASE = ChainId.BASE;
  static final EvmAddress WALLET = evm("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
  static final EvmAddress ALICE = evm("0x3535353535353535353535353535353535353535");
  static final EvmAddress USDC = evm("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
  static final EvmAddress WETH = EvmAddress.of(SwapRouter.BASE.wrappedEther());
  static final EvmAddress ROUTER = EvmAddress.of(SwapRouter.BASE.contract());
  static final EvmAddress ROUTER_ITSELF = evm("0x0000000000000000000000000000000000000002");
  static final EvmAddress CALLER = evm("0x0000000000000000000000000000000000000001");
  static final EvmAddress VAULT = evm("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB");

  static final Asset ETHER = new Asset(AssetId.nativeOf(BASE), "ETH", 18);
  static final Asset DOLLARS = new Asset(AssetId.token(USDC.on(BASE)), "USDC", 6);
  static final FeeLimit FEES =
      new FeeLimit(
          Amount.parse("0.0001", ETHER),
          Amount.parse("0.00001", ETHER),
          Amount.parse("1", ETHER),
          Duration.ofDays(1));

  private static final Address FROM = WALLET.on(BASE);
  private static final Amount SOLD = Amount.parse("2.5", DOLLARS);
  private static final Amount BOUGHT = Amount.parse("0.0008", ETHER);

  private static final BigInteger NO_VALUE = BigInteger.ZERO;
  private static final Amount NOTHING = Amount.zero(ETHER);
  private static final List<String> CLAIM =
      List.of("0x3535353535353535353535353535353535353535", "1234567");
  private static final List<String> VOTE =
      List.of(
          "42",
          "true",
          "0x" + "ab".repeat(32),
          "Yes, with \"quotes\", a \\ and naïve ünïcode that is longer than a word");
  private static final String REBALANCE =
      "rebalance((address,int256)[],bytes,uint8[3],(string,(bytes4,bool))[2])";
  private static final List<String> REBALANCED =
      List.of(
          "[(0x833589fcd6edb6e08f4c7c32d4f71b54bda02913,-5),"
              + "(0x4200000000000000000000000000000000000006,7)]",
          "0xdeadbeef",
          "[1,2,255]",
          "[(\"a\\\"b\\\\c\",(0x01020304,true)),(\"\",(0xffffffff,false))]");

  private Specimens() {}

  /// A mandate that allows every specimen.
  public static Mandate mandate() {
    return new Mandate(
        Instant.MAX,
        Map.of(BASE, FEES),
        Valuations.NONE,
        null,
        List.of(),
        Map.of(),
        List.of(
            rule("transfers", Intent.Kind.TRANSFER),
            rule("payments", Intent.Kind.PAYMENT),
            rule("swaps", Intent.Kind.SWAP, contracts(ROUTER)),
            rule("calls", Intent.Kind.CALL, contracts(VAULT, WETH))));
  }

  private static Condition contracts(EvmAddress... contracts) {
    return new Condition.Contracts(
        Stream.of(contracts).map(contract -> contract.on(BASE)).collect(Collectors.toSet()));
  }

  private static Rule rule(String name, Intent.Kind kind, Condition... conditions) {
    return new Rule(name, Rule.Decision.ALLOW, null, Set.of(kind), List.of(conditions));
  }

  public static List<Specimen> all() {
    return List.of(
        transfer("transfer of ether", Amount.parse("0.0123", ETHER)),
        transfer("transfer of dollars", SOLD),
        approval(),
        swap("swap of tokens", SOLD, new Amount(wrapped(), BOUGHT.baseUnits()), NO_VALUE, tokens()),
        swap("swap of ether", BOUGHT, SOLD, BOUGHT.baseUnits(), ofEther()),
        swap("swap for ether", SOLD, BOUGHT, NO_VALUE, multicall()),
        swap("swap for ether in time", SOLD, BOUGHT, NO_VALUE, multicallUntil()),
        call(WETH, "deposit()", List.of(), Amount.parse("0.5", ETHER), "d0e30db0"),
        call(VAULT, "claim(address,uint256)", CLAIM, NOTHING, Recorded.CLAIM),
        call(VAULT, "vote(uint256,bool,bytes32,string)", VOTE, NOTHING, Recorded.VOTE),
        call(VAULT, REBALANCE, REBALANCED, NOTHING, Recorded.REBALANCE),
        payment());
  }

  private static Specimen transfer(String name, Amount amount) {
    var intent = new Intent.Transfer(alice(), amount, "");
    Bytes honest =
        amount.asset().id().isNative()
            ? envelope(ALICE, amount.baseUnits(), Bytes.EMPTY)
            : envelope(USDC, NO_VALUE, tokenCall(KnownFunction.TRANSFER, ALICE));
    return new Specimen(name, intent, "transfers", FROM, honest, Bytes.EMPTY);
  }

  private static Specimen approval() {
    var intent = new Intent.Swap(SOLD, BOUGHT, "uniswap");
    Bytes honest = envelope(USDC, NO_VALUE, tokenCall(KnownFunction.APPROVE, ROUTER));
    return new Specimen("approval", intent, "swaps", FROM, honest, Bytes.EMPTY);
  }

  private static Specimen swap(
      String name, Amount sold, Amount minimum, BigInteger value, Bytes data) {
    var intent = new Intent.Swap(sold, minimum, "uniswap");
    return new Specimen(name, intent, "swaps", FROM, envelope(ROUTER, value, data), Bytes.EMPTY);
  }

  private static Specimen call(
      EvmAddress contract, String function, List<String> arguments, Amount value, String recorded) {
    var intent = new Intent.Call(contract.on(BASE), function, arguments, value, value);
    Bytes honest = envelope(contract, value.baseUnits(), CallEncoder.encode(function, arguments));
    String name = "call of " + function.substring(0, function.indexOf('('));
    return new Specimen(name, intent, "calls", FROM, honest, Bytes.fromHex(recorded));
  }

  private static Specimen payment() {
    var intent = new Intent.Payment(alice(), SOLD, "api.example.com", "/weather");
    Bytes honest =
        new PaymentAuthorization(
                new TokenDomain("USD Coin", "2", BigInteger.valueOf(8453), USDC),
                WALLET,
                ALICE,
                SOLD.baseUnits(),
                1_763_900_000L,
                1_763_900_660L,
                Bytes.fromHex("5a".repeat(32)))
            .bytes();
    return new Specimen("payment", intent, "payments", FROM, honest, Bytes.EMPTY);
  }

  static Bytes envelope(EvmAddress to, BigInteger value, Bytes data) {
    return new UnsignedTransaction(
            BigInteger.valueOf(8453),
            BigInteger.valueOf(7),
            BigInteger.valueOf(1_000_000),
            BigInteger.valueOf(20_000_000),
            BigInteger.valueOf(265_000),
            to,
            value,
            data,
            List.of())
        .bytes();
  }

  private static Payee alice() {
    return new Payee("alice", ALICE.on(BASE), Provenance.MANDATE);
  }

  private static Asset wrapped() {
    return new Asset(AssetId.token(WETH.on(BASE)), "WETH", 18);
  }

  private static Bytes tokenCall(KnownFunction function, EvmAddress other) {
    return function.encode(AbiValue.of(other), AbiValue.of(SOLD.baseUnits()));
  }

  private static Bytes tokens() {
    return exactInput(USDC, WETH, WALLET, SOLD.baseUnits(), BOUGHT.baseUnits());
  }

  private static Bytes ofEther() {
    return exactInput(WETH, USDC, WALLET, BOUGHT.baseUnits(), SOLD.baseUnits());
  }

  private static Bytes multicall() {
    return KnownFunction.MULTICALL.encode(AbiValue.of(List.of(forEther(), unwrap())));
  }

  private static Bytes multicallUntil() {
    return KnownFunction.MULTICALL_UNTIL.encode(
        AbiValue.of(1_800_000_000L), AbiValue.of(List.of(forEther(), unwrap())));
  }

  private static Bytes forEther() {
    return exactInput(USDC, WETH, ROUTER_ITSELF, SOLD.baseUnits(), BOUGHT.baseUnits());
  }

  private static Bytes unwrap() {
    return KnownFunction.UNWRAP_WETH9.encode(AbiValue.of(BOUGHT.baseUnits()), AbiValue.of(WALLET));
  }

  private static Bytes exactInput(
      EvmAddress in, EvmAddress out, EvmAddress recipient, BigInteger sold, BigInteger bought) {
    return KnownFunction.EXACT_INPUT_SINGLE.encode(
        AbiValue.of(in),
        AbiValue.of(out),
        AbiValue.of(500),
        AbiValue.of(recipient),
        AbiValue.of(sold),
        AbiValue.of(bought),
        AbiValue.of(0));
  }

  private static EvmAddress evm(String text) {
    return EvmAddress.parse(text);
  }
}
