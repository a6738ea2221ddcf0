package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.SignedEnvelope;

/// Finds out what became of a transaction.
///
/// @param confirmations blocks from a transaction's own to the newest until it is final
record StatusFinder(EvmNode node, int confirmations, ReceiptBuilder receipts) {

  TransactionStatus status(SignedEnvelope envelope, EvmAddress wallet, List<Asset> assets) {
    String hash = "0x" + envelope.hash().hex();
    BigInteger latest = node.blockNumber();
    Optional<NodeReceipt> receipt = node.receipt(hash);
    if (receipt.isPresent()) {
      return landed(receipt.get(), latest, envelope, wallet, assets);
    }
    BigInteger nonce = envelope.transaction().nonce();
    if (node.transactionCount(wallet, EvmNode.LATEST).compareTo(nonce) <= 0) {
      return new TransactionStatus.Unseen();
    }
    return numberUsed(hash, envelope, wallet, assets);
  }

  private TransactionStatus landed(
      NodeReceipt receipt,
      BigInteger latest,
      SignedEnvelope envelope,
      EvmAddress wallet,
      List<Asset> assets) {
    BigInteger depth = latest.subtract(receipt.block()).add(BigInteger.ONE);
    boolean deep = depth.compareTo(BigInteger.valueOf(confirmations)) >= 0;
    if (!deep || !isCanonical(receipt)) {
      return new TransactionStatus.Seen(receipt.block().longValueExact());
    }
    return new TransactionStatus.Final(receipts.build(receipt, envelope, wallet, assets));
  }

  private boolean isCanonical(NodeReceipt receipt) {
    return node.block(receipt.block())
        .filter(block -> block.hash().equals(receipt.blockHash()))
        .isPresent();
  }

  /// The number is used. Whether by this transaction is asked again, because it may have landed
  /// since, and because an endpoint may be several nodes of which one lags behind.
  private TransactionStatus numberUsed(
      String hash, SignedEnvelope envelope, EvmAddress wallet, List<Asset> assets) {
    BigInteger nonce = envelope.transaction().nonce();
    BigInteger latest = node.blockNumber();
    BigInteger finalBlock = latest.subtract(BigInteger.valueOf(confirmations - 1L));
    NonceSearch.Use use = new NonceSearch(node, wallet, nonce).find(latest, finalBlock);
    Optional<NodeReceipt> receipt = node.receipt(hash);
    if (receipt.isPresent()) {
      return landed(receipt.get(), latest, envelope, wallet, assets);
    }
    return switch (use) {
      case NonceSearch.Use.Recent _ -> new TransactionStatus.Unseen();
      case NonceSearch.Use.Settled(Optional<String> other)
          when other.filter(hash::equals).isPresent() || node.knows(hash) ->
          new TransactionStatus.Unseen();
      case NonceSearch.Use.Settled(Optional<String> other) ->
          new TransactionStatus.Dead(
              "number "
                  + nonce
                  + " of "
                  + wallet
                  + " is used "
                  + other.map(used -> "by " + used + " ").orElse("")
                  + "in the final blocks up to "
                  + finalBlock
                  + ", and there is no receipt for "
                  + hash);
    };
  }
}
