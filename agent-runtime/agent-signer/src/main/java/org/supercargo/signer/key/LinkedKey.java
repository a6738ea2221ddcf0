package org.supercargo.signer.key;

import static java.util.Objects.requireNonNull;

import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// Where a key lives that is not here, and which key it was when the owner linked it. Everything is
/// in the clear and authenticated, so that nobody who lacks the passphrase points a wallet
/// elsewhere.
///
/// @param version 1
/// @param nonce 12 bytes
/// @param tag 16 bytes
record LinkedKey(
    int version,
    String name,
    String namespace,
    Bytes publicKey,
    RemoteKeyName remote,
    KeyDerivation derivation,
    Bytes nonce,
    Bytes tag)
    implements StoredKey {
  private static final int VERSION = 1;

  LinkedKey {
    requireNonNull(name, "name is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(publicKey, "publicKey is null");
    requireNonNull(remote, "remote is null");
    requireNonNull(derivation, "derivation is null");
    if (version != VERSION || nonce.size() != Seal.NONCE_SIZE || tag.size() != Seal.TAG_SIZE) {
      throw SupercargoException.user(
          "The link is not of version " + VERSION, "It was changed or written by another version.");
    }
  }

  static LinkedKey seal(
      KeyEntry entry,
      RemoteKeyName remote,
      KeyDerivation derivation,
      byte[] encryptionKey,
      Bytes nonce) {
    String namespace = entry.type().namespace();
    Bytes tag =
        seal(entry.name(), namespace, entry.publicKey(), remote, derivation, encryptionKey, nonce)
            .close(new byte[0]);
    return new LinkedKey(
        VERSION, entry.name(), namespace, entry.publicKey(), remote, derivation, nonce, tag);
  }

  /// Whether the encryption key is right and nothing in the file was changed.
  boolean isGenuine(byte[] encryptionKey) {
    return seal(name, namespace, publicKey, remote, derivation, encryptionKey, nonce).open(tag)
        != null;
  }

  private static Seal seal(
      String name,
      String namespace,
      Bytes publicKey,
      RemoteKeyName remote,
      KeyDerivation derivation,
      byte[] encryptionKey,
      Bytes nonce) {
    return new Seal(
        encryptionKey,
        nonce,
        "supercargo link " + VERSION,
        name,
        namespace,
        publicKey.hex(),
        remote.toString(),
        derivation.header());
  }
}
