package org.supercargo.signer.key;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;

/// The curve of Ed25519 with big numbers and nothing shared with what is tested, slow and plain.
///
/// Source: [RFC 8032](https://www.rfc-editor.org/rfc/rfc8032#section-5.1).
final class Edwards25519 {
  static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(PRIME)).mod(PRIME);
  private static final BigInteger ROOT_OF_MINUS_ONE =
      BigInteger.TWO.modPow(PRIME.subtract(BigInteger.ONE).shiftRight(2), PRIME);

  /// A point in the projective coordinates x = X/Z, y = Y/Z.
  record Point(BigInteger x, BigInteger y, BigInteger z) {
    static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);

    Point plus(Point other) {
      BigInteger a = z.multiply(other.z).mod(PRIME);
      BigInteger b = a.multiply(a).mod(PRIME);
      BigInteger c = x.multiply(other.x).mod(PRIME);
      BigInteger d = y.multiply(other.y).mod(PRIME);
      BigInteger e = D.multiply(c).multiply(d).mod(PRIME);
      BigInteger f = b.subtract(e);
      BigInteger g = b.add(e);
      BigInteger crossed = x.add(y).multiply(other.x.add(other.y)).subtract(c).subtract(d);
      return new Point(
          a.multiply(f).multiply(crossed).mod(PRIME),
          a.multiply(g).multiply(d.add(c)).mod(PRIME),
          f.multiply(g).mod(PRIME));
    }

    Point times(BigInteger number) {
      Point sum = NEUTRAL;
      for (int bit = number.bitLength() - 1; bit >= 0; bit--) {
        sum = sum.plus(sum);
        if (number.testBit(bit)) {
          sum = sum.plus(this);
        }
      }
      return sum;
    }

    boolean isSame(Point other) {
      return x.multiply(other.z).subtract(other.x.multiply(z)).mod(PRIME).signum() == 0
          && y.multiply(other.z).subtract(other.y.multiply(z)).mod(PRIME).signum() == 0;
    }

    boolean isNeutral() {
      return isSame(NEUTRAL);
    }

    /// y with the lowest bit of x on top, least significant byte first.
    Bytes encode() {
      BigInteger inverse = z.modInverse(PRIME);
      BigInteger affineX = x.multiply(inverse).mod(PRIME);
      BigInteger affineY = y.multiply(inverse).mod(PRIME);
      return littleEndian(affineX.testBit(0) ? affineY.setBit(255) : affineY);
    }
  }

  private Edwards25519() {}

  /// y is 4/5, x is even.
  static Point base() {
    BigInteger y =
        BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(PRIME)).mod(PRIME);
    return requireNonNull(decode(littleEndian(y)));
  }

  /// Null for bytes that RFC 8032 does not take for a point, among them every second encoding.
  static @Nullable Point decode(Bytes encoded) {
    if (encoded.size() != 32) {
      return null;
    }
    BigInteger number = fromLittleEndian(encoded.toArray());
    BigInteger y = number.clearBit(255);
    return y.compareTo(PRIME) < 0 ? point(y, number.testBit(255)) : null;
  }

  private static @Nullable Point point(BigInteger y, boolean odd) {
    BigInteger square = y.multiply(y);
    BigInteger ratio =
        square
            .subtract(BigInteger.ONE)
            .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(PRIME))
            .mod(PRIME);
    BigInteger x = ratio.modPow(PRIME.add(BigInteger.valueOf(3)).shiftRight(3), PRIME);
    if (!x.multiply(x).mod(PRIME).equals(ratio)) {
      x = x.multiply(ROOT_OF_MINUS_ONE).mod(PRIME);
    }
    if (!x.multiply(x).mod(PRIME).equals(ratio) || (x.signum() == 0 && odd)) {
      return null;
    }
    return new Point(x.testBit(0) == odd ? x : PRIME.subtract(x).mod(PRIME), y, BigInteger.ONE);
  }

  /// The eight points whose eightfold is the neutral one.
  static List<Point> smallOrder() {
    Point ofOrderEight = Point.NEUTRAL;
    for (int y = 2; ofOrderEight.times(BigInteger.valueOf(4)).isNeutral(); y++) {
      Point some = decode(littleEndian(BigInteger.valueOf(y)));
      ofOrderEight = some == null ? Point.NEUTRAL : some.times(ORDER);
    }
    var all = new ArrayList<Point>();
    for (int multiple = 0; multiple < 8; multiple++) {
      all.add(ofOrderEight.times(BigInteger.valueOf(multiple)));
    }
    return all;
  }

  /// Encodings that mean a point of small order to a careless reader and nothing to a strict one.
  static List<Bytes> carelessEncodings() {
    var all = new ArrayList<Bytes>();
    BigInteger minusOne = PRIME.subtract(BigInteger.ONE);
    all.add(littleEndian(BigInteger.ONE.setBit(255)));
    all.add(littleEndian(minusOne.setBit(255)));
    for (BigInteger y : List.of(PRIME, PRIME.add(BigInteger.ONE))) {
      all.add(littleEndian(y));
      all.add(littleEndian(y.setBit(255)));
    }
    return all;
  }

  /// What every signature here has to satisfy: canonical points of prime order, S below the order,
  /// and the equation without the cofactor.
  static boolean verifies(Bytes publicKey, Bytes message, Bytes signature) {
    if (signature.size() != 64) {
      return false;
    }
    byte[] both = signature.toArray();
    Bytes first = Bytes.of(Arrays.copyOf(both, 32));
    BigInteger s = fromLittleEndian(Arrays.copyOfRange(both, 32, 64));
    Point nonce = decode(first);
    Point signer = decode(publicKey);
    return nonce != null
        && signer != null
        && isOfPrimeOrder(nonce)
        && isOfPrimeOrder(signer)
        && s.compareTo(ORDER) < 0
        && base().times(s).isSame(nonce.plus(signer.times(challenge(first, publicKey, message))));
  }

  private static boolean isOfPrimeOrder(Point point) {
    return !point.isNeutral() && point.times(ORDER).isNeutral();
  }

  /// The number that the hash of both points and the message stands for.
  static BigInteger challenge(Bytes nonce, Bytes publicKey, Bytes message) {
    return fromLittleEndian(
            sha512(Bytes.fromHex(nonce.hex() + publicKey.hex() + message.hex()).toArray()))
        .mod(ORDER);
  }

  static byte[] sha512(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static BigInteger fromLittleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      reversed[index] = bytes[bytes.length - 1 - index];
    }
    return new BigInteger(1, reversed);
  }

  static Bytes littleEndian(BigInteger number) {
    byte[] bytes = new byte[32];
    for (int index = 0; index < 32; index++) {
      bytes[index] = number.shiftRight(8 * index).byteValue();
    }
    return Bytes.of(bytes);
  }
}
