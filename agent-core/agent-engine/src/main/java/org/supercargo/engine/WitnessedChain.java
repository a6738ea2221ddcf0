package org.supercargo.engine;

import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.ForwardingChain;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionStatus;
import org.supercargo.api.intent.Receipt;

/// A chain as one node tells it, believed about ends only when other nodes say the same.
///
/// One node that lies or lags could have a payment signed twice, by proving a transaction dead that
/// still lands, or have one booked that was never made. So dead is what all call dead, and final is
/// what all call final with the same result; until then a transaction is only seen, or unseen.
public final class WitnessedChain extends ForwardingChain {
  private final Chain node;
  private final List<Chain> witnesses;

  /// @param node builds, simulates, sends and answers
  /// @param witnesses other nodes of the same chain, run by others if possible
  /// @throws SupercargoException of category USER if one of them is of another network
  public WitnessedChain(Chain node, List<Chain> witnesses) {
    super(node);
    this.node = node;
    this.witnesses = List.copyOf(witnesses);
    for (Chain witness : witnesses) {
      if (!witness.id().equals(node.id()) || !witness.genesis().equals(node.genesis())) {
        throw SupercargoException.user(
            "A second endpoint for " + node.id().name() + " belongs to another network",
            "Name endpoints of one network.");
      }
    }
  }

  @Override
  public TransactionStatus status(
      SignedTransaction transaction, Address wallet, List<Asset> assets) {
    TransactionStatus first = node.status(transaction, wallet, assets);
    var others = new ArrayList<TransactionStatus>();
    for (Chain witness : witnesses) {
      others.add(witness.status(transaction, wallet, assets));
    }
    return switch (first) {
      case TransactionStatus.Final(Receipt receipt) -> {
        boolean agreed = others.stream().allMatch(other -> isSameEnd(other, receipt));
        yield agreed ? first : new TransactionStatus.Seen(receipt.position());
      }
      case TransactionStatus.Dead _ ->
          others.stream().allMatch(TransactionStatus.Dead.class::isInstance)
              ? first
              : new TransactionStatus.Unseen();
      case TransactionStatus.Seen _ -> first;
      case TransactionStatus.Unseen _ ->
          others.stream()
              .filter(TransactionStatus.Seen.class::isInstance)
              .findFirst()
              .orElse(first);
    };
  }

  private static boolean isSameEnd(TransactionStatus other, Receipt receipt) {
    return other instanceof TransactionStatus.Final(Receipt seen)
        && seen.transaction().equals(receipt.transaction())
        && seen.succeeded() == receipt.succeeded()
        && seen.changes().equals(receipt.changes());
  }
}
