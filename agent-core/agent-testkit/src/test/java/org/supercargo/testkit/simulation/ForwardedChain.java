package org.supercargo.testkit.simulation;

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

/// Passes everything on to another chain; a base for chains that change something.
class ForwardedChain implements Chain {
  private final Chain chain;

  ForwardedChain(Chain chain) {
    this.chain = chain;
  }

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
  public Amount balance(Address who, Asset asset) {
    return chain.balance(who, asset);
  }

  @Override
  public long nextNonce(Address wallet) {
    return chain.nextNonce(wallet);
  }

  @Override
  public Draft prepare(DraftRequest request) {
    return chain.prepare(request);
  }

  @Override
  public SubmitResult submit(SignedTransaction transaction) {
    return chain.submit(transaction);
  }

  @Override
  public TransactionStatus status(
      SignedTransaction transaction, Address wallet, List<Asset> assets) {
    return chain.status(transaction, wallet, assets);
  }
}
