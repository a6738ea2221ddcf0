package org.supercargo.signer.foreign;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.supercargo.api.Bytes;
import org.supercargo.solana.Base58;

/// The serialization format of BIP-32, which vectors are published in.
///
/// @param key 33 bytes: a compressed public key, or zero and a private one
record ExtendedKeyText(Bytes chainCode, Bytes key) {
  static ExtendedKeyText parse(String text) {
    byte[] content = Base58.decode(text).toArray();
    byte[] payload = Arrays.copyOf(content, 78);
    byte[] checksum = Arrays.copyOf(sha256(sha256(payload)), 4);
    if (content.length != 82 || !Arrays.equals(checksum, Arrays.copyOfRange(content, 78, 82))) {
      throw new AssertionError("mistyped: " + text);
    }
    return new ExtendedKeyText(
        Bytes.of(Arrays.copyOfRange(payload, 13, 45)),
        Bytes.of(Arrays.copyOfRange(payload, 45, 78)));
  }

  Bytes secret() {
    byte[] content = key.toArray();
    if (content[0] != 0) {
      throw new AssertionError("not a private key");
    }
    return Bytes.of(Arrays.copyOfRange(content, 1, 33));
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
