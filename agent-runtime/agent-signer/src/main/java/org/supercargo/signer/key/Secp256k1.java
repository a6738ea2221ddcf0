package org.supercargo.signer.key;

import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Curve;
import org.supercargo.api.Bytes;

/// The curve of [SEC 2](https://www.secg.org/sec2-v2.pdf), section 2.4.1.
final class Secp256k1 {
  static final ECDomainParameters DOMAIN = domain();
  private static final int COORDINATES = 64;

  private Secp256k1() {}

  /// Asking BouncyCastle for the curve by name loads all of its curves, which takes longer than
  /// everything else a start needs of it.
  private static ECDomainParameters domain() {
    var curve = new SecP256K1Curve();
    var base =
        curve.decodePoint(
            Bytes.fromHex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
                .toArray());
    return new ECDomainParameters(curve, base, curve.getOrder(), curve.getCofactor());
  }

  /// @param publicKey x and y
  /// @throws IllegalArgumentException if they are not the coordinates of a point of the curve
  static ECPoint publicPoint(Bytes publicKey) {
    if (publicKey.size() != COORDINATES) {
      throw new IllegalArgumentException("a point has 64 bytes, not " + publicKey.size());
    }
    byte[] encoded = new byte[1 + COORDINATES];
    encoded[0] = 4;
    System.arraycopy(publicKey.toArray(), 0, encoded, 1, COORDINATES);
    return DOMAIN.getCurve().decodePoint(encoded);
  }
}
