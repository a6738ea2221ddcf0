package org.supercargo.signer.key;

import java.math.BigInteger;
import java.util.OptionalInt;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;

/// An ECDSA signature over secp256k1.
///
/// @param r 1 to the curve's order less 1
/// @param s 1 to the curve's order less 1
record EcdsaSignature(BigInteger r, BigInteger s) {
  private static final BigInteger ORDER = Secp256k1.DOMAIN.getN();
  private static final int SIZE = 64;

  EcdsaSignature {
    if (isOutside(r) || isOutside(s)) {
      throw new IllegalArgumentException("r and s lie between 1 and the order of the curve less 1");
    }
  }

  private static boolean isOutside(BigInteger number) {
    return number.signum() <= 0 || number.compareTo(ORDER) >= 0;
  }

  /// @param bytes r and s, 32 bytes each
  /// @throws IllegalArgumentException if they are no signature
  static EcdsaSignature parse(Bytes bytes) {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("r and s have 64 bytes, not " + bytes.size());
    }
    byte[] both = bytes.toArray();
    return new EcdsaSignature(new BigInteger(1, both, 0, 32), new BigInteger(1, both, 32, 32));
  }

  /// The one of the two equally good signatures that [EIP-2](https://eips.ethereum.org/EIPS/eip-2)
  /// wants: with `s` no larger than half of the order.
  EcdsaSignature lower() {
    return new EcdsaSignature(r, s.min(ORDER.subtract(s)));
  }

  /// The parity of the y coordinate with which a verifier recovers the signer's public key ([SEC
  /// 1](https://www.secg.org/sec1-v2.pdf), section 4.1.6), or nothing if this is not a signature of
  /// the signer over the hash. Finding it proves that the signature is good.
  ///
  /// A signature whose `r` stands for an x coordinate above the order has no such parity on EVM
  /// chains and is not found. Nobody has ever met one.
  ///
  /// @param hash 32 bytes
  OptionalInt parity(Bytes hash, ECPoint signer) {
    BigInteger inverse = r.modInverse(ORDER);
    BigInteger number = new BigInteger(1, hash.toArray());
    BigInteger ofGenerator = number.negate().multiply(inverse).mod(ORDER);
    BigInteger ofNonce = s.multiply(inverse).mod(ORDER);
    for (int parity = 0; parity <= 1; parity++) {
      ECPoint nonce = noncePoint(parity);
      if (nonce != null
          && ECAlgorithms.sumOfTwoMultiplies(Secp256k1.DOMAIN.getG(), ofGenerator, nonce, ofNonce)
              .equals(signer)) {
        return OptionalInt.of(parity);
      }
    }
    return OptionalInt.empty();
  }

  private @Nullable ECPoint noncePoint(int parity) {
    byte[] encoded = new byte[33];
    encoded[0] = (byte) (2 + parity);
    BigIntegers.asUnsignedByteArray(r, encoded, 1, 32);
    try {
      return Secp256k1.DOMAIN.getCurve().decodePoint(encoded);
    } catch (IllegalArgumentException e) {
      // No point of the curve has this x coordinate.
      return null;
    }
  }

  /// @return r, s and the parity: 65 bytes
  Bytes encode(int parity) {
    byte[] signature = new byte[SIZE + 1];
    BigIntegers.asUnsignedByteArray(r, signature, 0, 32);
    BigIntegers.asUnsignedByteArray(s, signature, 32, 32);
    signature[SIZE] = (byte) parity;
    return Bytes.of(signature);
  }
}
