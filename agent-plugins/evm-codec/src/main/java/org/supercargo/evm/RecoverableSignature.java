package org.supercargo.evm;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.supercargo.api.Bytes;

/// A secp256k1 signature from which the signer's public key can be recovered.
///
/// Sources: [SEC 1](https://www.secg.org/sec1-v2.pdf), section 4.1.6; the lower half of `s` is
/// required by [EIP-2](https://eips.ethereum.org/EIPS/eip-2).
///
/// @param r 1 to the curve's order less 1
/// @param s 1 to half of the curve's order
/// @param yParity 0 or 1
public record RecoverableSignature(BigInteger r, BigInteger s, int yParity) {
  private static final int SIZE = 65;
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

  public RecoverableSignature {
    if (r.signum() <= 0 || r.compareTo(CURVE.getN()) >= 0) {
      throw new MalformedBytesException("the signature's r is out of range");
    }
    if (s.signum() <= 0 || s.compareTo(CURVE.getN().shiftRight(1)) > 0) {
      throw new MalformedBytesException("the signature's s is not in the lower half");
    }
    if (yParity != 0 && yParity != 1) {
      throw new MalformedBytesException("the signature's y parity is neither 0 nor 1");
    }
  }

  /// @param bytes 65 bytes: r, s and the y parity as 0 or 1
  public static RecoverableSignature parse(Bytes bytes) {
    if (bytes.size() != SIZE) {
      throw new MalformedBytesException("a signature has 65 bytes, not " + bytes.size());
    }
    byte[] content = bytes.toArray();
    return new RecoverableSignature(
        new BigInteger(1, content, 0, 32), new BigInteger(1, content, 32, 32), content[64]);
  }

  /// The account whose key signed `hash`.
  ///
  /// @throws MalformedBytesException if no key can have made this signature
  public EvmAddress recover(Bytes hash) {
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (2 + yParity);
    byte[] x = r.toByteArray();
    int length = Math.min(x.length, 32);
    System.arraycopy(x, x.length - length, compressed, 33 - length, length);
    return EvmAddress.ofPublicKey(publicKey(point(compressed), new BigInteger(1, hash.toArray())));
  }

  private static ECPoint point(byte[] compressed) {
    try {
      return CURVE.getCurve().decodePoint(compressed);
    } catch (IllegalArgumentException _) {
      throw new MalformedBytesException("the signature's r is not on the curve");
    }
  }

  private Bytes publicKey(ECPoint ephemeral, BigInteger hash) {
    BigInteger order = CURVE.getN();
    BigInteger inverse = r.modInverse(order);
    ECPoint key =
        ECAlgorithms.sumOfTwoMultiplies(
            CURVE.getG(),
            inverse.multiply(hash).negate().mod(order),
            ephemeral,
            inverse.multiply(s).mod(order));
    if (key.isInfinity()) {
      throw new MalformedBytesException("no key can have made the signature");
    }
    byte[] uncompressed = key.normalize().getEncoded(false);
    return Bytes.of(Arrays.copyOfRange(uncompressed, 1, uncompressed.length));
  }
}
