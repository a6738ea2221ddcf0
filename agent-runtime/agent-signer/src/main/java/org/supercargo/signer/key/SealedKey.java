package org.supercargo.signer.key;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
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
    Bytes sealed) {
  static final int VERSION = 1;
  static final int NONCE_SIZE = 12;
  private static final int TAG_BITS = 128;

  SealedKey {
    requireNonNull(name, "name is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(publicKey, "publicKey is null");
    requireNonNull(derivation, "derivation is null");
    if (version != VERSION
        || nonce.size() != NONCE_SIZE
        || sealed.size() != KeyType.SECRET_SIZE + TAG_BITS / 8) {
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
    byte[] header = header(name, key.type().namespace(), key.publicKey(), derivation);
    byte[] sealed = crypt(true, encryptionKey, nonce, header, secret);
    if (sealed == null) {
      throw SupercargoException.bug("AES-GCM cannot encrypt", null);
    }
    return new SealedKey(
        VERSION,
        name,
        key.type().namespace(),
        key.publicKey(),
        derivation,
        nonce,
        Bytes.of(sealed));
  }

  /// Null if the encryption key is wrong or anything in the file was changed.
  @Nullable SigningKey open(byte[] encryptionKey) {
    byte[] header = header(name, namespace, publicKey, derivation);
    byte[] secret = crypt(false, encryptionKey, nonce, header, sealed.toArray());
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

  private static byte[] header(
      String name, String namespace, Bytes publicKey, KeyDerivation derivation) {
    // No part can contain a line break, so different headers never read the same.
    return String.join(
            "\n",
            "supercargo key " + VERSION,
            name,
            namespace,
            publicKey.hex(),
            derivation.name(),
            Integer.toString(derivation.memory()),
            Integer.toString(derivation.passes()),
            Integer.toString(derivation.lanes()),
            derivation.salt().hex())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] crypt(
      boolean encrypt, byte[] key, Bytes nonce, byte[] header, byte[] input) {
    var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(
        encrypt, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce.toArray(), header));
    byte[] output = new byte[cipher.getOutputSize(input.length)];
    try {
      int written = cipher.processBytes(input, 0, input.length, output, 0);
      cipher.doFinal(output, written);
      return output;
    } catch (InvalidCipherTextException e) {
      return null;
    }
  }
}
