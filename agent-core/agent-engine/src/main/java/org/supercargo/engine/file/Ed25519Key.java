package org.supercargo.engine.file;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.regex.Pattern;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// An Ed25519 public key of a person: an owner or an approver.
///
/// Stricter than [RFC 8032](https://www.rfc-editor.org/rfc/rfc8032) asks, so that no two texts
/// stand for one key and no key accepts forged signatures: only canonical encodings of points on
/// the curve that are not of small order.
///
/// @param bytes 32, as in RFC 8032, 5.1.2
public record Ed25519Key(Bytes bytes) {
  /// What [#parse] expects before the key itself.
  public static final String PREFIX = "ed25519:";

  private static final int SIZE = 32;
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
  private static final BigInteger TWO = BigInteger.TWO;

  /// The field's prime, 2^255 - 19.
  private static final BigInteger P = TWO.pow(255).subtract(BigInteger.valueOf(19));

  /// The order of the base point.
  private static final BigInteger L =
      TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /// The curve's constant, -121665/121666.
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);

  public Ed25519Key {
    if (bytes.size() != SIZE) {
      throw SupercargoException.user(
          "An Ed25519 public key has 32 bytes, not " + bytes.size(), "Copy the whole key.");
    }
    BigInteger y = y(bytes.toArray());
    if (y.compareTo(P) >= 0 || !isOnCurve(y) || isOfSmallOrder(y)) {
      throw SupercargoException.user(
          "These 32 bytes are no usable Ed25519 public key", "Copy the key again.");
    }
  }

  /// Reads `ed25519:` and the key in base58 or as 64 hexadecimal digits.
  ///
  /// @throws SupercargoException of category USER
  public static Ed25519Key parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw SupercargoException.user(
          "A person's key begins with " + PREFIX, "Write \"ed25519:\" and the public key.");
    }
    String key = text.substring(PREFIX.length());
    return new Ed25519Key(HEX.matcher(key).matches() ? Bytes.fromHex(key) : Base58Key.decode(key));
  }

  private static BigInteger y(byte[] littleEndian) {
    byte[] copy = littleEndian.clone();
    copy[SIZE - 1] &= 0x7f;
    return number(copy);
  }

  private static BigInteger number(byte[] littleEndian) {
    byte[] reversed = new byte[littleEndian.length];
    for (int at = 0; at < littleEndian.length; at++) {
      reversed[at] = littleEndian[littleEndian.length - 1 - at];
    }
    return new BigInteger(1, reversed);
  }

  /// Whether x² = (y² - 1) / (d y² + 1) has a root.
  private static boolean isOnCurve(BigInteger y) {
    BigInteger square = y.multiply(y);
    BigInteger x =
        square
            .subtract(BigInteger.ONE)
            .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
            .mod(P);
    return x.signum() == 0 || x.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
  }

  /// Points of order 1, 2, 4 have y = ±1 or 0. One of order 8 doubles to y = 0, which with the
  /// curve's equation means d y⁴ + 2 y² - 1 = 0.
  private static boolean isOfSmallOrder(BigInteger y) {
    BigInteger square = y.multiply(y).mod(P);
    BigInteger eighth =
        D.multiply(square).multiply(square).add(TWO.multiply(square)).subtract(BigInteger.ONE);
    return y.signum() == 0 || square.equals(BigInteger.ONE) || eighth.mod(P).signum() == 0;
  }

  /// Whether `signature` is this key's over `message`, in the one encoding RFC 8032 allows.
  public boolean verifies(Bytes message, Bytes signature) {
    if (signature.size() != 2 * SIZE) {
      return false;
    }
    byte[] both = signature.toArray();
    BigInteger s = number(java.util.Arrays.copyOfRange(both, SIZE, 2 * SIZE));
    BigInteger r = y(java.util.Arrays.copyOf(both, SIZE));
    if (s.compareTo(L) >= 0 || r.compareTo(P) >= 0) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(publicKey());
      verifier.update(message.toArray());
      return verifier.verify(both);
    } catch (NoSuchAlgorithmException e) {
      throw SupercargoException.bug("This JDK has no Ed25519", e);
    } catch (GeneralSecurityException e) {
      // R is no point of the curve.
      return false;
    }
  }

  private PublicKey publicKey() throws GeneralSecurityException {
    byte[] encoded = bytes.toArray();
    var point = new EdECPoint((encoded[SIZE - 1] & 0x80) != 0, y(encoded));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  /// `ed25519:` and 64 hexadecimal digits.
  @Override
  public String toString() {
    return PREFIX + bytes.hex();
  }
}
