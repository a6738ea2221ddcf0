package org.supercargo.api.chain;

import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// Passes everything on to another chain; a base for chains that change some of it.
public abstract class ForwardingChain implements Chain {
  private final Chain chain;

  protected ForwardingChain(Chain chain) {
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
