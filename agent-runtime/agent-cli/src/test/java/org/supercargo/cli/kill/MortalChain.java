package org.supercargo.cli.kill;

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

/// A real chain around whose calls the process may die.
final class MortalChain extends ForwardingChain {
  private final Chain chain;
  private final CrashPlan plan;

  MortalChain(Chain chain, CrashPlan plan) {
    super(chain);
    this.chain = chain;
    this.plan = plan;
  }

  @Override
  public Draft prepare(DraftRequest request) {
    return plan.around("prepare", () -> chain.prepare(request));
  }

  @Override
  public SubmitResult submit(SignedTransaction transaction) {
    return plan.around("submit", () -> chain.submit(transaction));
  }

  @Override
  public TransactionStatus status(
      SignedTransaction transaction, Address wallet, List<Asset> assets) {
    return plan.around("status", () -> chain.status(transaction, wallet, assets));
  }
}
