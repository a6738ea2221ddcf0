package org.supercargo.signer.key;

import java.time.Duration;
import org.supercargo.api.Bytes;

/// One key that lives elsewhere and never leaves it: in a hardware module or a key management
/// service.
///
/// An implementation asks once and does not repeat: the caller repeats what failed with TRANSIENT.
/// It need not check signatures: the caller does. It is used by several threads, and may be
/// interrupted. Its complaints name neither the key nor an account, and quote no credentials: the
/// caller adds the name the owner gave the key.
///
/// Every method throws [SupercargoException]: TRANSIENT when the key cannot be reached or is busy,
/// USER when whoever looks after it has to do something (a key that is disabled, a right that is
/// missing), EXTERNAL for an answer that makes no sense.
public interface RemoteSigner extends AutoCloseable {
  /// @param deadline how long it may take in all, longer than zero
  /// @return 32 bytes (Ed25519) or 64 bytes (secp256k1, x and y)
  Bytes publicKey(Duration deadline);

  /// @param payload the message itself (Ed25519) or a 32-byte hash (secp256k1), signed as it is
  /// @param deadline how long it may take in all, longer than zero
  /// @return 64 bytes: R and S (Ed25519), or r and s with s in either half (secp256k1)
  /// @throws IllegalArgumentException if the payload is longer than the place takes
  Bytes sign(Bytes payload, Duration deadline);

  @Override
  void close();
}
