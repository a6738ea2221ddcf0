package org.supercargo.testkit.engine;

import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.ForwardingChain;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;

/// A chain around whose calls the process may end.
final class CrashingChain extends ForwardingChain {
  private final Chain chain;
  private final CrashPoints points;

  CrashingChain(Chain chain, CrashPoints points) {
    super(chain);
    this.chain = chain;
    this.points = points;
  }

  @Override
  public long nextNonce(Address wallet) {
    return points.around("a nonce", () -> chain.nextNonce(wallet));
  }

  @Override
  public Draft prepare(DraftRequest request) {
    return points.around("preparing", () -> chain.prepare(request));
  }

  @Override
  public SubmitResult submit(SignedTransaction transaction) {
    return points.around("a submission", () -> chain.submit(transaction));
  }

  @Override
  public TransactionStatus status(
      SignedTransaction transaction, Address wallet, List<Asset> assets) {
    return points.around("a status", () -> chain.status(transaction, wallet, assets));
  }
}
