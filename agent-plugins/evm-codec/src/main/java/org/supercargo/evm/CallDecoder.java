package org.supercargo.evm;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Effect;

/// Reads what a call from `wallet` to `contract` does besides costing its fee.
record CallDecoder(Address wallet, EvmAddress contract, Set<SwapRouter> routers) {
  /// An allowance that is raised by some amount may end anywhere up to here.
  private static final BigInteger UNBOUNDED = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  Effect effect(BigInteger value, Bytes data) {
    if (data.size() == 0) {
      return new Effect.Move(
          AssetId.nativeOf(wallet.chain()), wallet, contract.on(wallet.chain()), value);
    }
    Optional<KnownFunction> known = KnownFunction.find(data);
    if (known.isEmpty()) {
      return new Effect.Undecodable(
          "a call of the unknown function 0x"
              + AbiFunction.selectorOf(data).hex()
              + " of "
              + contract);
    }
    return switch (known.get()) {
      case TRANSFER, APPROVE, INCREASE_ALLOWANCE ->
          value.signum() == 0
              ? tokenCall(known.get(), known.get().decode(data))
              : new Effect.Undecodable(
                  "native value sent along with a call of the token " + contract);
      case TRANSFER_FROM ->
          new Effect.Undecodable("a transfer of tokens of " + contract + " on someone's allowance");
      case PERMIT ->
          new Effect.AuthorityChange(contract.on(wallet.chain()), "a signed permit is used");
      case SET_APPROVAL_FOR_ALL ->
          new Effect.AuthorityChange(
              contract.on(wallet.chain()), "an operator of all tokens is set or removed");
      case TRANSFER_OWNERSHIP ->
          new Effect.AuthorityChange(contract.on(wallet.chain()), "its ownership is transferred");
      case EXACT_INPUT_SINGLE, MULTICALL, MULTICALL_UNTIL, UNWRAP_WETH9 ->
          routerCall(known.get(), value, data);
    };
  }

  private Effect tokenCall(KnownFunction function, AbiArguments arguments) {
    AssetId token = AssetId.token(contract.on(wallet.chain()));
    Address other = arguments.account(0).on(wallet.chain());
    BigInteger amount = arguments.number(1);
    return switch (function) {
      case TRANSFER -> new Effect.Move(token, wallet, other, amount);
      case INCREASE_ALLOWANCE -> new Effect.Approval(token, wallet, other, UNBOUNDED);
      case APPROVE -> new Effect.Approval(token, wallet, other, amount);
      case TRANSFER_FROM,
          PERMIT,
          SET_APPROVAL_FOR_ALL,
          TRANSFER_OWNERSHIP,
          EXACT_INPUT_SINGLE,
          MULTICALL,
          MULTICALL_UNTIL,
          UNWRAP_WETH9 ->
          throw new IllegalArgumentException(function + " is no call of a token");
    };
  }

  private Effect routerCall(KnownFunction function, BigInteger value, Bytes data) {
    Address address = contract.on(wallet.chain());
    return routers.stream()
        .filter(router -> router.contract().equals(address))
        .findFirst()
        .map(router -> new RouterCallDecoder(wallet, router).effect(function, value, data))
        .orElseGet(() ->
            new Effect.Undecodable("a swap through " + contract + ", which is no known router"));
  }
}
