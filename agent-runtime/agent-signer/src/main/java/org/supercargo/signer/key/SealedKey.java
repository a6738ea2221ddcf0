package org.supercargo.signer.key;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// A key at rest: the private bytes under AES-256-GCM, everything else in the clear and
/// authenticated with them.
///
/// @param version 1
/// @param nonce 12 bytes
/// @param sealed the encrypted private key and the 16-byte tag
record SealedKey(
    int version,
    String name,
    String namespace,
    Bytes publicKey,
    KeyDerivation derivation,
    Bytes nonce,
    Bytes sealed)
    implements StoredKey {
  private static final int VERSION = 1;

  SealedKey {
    requireNonNull(name, "name is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(publicKey, "publicKey is null");
    requireNonNull(derivation, "derivation is null");
    if (version != VERSION
        || nonce.size() != Seal.NONCE_SIZE
        || sealed.size() != KeyType.SECRET_SIZE + Seal.TAG_SIZE) {
      throw SupercargoException.user(
          "The key file is not of version " + VERSION,
          "It was changed or written by another version.");
    }
  }

  static SealedKey seal(
      String name,
      SigningKey key,
      byte[] secret,
      KeyDerivation derivation,
      byte[] encryptionKey,
      Bytes nonce) {
    String namespace = key.type().namespace();
    Bytes sealed =
        seal(name, namespace, key.publicKey(), derivation, encryptionKey, nonce).close(secret);
    return new SealedKey(VERSION, name, namespace, key.publicKey(), derivation, nonce, sealed);
  }

  /// Null if the encryption key is wrong or anything in the file was changed.
  @Nullable SigningKey open(byte[] encryptionKey) {
    byte[] secret = seal(name, namespace, publicKey, derivation, encryptionKey, nonce).open(sealed);
    if (secret == null) {
      return null;
    }
    try {
      SigningKey key = KeyType.of(namespace).key(secret);
      if (!key.publicKey().equals(publicKey)) {
        key.close();
        return null;
      }
      return key;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static Seal seal(
      String name,
      String namespace,
      Bytes publicKey,
      KeyDerivation derivation,
      byte[] encryptionKey,
      Bytes nonce) {
    return new Seal(
        encryptionKey,
        nonce,
        "supercargo key " + VERSION,
        name,
        namespace,
        publicKey.hex(),
        derivation.header());
  }
}
