package org.supercargo.signer.key;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// AES-256-GCM over a header in the clear and a content that is encrypted, which may be empty.
final class Seal {
  static final int NONCE_SIZE = 12;
  static final int TAG_SIZE = 16;

  private final byte[] encryptionKey;
  private final Bytes nonce;
  private final byte[] header;

  /// @param encryptionKey 32 bytes, not copied
  /// @param nonce 12 bytes, never used twice with one key
  /// @param header parts without line breaks, so that different headers never read the same
  Seal(byte[] encryptionKey, Bytes nonce, String... header) {
    this.encryptionKey = encryptionKey;
    this.nonce = nonce;
    this.header = String.join("\n", header).getBytes(StandardCharsets.UTF_8);
  }

  Bytes close(byte[] content) {
    byte[] sealed = crypt(true, content);
    if (sealed == null) {
      throw SupercargoException.bug("AES-GCM cannot encrypt", null);
    }
    return Bytes.of(sealed);
  }

  /// Null if the key is wrong or anything was changed.
  byte @Nullable [] open(Bytes sealed) {
    return crypt(false, sealed.toArray());
  }

  private byte @Nullable [] crypt(boolean encrypt, byte[] input) {
    var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(
        encrypt,
        new AEADParameters(new KeyParameter(encryptionKey), 8 * TAG_SIZE, nonce.toArray(), header));
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
