package org.supercargo.signer.key;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Curve;
import org.bouncycastle.util.BigIntegers;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// A secp256k1 key that signs with [RFC 6979](https://www.rfc-editor.org/rfc/rfc6979) nonces and
/// the lower of the two possible `s`, as [EIP-2](https://eips.ethereum.org/EIPS/eip-2) asks.
final class Secp256k1Key implements SigningKey {
  private static final ECDomainParameters DOMAIN = domain();
  private static final int HASH_SIZE = 32;

  private final byte[] secret;
  private final ECPoint point;
  private boolean closed;

  Secp256k1Key(byte[] secret) {
    if (!isValid(secret)) {
      throw SupercargoException.user(
          "These bytes are not a secp256k1 private key",
          "Give 32 bytes that are a number from 1 to the order of the curve less one.");
    }
    this.secret = secret.clone();
    point =
        new FixedPointCombMultiplier()
            .multiply(DOMAIN.getG(), new BigInteger(1, this.secret))
            .normalize();
  }

  /// The base point is the one of SEC 2, section 2.4.1. Asking BouncyCastle for the curve by name
  /// loads all of its curves, which takes longer than everything else a start needs of it.
  private static ECDomainParameters domain() {
    var curve = new SecP256K1Curve();
    var base =
        curve.decodePoint(
            Bytes.fromHex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
                .toArray());
    return new ECDomainParameters(curve, base, curve.getOrder(), curve.getCofactor());
  }

  static boolean isValid(byte[] secret) {
    if (secret.length != KeyType.SECRET_SIZE) {
      return false;
    }
    BigInteger number = new BigInteger(1, secret);
    return number.signum() > 0 && number.compareTo(DOMAIN.getN()) < 0;
  }

  @Override
  public KeyType type() {
    return KeyType.SECP256K1;
  }

  @Override
  public Bytes publicKey() {
    byte[] encoded = point.getEncoded(false);
    return Bytes.of(Arrays.copyOfRange(encoded, 1, encoded.length));
  }

  @Override
  public synchronized Bytes sign(Bytes payload) {
    if (closed) {
      throw new IllegalStateException("the key is closed");
    }
    if (payload.size() != HASH_SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + payload.size());
    }
    byte[] hash = payload.toArray();
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    // BouncyCastle takes the scalar as a BigInteger only; this copy lives as long as this call.
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), DOMAIN));
    BigInteger[] both = signer.generateSignature(hash);
    BigInteger r = both[0];
    BigInteger s = both[1].min(DOMAIN.getN().subtract(both[1]));
    byte[] signature = new byte[65];
    BigIntegers.asUnsignedByteArray(r, signature, 0, 32);
    BigIntegers.asUnsignedByteArray(s, signature, 32, 32);
    signature[64] = parity(new BigInteger(1, hash), r, s);
    return Bytes.of(signature);
  }

  /// The parity with which a verifier recovers our public key. Looking for it also proves that the
  /// signature is good, so that a faulty computation never leaves.
  private byte parity(BigInteger hash, BigInteger r, BigInteger s) {
    for (byte parity = 0; parity <= 1; parity++) {
      byte[] encoded = new byte[33];
      encoded[0] = (byte) (2 + parity);
      BigIntegers.asUnsignedByteArray(r, encoded, 1, 32);
      ECPoint nonce = DOMAIN.getCurve().decodePoint(encoded);
      BigInteger inverse = r.modInverse(DOMAIN.getN());
      BigInteger ofGenerator = hash.negate().multiply(inverse).mod(DOMAIN.getN());
      BigInteger ofNonce = s.multiply(inverse).mod(DOMAIN.getN());
      ECPoint signerPoint =
          ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), ofGenerator, nonce, ofNonce);
      if (signerPoint.equals(point)) {
        return parity;
      }
    }
    throw SupercargoException.bug("A secp256k1 signature does not verify", null);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "secp256k1 key of " + publicKey();
  }
}
