package org.supercargo.signer.key;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// A secp256k1 key that signs with [RFC 6979](https://www.rfc-editor.org/rfc/rfc6979) nonces and
/// the lower of the two possible `s`, as [EIP-2](https://eips.ethereum.org/EIPS/eip-2) asks.
final class Secp256k1Key implements SigningKey {
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
            .multiply(Secp256k1.DOMAIN.getG(), new BigInteger(1, this.secret))
            .normalize();
  }

  static boolean isValid(byte[] secret) {
    if (secret.length != KeyType.SECRET_SIZE) {
      return false;
    }
    BigInteger number = new BigInteger(1, secret);
    return number.signum() > 0 && number.compareTo(Secp256k1.DOMAIN.getN()) < 0;
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
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    // BouncyCastle takes the scalar as a BigInteger only; this copy lives as long as this call.
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), Secp256k1.DOMAIN));
    BigInteger[] both = signer.generateSignature(payload.toArray());
    EcdsaSignature signature = new EcdsaSignature(both[0], both[1]).lower();
    // Looking for the parity proves the signature, so that a faulty computation never leaves.
    int parity =
        signature
            .parity(payload, point)
            .orElseThrow(
                () -> SupercargoException.bug("A secp256k1 signature does not verify", null));
    return signature.encode(parity);
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
