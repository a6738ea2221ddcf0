package org.supercargo.plugin.solana;

import java.util.List;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.chain.Validity;

/// Finds out what became of signed bytes. Calls them dead only when no block can take them any more
/// and none has.
final class StatusFinder {
  /// Blocks after the one its blockhash comes from in which a transaction can land.
  private static final long BLOCKHASH_LIFETIME = 150;

  private final SolanaRpc rpc;

  StatusFinder(SolanaRpc rpc) {
    this.rpc = rpc;
  }

  TransactionStatus find(SignedTransaction transaction, Address wallet, List<Asset> assets) {
    long lastHeight =
        switch (transaction.validity()) {
          case Validity.UntilHeight(long height) -> height;
          case Validity.Nonce nonce ->
              throw SupercargoException.bug(
                  "A Solana transaction is valid until a height, not until nonce " + nonce.number(),
                  null);
          case Validity.UntilTime time ->
              throw SupercargoException.bug(
                  "A Solana transaction is valid until a height, not until second " + time.second(),
                  null);
        };
    String signature = transaction.id().text();
    Optional<SolanaRpc.SignatureStatus> first = rpc.status(signature).status();
    if (first.isPresent()) {
      return landed(first.get(), transaction, wallet, assets);
    }
    SolanaRpc.FinalizedTip tip = rpc.finalizedTip();
    if (tip.blockHeight() <= lastHeight) {
      return new TransactionStatus.Unseen();
    }
    // Asked before the tip was read, the first answer does not cover the blocks up to the tip.
    SolanaRpc.StatusReply second = rpc.status(signature);
    if (second.status().isPresent()) {
      return landed(second.status().get(), transaction, wallet, assets);
    }
    if (second.seenAt() < tip.slot()) {
      // Another node behind the same endpoint answered, one that has not seen the tip.
      return new TransactionStatus.Unseen();
    }
    requireHistory(lastHeight - BLOCKHASH_LIFETIME);
    return new TransactionStatus.Dead(
        "the finalized block height %d is past %d, the last it could land in, and a search of the node's history after that, at slot %d, found no transaction %s"
            .formatted(tip.blockHeight(), lastHeight, second.seenAt(), signature));
  }

  /// A node that has forgotten the blocks in question cannot tell that they lack the transaction.
  private void requireHistory(long firstHeight) {
    long oldest = rpc.oldestKnownHeight();
    if (oldest > firstHeight) {
      throw SupercargoException.external(
          "The Solana node's history begins at block height "
              + oldest
              + ", too late to tell whether the transaction landed at "
              + firstHeight
              + " or after",
          "Use a node with a longer history to settle it.",
          null);
    }
  }

  private TransactionStatus landed(
      SolanaRpc.SignatureStatus status,
      SignedTransaction transaction,
      Address wallet,
      List<Asset> assets) {
    if (!status.finalized()) {
      return new TransactionStatus.Seen(status.slot());
    }
    // A node may know the status a moment before it can serve the transaction.
    return rpc.finalizedTransaction(transaction.id().text())
        .<TransactionStatus>map(found ->
            new TransactionStatus.Final(new ReceiptReader(transaction, wallet, found).read(assets)))
        .orElseGet(() -> new TransactionStatus.Seen(status.slot()));
  }
}
