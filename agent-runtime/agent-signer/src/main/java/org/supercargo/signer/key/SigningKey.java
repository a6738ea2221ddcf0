package org.supercargo.signer.key;

import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// A private key in use. It signs, tells its public half, and never shows itself.
///
/// Safe for use by several threads. Closing it overwrites the private bytes that are here.
public sealed interface SigningKey extends AutoCloseable
    permits Ed25519Key, Secp256k1Key, RemoteKey {
  KeyType type();

  /// 32 bytes (Ed25519) or 64 bytes (secp256k1, x and y).
  Bytes publicKey();

  /// Signs. A key that is here does it deterministically: the same payload always gives the same
  /// signature.
  ///
  /// One that lives elsewhere need not. A key management service draws a new nonce for every ECDSA
  /// signature, so a second request for the same payload gives another signature that is just as
  /// good, and with it a transaction of another id. Both carry one account nonce, so no more than
  /// one of them lands; but whoever follows only the second may take the first for a stranger's
  /// transaction and the payment for dead. **Keep the first signature that was let go, and answer
  /// every repetition from it.**
  ///
  /// @param payload the message (Ed25519) or a 32-byte hash (secp256k1)
  /// @return 64 bytes (Ed25519) or 65 bytes (r, s in the lower half, and the y parity as 0 or 1)
  /// @throws IllegalArgumentException if the payload is not one this key can sign
  /// @throws IllegalStateException if the key is closed
  /// @throws SupercargoException only by a key that lives elsewhere: TRANSIENT when it cannot be
  ///   reached in time (asking again is harmless), USER when its owner has to mend something there,
  ///   EXTERNAL when it answered wrongly
  Bytes sign(Bytes payload);

  @Override
  void close();
}
