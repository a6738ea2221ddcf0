package org.supercargo.signer;

import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.signer.key.SigningKey;

/// An agent's account on one chain, with what it takes to sign for it.
///
/// @param key here or elsewhere; of one elsewhere a second signature may differ from the first, so
///   whoever lets one go keeps it
record Wallet(Address address, SigningKey key, TransactionCodec codec) {
  static Wallet of(ChainId chain, SigningKey key, TransactionCodec codec) {
    return new Wallet(codec.address(chain, key.publicKey()), key, codec);
  }
}
