package org.supercargo.plugin.llm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The other side's arithmetic, written a second time: schoolbook curve points on plain integers
/// and HKDF by its two HMAC steps. Nothing of it is shared with what is tested.
///
/// Sources: [secp256k1](https://www.secg.org/sec2-v2.pdf), section 2.4.1; [RFC
/// 5869](https://www.rfc-editor.org/rfc/rfc5869).
final class PlainCurve {
  private static final BigInteger P =
      BigInteger.TWO.pow(256).subtract(BigInteger.TWO.pow(32)).subtract(BigInteger.valueOf(977));
  private static final Point G =
      new Point(
          new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16),
          new BigInteger("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16));

  private PlainCurve() {}

  record Point(BigInteger x, BigInteger y) {
    byte[] bytes() {
      byte[] all = new byte[65];
      all[0] = 4;
      System.arraycopy(fixed(x), 0, all, 1, 32);
      System.arraycopy(fixed(y), 0, all, 33, 32);
      return all;
    }

    String hex() {
      return HexFormat.of().formatHex(bytes());
    }

    static Point of(byte[] bytes) {
      return new Point(
          new BigInteger(1, Arrays.copyOfRange(bytes, 1, 33)),
          new BigInteger(1, Arrays.copyOfRange(bytes, 33, 65)));
    }
  }

  static Point publicKey(BigInteger scalar) {
    return times(G, scalar);
  }

  private static Point times(Point point, BigInteger scalar) {
    @Nullable Point sum = null;
    for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
      sum = sum == null ? null : plus(sum, sum);
      if (scalar.testBit(bit)) {
        sum = sum == null ? point : plus(sum, point);
      }
    }
    if (sum == null) {
      throw new IllegalArgumentException("zero times a point");
    }
    return sum;
  }

  private static Point plus(Point a, Point b) {
    BigInteger slope =
        a.equals(b)
            ? a.x.pow(2).multiply(BigInteger.valueOf(3)).multiply(a.y.shiftLeft(1).modInverse(P))
            : b.y.subtract(a.y).multiply(b.x.subtract(a.x).modInverse(P));
    BigInteger x = slope.pow(2).subtract(a.x).subtract(b.x).mod(P);
    return new Point(x, slope.multiply(a.x.subtract(x)).subtract(a.y).mod(P));
  }

  private static byte[] fixed(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  static byte[] cipherKey(BigInteger mine, Point other) {
    byte[] extracted = hmac(new byte[32], fixed(times(other, mine).x));
    byte[] purpose = "ecdsa_encryption\u0001".getBytes(StandardCharsets.US_ASCII);
    return hmac(extracted, purpose);
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String seal(String text, Point reader, BigInteger sender, byte[] nonce) {
    byte[] sealed =
        aes(
            Cipher.ENCRYPT_MODE,
            cipherKey(sender, reader),
            nonce,
            text.getBytes(StandardCharsets.UTF_8));
    HexFormat hex = HexFormat.of();
    return publicKey(sender).hex() + hex.formatHex(nonce) + hex.formatHex(sealed);
  }

  /// @throws IllegalArgumentException unless it was sealed for this key
  static String open(String hex, BigInteger reader) {
    byte[] all = HexFormat.of().parseHex(hex);
    byte[] key = cipherKey(reader, Point.of(Arrays.copyOf(all, 65)));
    byte[] text =
        aes(
            Cipher.DECRYPT_MODE,
            key,
            Arrays.copyOfRange(all, 65, 77),
            Arrays.copyOfRange(all, 77, all.length));
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] aes(int mode, byte[] key, byte[] nonce, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Decryption failed", e);
    }
  }
}
