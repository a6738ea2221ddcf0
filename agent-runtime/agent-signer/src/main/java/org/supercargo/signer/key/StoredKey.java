package org.supercargo.signer.key;

import org.supercargo.api.Bytes;

/// A file of the key store.
sealed interface StoredKey permits SealedKey, LinkedKey {
  String name();

  /// The CAIP-2 namespace of the chains the key is for.
  String namespace();

  Bytes publicKey();

  KeyDerivation derivation();
}
