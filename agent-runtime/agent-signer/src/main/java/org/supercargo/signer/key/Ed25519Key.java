package org.supercargo.signer.key;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// An Ed25519 key after [RFC 8032](https://www.rfc-editor.org/rfc/rfc8032).
///
/// The public half that enters every signature is the one derived here. A signer that accepts a
/// foreign public half gives its private key away with two signatures.
final class Ed25519Key implements SigningKey {
  private final byte[] seed;
  private final byte[] publicHalf = new byte[Ed25519.PUBLIC_KEY_SIZE];
  private boolean closed;

  Ed25519Key(byte[] secret) {
    if (secret.length != KeyType.SECRET_SIZE) {
      throw SupercargoException.user(
          "An Ed25519 private key has 32 bytes and this one has " + secret.length,
          "Give the 32-byte seed.");
    }
    seed = secret.clone();
    Ed25519.generatePublicKey(seed, 0, publicHalf, 0);
  }

  @Override
  public KeyType type() {
    return KeyType.ED25519;
  }

  @Override
  public Bytes publicKey() {
    return Bytes.of(publicHalf);
  }

  @Override
  public synchronized Bytes sign(Bytes payload) {
    if (closed) {
      throw new IllegalStateException("the key is closed");
    }
    byte[] message = payload.toArray();
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, publicHalf, 0, message, 0, message.length, signature, 0);
    return Bytes.of(signature);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(seed, (byte) 0);
  }

  @Override
  public String toString() {
    return "Ed25519 key of " + publicKey();
  }
}
