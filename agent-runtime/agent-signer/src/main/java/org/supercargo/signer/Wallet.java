package org.supercargo.signer;

import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.signer.key.SigningKey;

/// An agent's account on one chain, with what it takes to sign for it.
record Wallet(Address address, SigningKey key, TransactionCodec codec) {
  static Wallet of(ChainId chain, SigningKey key, TransactionCodec codec) {
    return new Wallet(codec.address(chain, key.publicKey()), key, codec);
  }

  /// @throws IllegalArgumentException if the bytes are no transaction this wallet has to sign
  TransactionCodec.Signed sign(Bytes unsigned) {
    ChainId chain = address.chain();
    Bytes signature = key.sign(codec.signingPayload(chain, unsigned, address));
    return codec.assemble(chain, unsigned, address, signature);
  }
}
