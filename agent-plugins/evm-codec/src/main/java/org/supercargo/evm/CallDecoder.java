package org.supercargo.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Effect;

/// Reads what a call from `wallet` to `contract` does besides costing its fee.
///
/// @param functions signatures of functions that may be read as plain calls; they never change how
///   a function with a meaning of its own is read
record CallDecoder(
    Address wallet, EvmAddress contract, Set<SwapRouter> routers, Set<String> functions) {
  /// An allowance that is raised by some amount may end anywhere up to here.
  private static final BigInteger UNBOUNDED = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  Effect effect(BigInteger value, Bytes data) {
    if (data.size() == 0) {
      return new Effect.Move(AssetId.nativeOf(wallet.chain()), wallet, address(), value);
    }
    if (data.size() < AbiFunction.SELECTOR_SIZE) {
      return new Effect.Undecodable(
          "data of " + data.size() + " bytes, too short to name a function, sent to " + contract);
    }
    Bytes selector = AbiFunction.selectorOf(data);
    List<String> named = named(selector);
    Optional<KnownFunction> known = KnownFunction.findBySelector(selector);
    Optional<DeniedPower> denied = DeniedPower.find(selector);
    if (named.size() > 1
        || known.filter(function -> differs(named, function.signature())).isPresent()
        || DeniedPower.signatureOf(selector).filter(it -> differs(named, it)).isPresent()) {
      return new Effect.Undecodable(
          "a call of 0x" + selector.hex() + ", which is the selector of two functions");
    }
    if (known.isPresent()) {
      return known(known.get(), value, data);
    }
    if (denied.isPresent()) {
      return denied.get().effect(address());
    }
    return named.isEmpty()
        ? new Effect.Undecodable(
            "a call of the unknown function 0x" + selector.hex() + " of " + contract)
        : plainCall(named.getFirst(), value, data);
  }

  private List<String> named(Bytes selector) {
    return functions.stream()
        .filter(function -> AbiFunction.selectorOf(function).equals(selector))
        .sorted()
        .toList();
  }

  private static boolean differs(List<String> named, String signature) {
    return !named.isEmpty() && !named.contains(signature);
  }

  private Effect known(KnownFunction function, BigInteger value, Bytes data) {
    return switch (function) {
      case TRANSFER, APPROVE, INCREASE_ALLOWANCE ->
          value.signum() == 0
              ? tokenCall(function, function.decode(data))
              : new Effect.Undecodable(
                  "native value sent along with a call of the token " + contract);
      case EXACT_INPUT_SINGLE, MULTICALL, MULTICALL_UNTIL, UNWRAP_WETH9 ->
          router()
              .map(router -> new RouterCallDecoder(wallet, router).effect(function, value, data))
              .orElseGet(() ->
                  new Effect.Undecodable(
                      "a swap through " + contract + ", which is no known router"));
    };
  }

  private Effect tokenCall(KnownFunction function, AbiArguments arguments) {
    AssetId token = AssetId.token(address());
    Address other = arguments.account(0).on(wallet.chain());
    BigInteger amount = arguments.number(1);
    return switch (function) {
      case TRANSFER -> new Effect.Move(token, wallet, other, amount);
      case INCREASE_ALLOWANCE -> new Effect.Approval(token, wallet, other, UNBOUNDED);
      case APPROVE -> new Effect.Approval(token, wallet, other, amount);
      case EXACT_INPUT_SINGLE, MULTICALL, MULTICALL_UNTIL, UNWRAP_WETH9 ->
          throw new IllegalArgumentException(function + " is no call of a token");
    };
  }

  /// A call with every argument, if the arguments are in their one canonical encoding.
  private Effect plainCall(String function, BigInteger value, Bytes data) {
    if (router().isPresent()) {
      return new Effect.Undecodable("a call of the router " + contract + " that is no swap");
    }
    List<AbiType> types;
    try {
      types = AbiFunction.parameterTypes(function);
    } catch (IllegalArgumentException unreadable) {
      return new Effect.Undecodable(
          "a call of a function that cannot be read: " + unreadable.getMessage());
    }
    Bytes arguments = AbiFunction.argumentsOf(data);
    List<AbiValue> values = AbiReader.decode(types, arguments);
    if (!AbiWriter.encode(types, values).equals(arguments)) {
      return new Effect.Undecodable("a call of " + function + " in no canonical encoding");
    }
    var texts = new ArrayList<String>();
    for (int i = 0; i < values.size(); i++) {
      texts.add(ArgumentText.of(types.get(i), values.get(i)));
    }
    return new Effect.Call(wallet, address(), function, texts, value);
  }

  private Optional<SwapRouter> router() {
    return routers.stream().filter(router -> router.contract().equals(address())).findFirst();
  }

  private Address address() {
    return contract.on(wallet.chain());
  }
}
