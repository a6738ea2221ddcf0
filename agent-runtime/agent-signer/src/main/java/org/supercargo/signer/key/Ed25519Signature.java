package org.supercargo.signer.key;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.supercargo.api.Bytes;

/// What counts as an Ed25519 signature here: less than [RFC
/// 8032](https://www.rfc-editor.org/rfc/rfc8032#section-5.1.7) allows a verifier to accept, and
/// everything that an honest signer makes.
///
/// Both points must be encoded canonically and lie in the subgroup of prime order without being its
/// neutral element. There the equation with the cofactor, which BouncyCastle checks, and the one
/// without it, which Solana's validators check, hold for the same signatures.
final class Ed25519Signature {
  private Ed25519Signature() {}

  /// Whether the bytes are a public key that a private key can have.
  static boolean isPublicKey(Bytes publicKey) {
    return publicKey.size() == Ed25519.PUBLIC_KEY_SIZE
        && Ed25519.validatePublicKeyFull(publicKey.toArray(), 0);
  }

  static boolean verifies(Bytes publicKey, Bytes message, Bytes signature) {
    if (signature.size() != Ed25519.SIGNATURE_SIZE || !isPublicKey(publicKey)) {
      return false;
    }
    byte[] both = signature.toArray();
    byte[] content = message.toArray();
    // The first half of a signature is a point like a public key.
    return Ed25519.validatePublicKeyFull(both, 0)
        && Ed25519.verify(both, 0, publicKey.toArray(), 0, content, 0, content.length);
  }
}
