package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.EvmCodec;
import org.supercargo.evm.SwapRouter;
import org.supercargo.evm.UnsignedTransaction;

/// How much of the native coin a router paid out.
///
/// A router that unwraps sends on all it unwrapped, so the WETH contract's event tells the amount.
record RouterPayout(ChainId chain, SwapRouter router) {

  BigInteger to(EvmAddress wallet, UnsignedTransaction transaction, List<NodeLog> logs) {
    Address owner = wallet.on(chain);
    boolean paid =
        new EvmCodec(Set.of(router))
            .decode(chain, transaction.bytes(), owner, DecodingHints.NONE).stream()
                .anyMatch(effect ->
                    effect instanceof Effect.Exchange exchange
                        && exchange.buy().isNative()
                        && exchange.recipient().equals(owner));
    return paid
        ? new BalanceLogs(chain, logs)
            .unwrapped(EvmAddress.of(router.wrappedEther()), EvmAddress.of(router.contract()))
        : BigInteger.ZERO;
  }
}
