package org.supercargo.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// Transactions that tests start from.
final class Samples {
  static final EvmAddress WALLET = EvmAddress.ofPublicKey(TestKey.OF_EIP_155.publicKey());
  static final Address WALLET_ON_BASE = WALLET.on(ChainId.BASE);
  static final EvmAddress ALICE = EvmAddress.parse("0x3535353535353535353535353535353535353535");
  static final EvmAddress USDC = EvmAddress.parse("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
  static final EvmAddress WETH = EvmAddress.of(SwapRouter.BASE.wrappedEther());
  static final EvmAddress ROUTER = EvmAddress.of(SwapRouter.BASE.contract());
  static final EvmAddress ROUTER_ITSELF =
      EvmAddress.parse("0x0000000000000000000000000000000000000002");
  static final BigInteger SOLD = BigInteger.valueOf(2_500_000);
  static final BigInteger BOUGHT = BigInteger.valueOf(800_000_000_000_000L);

  private Samples() {}

  static UnsignedTransaction to(EvmAddress to, BigInteger value, Bytes data) {
    return new UnsignedTransaction(
        BigInteger.valueOf(8453),
        BigInteger.valueOf(7),
        BigInteger.valueOf(1_000_000),
        BigInteger.valueOf(20_000_000),
        BigInteger.valueOf(65_000),
        to,
        value,
        data,
        List.of());
  }

  static Bytes swap(EvmAddress in, EvmAddress out, EvmAddress recipient, BigInteger sold) {
    return swap(in, out, recipient, sold, BigInteger.ZERO);
  }

  static Bytes swap(
      EvmAddress in, EvmAddress out, EvmAddress recipient, BigInteger sold, BigInteger limit) {
    return KnownFunction.EXACT_INPUT_SINGLE.encode(
        AbiValue.of(in),
        AbiValue.of(out),
        AbiValue.of(500),
        AbiValue.of(recipient),
        AbiValue.of(sold),
        AbiValue.of(BOUGHT),
        AbiValue.of(limit));
  }

  static Bytes unwrap(EvmAddress recipient) {
    return KnownFunction.UNWRAP_WETH9.encode(AbiValue.of(BOUGHT), AbiValue.of(recipient));
  }

  static Bytes multicall(Bytes... calls) {
    return KnownFunction.MULTICALL.encode(AbiValue.of(List.of(calls)));
  }

  static Bytes multicallUntil(long deadline, Bytes... calls) {
    return KnownFunction.MULTICALL_UNTIL.encode(AbiValue.of(deadline), AbiValue.of(List.of(calls)));
  }

  /// One of each kind that is decoded to something other than undecodable.
  static Map<String, UnsignedTransaction> decodable() {
    BigInteger none = BigInteger.ZERO;
    Bytes swap = swap(USDC, WETH, ROUTER_ITSELF, SOLD);
    return Map.of(
        "value", to(ALICE, new BigInteger("1000000000000000000"), Bytes.EMPTY),
        "transfer",
            to(USDC, none, KnownFunction.TRANSFER.encode(AbiValue.of(ALICE), AbiValue.of(SOLD))),
        "approve",
            to(USDC, none, KnownFunction.APPROVE.encode(AbiValue.of(ROUTER), AbiValue.of(SOLD))),
        "swap of tokens", to(ROUTER, none, swap(USDC, WETH, WALLET, SOLD)),
        "swap of ether", to(ROUTER, SOLD, swap(WETH, USDC, WALLET, SOLD)),
        "swap for ether", to(ROUTER, none, multicall(swap, unwrap(WALLET))),
        "swap for ether in time",
            to(ROUTER, none, multicallUntil(1_800_000_000L, swap, unwrap(WALLET))));
  }
}
