package org.supercargo.plugin.llm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.supercargo.api.SupercargoException;

/// A private key on secp256k1 that serves one message or one reply and is then forgotten. It is
/// never written anywhere, and not printed.
///
/// Source: [key agreement](https://docs.venice.ai/guides/features/tee-e2ee-models): the abscissa of
/// the shared point, then HKDF-SHA256 without salt.
final class EphemeralKey {
  private static final byte[] PURPOSE = "ecdsa_encryption".getBytes(StandardCharsets.US_ASCII);
  private static final int SCALAR_BYTES = 32;
  private static final int CIPHER_KEY_BYTES = 32;

  private final BigInteger scalar;
  private final byte[] point;

  /// @param scalar at least 1 and below the order of the curve
  EphemeralKey(BigInteger scalar) {
    if (scalar.signum() < 1 || scalar.compareTo(EnclaveKey.CURVE.getN()) >= 0) {
      throw new IllegalArgumentException("not a private key of the curve");
    }
    this.scalar = scalar;
    this.point =
        new FixedPointCombMultiplier()
            .multiply(EnclaveKey.CURVE.getG(), scalar)
            .normalize()
            .getEncoded(false);
  }

  /// @param random nobody may be able to guess what it gives
  static EphemeralKey draw(RandomGenerator random) {
    byte[] bytes = new byte[SCALAR_BYTES];
    try {
      while (true) {
        random.nextBytes(bytes);
        var drawn = new BigInteger(1, bytes);
        // Numbers outside are not brought inside, so that each key is equally likely.
        if (drawn.signum() > 0 && drawn.compareTo(EnclaveKey.CURVE.getN()) < 0) {
          return new EphemeralKey(drawn);
        }
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// The public half: 65 bytes, uncompressed.
  byte[] point() {
    return point.clone();
  }

  String pointHex() {
    return HexFormat.of().formatHex(point);
  }

  /// The AES-256 key shared with whoever has the private half of `other`.
  SecretKey sharedWith(ECPoint other) {
    byte[] secret = other.multiply(scalar).normalize().getAffineXCoord().getEncoded();
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "AES",
              HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(PURPOSE, CIPHER_KEY_BYTES));
    } catch (GeneralSecurityException impossible) {
      throw SupercargoException.bug("This Java has no HKDF-SHA256", impossible);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "EphemeralKey[" + pointHex() + "]";
  }
}
