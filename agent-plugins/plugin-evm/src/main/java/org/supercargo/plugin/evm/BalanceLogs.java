package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.Keccak256;

/// Reads from events what they say about balances.
///
/// Sources: [ERC-20](https://eips.ethereum.org/EIPS/eip-20) for `Transfer`,
/// [eth_simulateV1](https://ethereum.github.io/execution-apis/) for the native coin's, WETH9 for
/// `Withdrawal`.
record BalanceLogs(ChainId chain, List<NodeLog> logs) {
  /// The contract under which simulations report movements of the native coin.
  static final EvmAddress NATIVE_COIN =
      EvmAddress.parse("0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE");

  private static final Bytes TRANSFER = topic("Transfer(address,address,uint256)");
  private static final Bytes WITHDRAWAL = topic("Withdrawal(address,uint256)");
  private static final int WORD = 32;

  /// Changes of what `wallet` holds, by asset and without zeros.
  List<BalanceChange> changesOf(EvmAddress wallet) {
    Map<AssetId, BigInteger> sums = new LinkedHashMap<>();
    for (NodeLog log : logs) {
      if (!isTransfer(log)) {
        continue;
      }
      var amount = new BigInteger(1, log.data().toArray());
      if (account(log.topics().get(1)).equals(wallet.value())) {
        sums.merge(asset(log), amount.negate(), BigInteger::add);
      }
      if (account(log.topics().get(2)).equals(wallet.value())) {
        sums.merge(asset(log), amount, BigInteger::add);
      }
    }
    var changes = new ArrayList<BalanceChange>();
    sums.forEach((asset, sum) -> {
      if (sum.signum() != 0) {
        changes.add(new BalanceChange(asset, sum));
      }
    });
    return changes;
  }

  /// How much of the native coin `holder` got out of `wrapped`, a WETH9 contract.
  BigInteger unwrapped(EvmAddress wrapped, EvmAddress holder) {
    return logs.stream()
        .filter(log -> log.contract().equals(wrapped))
        .filter(log -> log.topics().size() == 2 && log.topics().get(0).equals(WITHDRAWAL))
        .filter(log -> account(log.topics().get(1)).equals(holder.value()))
        .map(log -> new BigInteger(1, log.data().toArray()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static boolean isTransfer(NodeLog log) {
    return log.topics().size() == 3
        && log.topics().get(0).equals(TRANSFER)
        && log.data().size() == WORD;
  }

  private AssetId asset(NodeLog log) {
    return log.contract().equals(NATIVE_COIN)
        ? AssetId.nativeOf(chain)
        : AssetId.token(log.contract().on(chain));
  }

  private static Bytes account(Bytes topic) {
    return topic.size() == WORD ? Bytes.fromHex(topic.hex().substring(24)) : topic;
  }

  private static Bytes topic(String event) {
    return Keccak256.hash(Bytes.of(event.getBytes(StandardCharsets.US_ASCII)));
  }
}
