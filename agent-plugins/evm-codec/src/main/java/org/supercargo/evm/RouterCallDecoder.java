package org.supercargo.evm;

import java.math.BigInteger;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Effect;

/// Reads calls of a SwapRouter02.
///
/// The router gives three arguments a meaning of their own: the recipient 1 is the caller, the
/// recipient 2 is the router itself, and the amount 0 is all that the router happens to hold. What
/// it holds is anyone's, so whatever a call leaves there counts as lost.
record RouterCallDecoder(Address wallet, SwapRouter router) {
  private static final EvmAddress CALLER = account(1);
  private static final EvmAddress ROUTER_ITSELF = account(2);

  Effect effect(KnownFunction function, BigInteger value, Bytes data) {
    return switch (function) {
      case EXACT_INPUT_SINGLE -> swap(function.decode(data), value);
      case MULTICALL -> swapAndUnwrap(function.decode(data).byteStrings(0), value);
      case MULTICALL_UNTIL -> swapAndUnwrap(function.decode(data).byteStrings(1), value);
      case UNWRAP_WETH9 -> new Effect.Undecodable("the router's own WETH is taken out");
      case TRANSFER, APPROVE, INCREASE_ALLOWANCE ->
          throw new IllegalArgumentException(function + " is no call of a router");
    };
  }

  private Effect swap(AbiArguments swap, BigInteger value) {
    EvmAddress recipient = recipient(swap);
    if (isRouter(recipient)) {
      return new Effect.Undecodable("a swap that leaves what it buys in the router");
    }
    return exchange(
        swap, value, token(swap.account(1)), swap.number(5), recipient.on(wallet.chain()));
  }

  private Effect swapAndUnwrap(List<Bytes> calls, BigInteger value) {
    if (calls.size() != 2
        || !calls(calls.get(0), KnownFunction.EXACT_INPUT_SINGLE)
        || !calls(calls.get(1), KnownFunction.UNWRAP_WETH9)) {
      return new Effect.Undecodable(
          "several router calls at once that are not one swap and one unwrapping of WETH");
    }
    AbiArguments swap = KnownFunction.EXACT_INPUT_SINGLE.decode(calls.get(0));
    AbiArguments unwrap = KnownFunction.UNWRAP_WETH9.decode(calls.get(1));
    if (!isWrappedEther(swap.account(1)) || !isRouter(recipient(swap))) {
      return new Effect.Undecodable("a swap whose result is not what is unwrapped");
    }
    return exchange(
        swap,
        value,
        AssetId.nativeOf(wallet.chain()),
        unwrap.number(0),
        unwrap.account(1).on(wallet.chain()));
  }

  private Effect exchange(
      AbiArguments swap, BigInteger value, AssetId buy, BigInteger bought, Address recipient) {
    BigInteger sold = swap.number(4);
    if (sold.signum() == 0) {
      return new Effect.Undecodable("a swap of whatever the router holds");
    }
    if (swap.number(6).signum() != 0) {
      return new Effect.Undecodable("a swap that stops at a price and may sell only a part");
    }
    AssetId sell = token(swap.account(0));
    if (value.signum() != 0) {
      if (!isWrappedEther(swap.account(0)) || !value.equals(sold)) {
        return new Effect.Undecodable("native value that differs from what the swap sells");
      }
      sell = AssetId.nativeOf(wallet.chain());
    }
    if (sell.equals(buy) || swap.account(0).equals(swap.account(1))) {
      return new Effect.Undecodable("a swap of an asset for itself");
    }
    return new Effect.Exchange(wallet, sell, sold, buy, bought, recipient, router.contract());
  }

  private EvmAddress recipient(AbiArguments swap) {
    EvmAddress recipient = swap.account(3);
    return recipient.equals(CALLER) ? EvmAddress.of(wallet) : recipient;
  }

  private boolean isRouter(EvmAddress account) {
    return account.equals(ROUTER_ITSELF) || account.on(wallet.chain()).equals(router.contract());
  }

  private boolean isWrappedEther(EvmAddress token) {
    return token.on(wallet.chain()).equals(router.wrappedEther());
  }

  private AssetId token(EvmAddress contract) {
    return AssetId.token(contract.on(wallet.chain()));
  }

  private static boolean calls(Bytes data, KnownFunction function) {
    return KnownFunction.find(data).filter(function::equals).isPresent();
  }

  private static EvmAddress account(int last) {
    byte[] value = new byte[20];
    value[19] = (byte) last;
    return new EvmAddress(Bytes.of(value));
  }
}
