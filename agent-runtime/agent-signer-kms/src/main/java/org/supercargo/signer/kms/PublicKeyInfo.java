package org.supercargo.signer.kms;

import java.util.Arrays;
import org.supercargo.api.Bytes;

/// Public keys in the DER form of X.509. Each kind of key has exactly one encoding, and another one
/// is refused.
///
/// Sources: [RFC 5280](https://www.rfc-editor.org/rfc/rfc5280#section-4.1), [RFC
/// 8410](https://www.rfc-editor.org/rfc/rfc8410#section-4) for Ed25519, [RFC
/// 5480](https://www.rfc-editor.org/rfc/rfc5480#section-2) and [SEC
/// 2](https://www.secg.org/sec2-v2.pdf) for secp256k1.
final class PublicKeyInfo {
  /// SEQUENCE { SEQUENCE { 1.3.101.112 }, BIT STRING of 32 bytes }.
  private static final Bytes ED25519 = Bytes.fromHex("302a300506032b6570032100");

  /// SEQUENCE { SEQUENCE { 1.2.840.10045.2.1, 1.3.132.0.10 }, BIT STRING of 65 bytes that begin
  /// with 4, the sign of a point that is not compressed }.
  private static final Bytes SECP256K1 =
      Bytes.fromHex("3056301006072a8648ce3d020106052b8104000a03420004");

  private PublicKeyInfo() {}

  /// @return 32 bytes
  /// @throws IllegalArgumentException for anything but an Ed25519 public key
  static Bytes ed25519(byte[] encoded) {
    return after(ED25519, encoded, 32);
  }

  /// @return x and y, 64 bytes; not known to be a point of the curve
  /// @throws IllegalArgumentException for anything but a secp256k1 public key
  static Bytes secp256k1(byte[] encoded) {
    return after(SECP256K1, encoded, 64);
  }

  private static Bytes after(Bytes beginning, byte[] encoded, int size) {
    int start = beginning.size();
    if (encoded.length != start + size
        || !Bytes.of(Arrays.copyOf(encoded, start)).equals(beginning)) {
      throw new IllegalArgumentException("not such a public key in DER");
    }
    return Bytes.of(Arrays.copyOfRange(encoded, start, encoded.length));
  }
}
