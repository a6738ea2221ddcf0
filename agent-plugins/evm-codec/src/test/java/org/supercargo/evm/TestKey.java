package org.supercargo.evm;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.supercargo.api.Bytes;

/// A key known to everyone, for tests.
record TestKey(BigInteger secret) {
  /// The key of the example in EIP-155.
  static final TestKey OF_EIP_155 = new TestKey(new BigInteger("46".repeat(32), 16));

  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

  Bytes publicKey() {
    byte[] point = CURVE.getG().multiply(secret).normalize().getEncoded(false);
    return Bytes.of(Arrays.copyOfRange(point, 1, point.length));
  }

  Bytes sign(Bytes hash) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
    BigInteger[] signature = signer.generateSignature(hash.toArray());
    BigInteger s = signature[1].min(CURVE.getN().subtract(signature[1]));
    EvmAddress own = EvmAddress.ofPublicKey(publicKey());
    for (int parity = 0; parity <= 1; parity++) {
      var candidate = new RecoverableSignature(signature[0], s, parity);
      if (candidate.recover(hash).equals(own)) {
        return bytes(candidate);
      }
    }
    throw new AssertionError("neither parity recovers the key");
  }

  static Bytes bytes(RecoverableSignature signature) {
    return Bytes.fromHex(
        "%064x%064x%02x".formatted(signature.r(), signature.s(), signature.yParity()));
  }
}
