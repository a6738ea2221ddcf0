package org.supercargo.signer.key;

import org.supercargo.api.Bytes;

/// A private key in use. It signs, tells its public half, and never shows itself.
///
/// Safe for use by several threads. Closing it overwrites the private bytes.
public sealed interface SigningKey extends AutoCloseable permits Ed25519Key, Secp256k1Key {
  KeyType type();

  /// Derived from the private key: 32 bytes (Ed25519) or 64 bytes (secp256k1, x and y).
  Bytes publicKey();

  /// Signs deterministically: the same payload always gives the same signature.
  ///
  /// @param payload the message (Ed25519) or a 32-byte hash (secp256k1)
  /// @return 64 bytes (Ed25519) or 65 bytes (r, s, and the y parity as 0 or 1)
  /// @throws IllegalStateException if the key is closed
  Bytes sign(Bytes payload);

  @Override
  void close();
}
