package org.supercargo.plugin.llm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.bouncycastle.math.ec.ECPoint;
import org.supercargo.api.SupercargoException;

/// A text that only the holder of one private key can read: in hexadecimal digits the sender's
/// ephemeral public key (65 bytes), a nonce (12) and what AES-256-GCM made of the text with its tag
/// (16), without additional data.
///
/// It does not say who wrote it: whoever knows a public key can seal to it.
///
/// Source: [encrypt messages, decrypt
/// chunks](https://docs.venice.ai/guides/features/tee-e2ee-models).
final class Envelope {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int HEAD_BYTES = EnclaveKey.POINT_BYTES + NONCE_BYTES;

  private Envelope() {}

  /// @param random for a key and a nonce that serve this text only
  static String seal(String text, EnclaveKey reader, RandomGenerator random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return seal(text, reader.point(), EphemeralKey.draw(random), nonce);
  }

  static String seal(String text, ECPoint reader, EphemeralKey sender, byte[] nonce) {
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, sender.sharedWith(reader), nonce)
              .doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sender.point())
          + HexFormat.of().formatHex(nonce)
          + HexFormat.of().formatHex(sealed);
    } catch (GeneralSecurityException impossible) {
      throw SupercargoException.bug("A text could not be encrypted", impossible);
    }
  }

  /// @return empty unless it was sealed for this reader and arrived unchanged
  static Optional<String> open(String hex, EphemeralKey reader) {
    if (hex.length() < 2 * (HEAD_BYTES + TAG_BYTES)) {
      return Optional.empty();
    }
    try {
      byte[] all = HexFormat.of().parseHex(hex);
      Optional<ECPoint> sender =
          EnclaveKey.point(Arrays.copyOfRange(all, 0, EnclaveKey.POINT_BYTES));
      if (sender.isEmpty()) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOfRange(all, EnclaveKey.POINT_BYTES, HEAD_BYTES);
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, reader.sharedWith(sender.get()), nonce)
              .doFinal(all, HEAD_BYTES, all.length - HEAD_BYTES);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString());
    } catch (IllegalArgumentException | GeneralSecurityException | CharacterCodingException no) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    return cipher;
  }
}
