package org.supercargo.cli.kill;

import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.DraftRequest;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.chain.TransactionStatus;

/// A real chain around whose calls the process may die.
record MortalChain(Chain chain, CrashPlan plan) implements Chain {
  @Override
  public ChainId id() {
    return chain.id();
  }

  @Override
  public Asset nativeAsset() {
    return chain.nativeAsset();
  }

  @Override
  public String genesis() {
    return chain.genesis();
  }

  @Override
  public Address address(String text) {
    return chain.address(text);
  }

  @Override
  public int decimals(AssetId asset) {
    return chain.decimals(asset);
  }

  @Override
  public Amount balance(Address owner, Asset asset) {
    return chain.balance(owner, asset);
  }

  @Override
  public long nextNonce(Address wallet) {
    return chain.nextNonce(wallet);
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
