package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.BalanceChange;
import org.supercargo.api.intent.Receipt;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.SignedEnvelope;
import org.supercargo.evm.SwapRouter;
import org.supercargo.evm.UnsignedTransaction;

/// Says exactly what a final transaction did to the wallet that signed it.
///
/// Tokens are read from events. The native coin leaves no events: its change is the value and the
/// fee, less what a router unwrapped for the wallet. It is compared with the balances around the
/// block when nothing else of the wallet is in it. An account loses nothing but by its own
/// transactions, so a greater loss is a charge that the receipt does not name, and counts as fee.
record ReceiptBuilder(ChainId chain, EvmNode node, Set<SwapRouter> routers) {

  Receipt build(
      NodeReceipt landed, SignedEnvelope envelope, EvmAddress wallet, List<Asset> assets) {
    UnsignedTransaction transaction = envelope.transaction();
    BigInteger derived = landed.fee().negate();
    if (landed.succeeded()) {
      derived =
          derived.subtract(sent(transaction, wallet)).add(unwrapped(landed, transaction, wallet));
    }
    BigInteger unnamed = unnamedCharge(landed, wallet, derived);
    var changes = new ArrayList<BalanceChange>();
    changes.add(new BalanceChange(AssetId.nativeOf(chain), derived.subtract(unnamed)));
    changes.addAll(tokens(landed, wallet, assets));
    return new Receipt(
        new TransactionId(chain, "0x" + envelope.hash().hex()),
        landed.block().longValueExact(),
        landed.succeeded() ? null : failure(landed, transaction, wallet),
        changes,
        landed.fee().add(unnamed),
        BigInteger.ZERO);
  }

  private static BigInteger sent(UnsignedTransaction transaction, EvmAddress wallet) {
    return wallet.equals(transaction.to()) ? BigInteger.ZERO : transaction.value();
  }

  private BigInteger unwrapped(
      NodeReceipt landed, UnsignedTransaction transaction, EvmAddress wallet) {
    EvmAddress to = transaction.to();
    if (to == null) {
      return BigInteger.ZERO;
    }
    return routers.stream()
        .filter(router -> router.contract().equals(to.on(chain)))
        .map(router -> new RouterPayout(chain, router).to(wallet, transaction, landed.logs()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private BigInteger unnamedCharge(NodeReceipt landed, EvmAddress wallet, BigInteger derived) {
    return measured(landed, wallet)
        .map(derived::subtract)
        .filter(gap -> gap.signum() > 0)
        .orElse(BigInteger.ZERO);
  }

  /// The change of the wallet's native balance over the block, if this transaction is the wallet's
  /// only one in it and the node still knows.
  private Optional<BigInteger> measured(NodeReceipt landed, EvmAddress wallet) {
    String block = EvmNode.at(landed.block());
    String before = EvmNode.at(landed.block().subtract(BigInteger.ONE));
    try {
      BigInteger transactions =
          node.transactionCount(wallet, block).subtract(node.transactionCount(wallet, before));
      if (!transactions.equals(BigInteger.ONE)) {
        return Optional.empty();
      }
      return Optional.of(node.balance(wallet, block).subtract(node.balance(wallet, before)));
    } catch (SupercargoException noHistory) {
      if (noHistory.category() == SupercargoException.Category.EXTERNAL) {
        return Optional.empty();
      }
      throw noHistory;
    }
  }

  private List<BalanceChange> tokens(NodeReceipt landed, EvmAddress wallet, List<Asset> assets) {
    Set<AssetId> wanted = assets.stream().map(Asset::id).collect(Collectors.toSet());
    return new BalanceLogs(chain, landed.logs())
        .changesOf(wallet).stream()
            .filter(change -> !change.asset().isNative() && wanted.contains(change.asset()))
            .toList();
  }

  /// Runs the call again on the state before the block, because receipts do not tell reasons; on
  /// the newest state where the node does not keep that one.
  private String failure(NodeReceipt landed, UnsignedTransaction transaction, EvmAddress wallet) {
    if (landed.gasUsed().equals(transaction.gasLimit())) {
      return "the transaction ran out of gas";
    }
    EvmAddress to = transaction.to();
    if (to == null) {
      return "the contract was not created";
    }
    var call = new EvmNode.Call(wallet, to, transaction.value(), transaction.data());
    String before = EvmNode.at(landed.block().subtract(BigInteger.ONE));
    for (String block : List.of(before, EvmNode.LATEST)) {
      try {
        if (node.call(call, block) instanceof CallOutcome.Reverted<Bytes>(String reason)) {
          return reason;
        }
      } catch (SupercargoException noHistory) {
        if (noHistory.category() != SupercargoException.Category.EXTERNAL) {
          throw noHistory;
        }
      }
    }
    return "the contract reverted";
  }
}
