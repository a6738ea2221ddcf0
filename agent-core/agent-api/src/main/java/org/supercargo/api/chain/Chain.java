package org.supercargo.api.chain;

import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// One chain as the runtime sees it: read, build, simulate, send, find out. A chain never signs.
///
/// Every method blocks, has a deadline of its own, and throws
/// [org.supercargo.api.SupercargoException]: TRANSIENT when the network failed and nothing is
/// known, EXTERNAL when the node answered with an error, USER when the input was wrong.
public interface Chain {
  ChainId id();

  /// The coin that pays fees.
  Asset nativeAsset();

  /// Names the network behind the endpoint, so that books of one are never used with another: the
  /// genesis hash.
  String genesis();

  /// Reads foreign text as an address of this chain.
  ///
  /// @throws org.supercargo.api.SupercargoException of category USER saying what the text looks
  ///   like instead, such as an address of another chain or a broken checksum
  Address address(String text);

  /// Decimals of an asset as the chain itself declares them.
  int decimals(AssetId asset);

  /// What `owner` holds. On Solana the balance of the associated token account.
  Amount balance(Address owner, Asset asset);

  /// The number of transactions `wallet` has in final and pending blocks; 0 on chains without
  /// nonces.
  long nextNonce(Address wallet);

  /// Builds, decodes and simulates one transaction for an intent. Sends nothing.
  Draft prepare(DraftRequest request);

  /// Sends signed bytes once. Safe to repeat with the same bytes.
  SubmitResult submit(SignedTransaction transaction);

  /// Finds out what became of signed bytes, from the point of view of `wallet`.
  ///
  /// @param assets the assets whose changes the receipt must name, besides the native one
  TransactionStatus status(SignedTransaction transaction, Address wallet, List<Asset> assets);
}
