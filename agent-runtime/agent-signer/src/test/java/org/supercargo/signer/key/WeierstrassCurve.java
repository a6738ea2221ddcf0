package org.supercargo.signer.key;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;

/// The curve secp256k1 with big numbers and nothing shared with what is tested, slow and plain.
///
/// Source: [SEC 2](https://www.secg.org/sec2-v2.pdf), section 2.4.1, and [SEC
/// 1](https://www.secg.org/sec1-v2.pdf), section 4.1.
final class WeierstrassCurve {
  static final BigInteger PRIME = BigInteger.TWO.pow(256).subtract(new BigInteger("1000003d1", 16));
  static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  static final Point BASE =
      new Point(
          new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16),
          new BigInteger("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16));
  private static final BigInteger SEVEN = BigInteger.valueOf(7);

  /// A point that is not at infinity; that one is null.
  record Point(BigInteger x, BigInteger y) {
    Bytes encode() {
      return Bytes.fromHex(hex(x) + hex(y));
    }

    Point negated() {
      return new Point(x, PRIME.subtract(y));
    }
  }

  private WeierstrassCurve() {}

  static String hex(BigInteger number) {
    return "%064x".formatted(number);
  }

  static boolean isOnCurve(BigInteger x, BigInteger y) {
    return x.signum() >= 0
        && x.compareTo(PRIME) < 0
        && y.signum() >= 0
        && y.compareTo(PRIME) < 0
        && y.multiply(y).subtract(x.pow(3)).subtract(SEVEN).mod(PRIME).signum() == 0;
  }

  /// The point with this x coordinate and an even y.
  static Optional<Point> withX(BigInteger x) {
    BigInteger y = x.pow(3).add(SEVEN).modPow(PRIME.add(BigInteger.ONE).shiftRight(2), PRIME);
    BigInteger even = y.testBit(0) ? PRIME.subtract(y) : y;
    return isOnCurve(x, even) ? Optional.of(new Point(x, even)) : Optional.empty();
  }

  static @Nullable Point sum(@Nullable Point left, @Nullable Point right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    if (left.x.equals(right.x) && left.y.add(right.y).mod(PRIME).signum() == 0) {
      return null;
    }
    BigInteger slope =
        left.equals(right)
            ? left.x.pow(2).multiply(BigInteger.valueOf(3)).multiply(inverse(left.y.shiftLeft(1)))
            : right.y.subtract(left.y).multiply(inverse(right.x.subtract(left.x)));
    BigInteger x = slope.pow(2).subtract(left.x).subtract(right.x).mod(PRIME);
    return new Point(x, slope.multiply(left.x.subtract(x)).subtract(left.y).mod(PRIME));
  }

  private static BigInteger inverse(BigInteger number) {
    return number.mod(PRIME).modInverse(PRIME);
  }

  static @Nullable Point product(BigInteger number, @Nullable Point point) {
    Point sum = null;
    BigInteger left = number.mod(ORDER);
    for (int bit = left.bitLength() - 1; bit >= 0; bit--) {
      sum = sum(sum, sum);
      if (left.testBit(bit)) {
        sum = sum(sum, point);
      }
    }
    return sum;
  }

  /// The verification of SEC 1, section 4.1.4, with one condition more: the x coordinate of the
  /// nonce's point is below the order, as a signature on an EVM chain has it.
  static boolean verifies(Point signer, BigInteger hash, BigInteger r, BigInteger s) {
    if (r.signum() <= 0 || r.compareTo(ORDER) >= 0 || s.signum() <= 0 || s.compareTo(ORDER) >= 0) {
      return false;
    }
    BigInteger inverse = s.modInverse(ORDER);
    Point nonce = sum(product(hash.multiply(inverse), BASE), product(r.multiply(inverse), signer));
    return nonce != null && nonce.x().equals(r);
  }
}
