package org.supercargo.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.supercargo.api.Bytes;

/// A key of the fake chains. It has the shapes of a real one and protects nothing: whoever knows
/// the public key can sign.
///
/// @param publicKey 32 bytes
public record FakeKey(Bytes publicKey) {
  static final int SIGNATURE = 64;

  /// The key of this name, always the same one.
  public static FakeKey named(String name) {
    return new FakeKey(sha256(Bytes.of(("key of " + name).getBytes(StandardCharsets.UTF_8))));
  }

  /// @return 64 bytes: the public key, and a digest of it with the payload
  public Bytes sign(Bytes payload) {
    return join(publicKey, sha256(join(publicKey, payload)));
  }

  static Bytes signer(Bytes signature) {
    return slice(signature, 0, SIGNATURE / 2);
  }

  static Bytes sha256(Bytes content) {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(content.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  static Bytes join(Bytes first, Bytes second) {
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(first.toArray());
    joined.writeBytes(second.toArray());
    return Bytes.of(joined.toByteArray());
  }

  static Bytes slice(Bytes content, int from, int to) {
    return Bytes.of(Arrays.copyOfRange(content.toArray(), from, to));
  }
}
