package org.supercargo.plugin.uniswap;

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
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.chain.Validity;
import org.supercargo.evm.EvmCodec;
import org.supercargo.evm.RecoverableSignature;

/// A wallet whose key is a small number, for tests.
record TestWallet(BigInteger secret) {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final EvmCodec CODEC = new EvmCodec();

  Address address() {
    byte[] point = CURVE.getG().multiply(secret).normalize().getEncoded(false);
    return CODEC.address(ChainId.BASE, Bytes.of(Arrays.copyOfRange(point, 1, point.length)));
  }

  SignedTransaction sign(Bytes unsigned, long nonce) {
    Bytes hash = CODEC.signingPayload(ChainId.BASE, unsigned, address());
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, new ECDomainParameters(CURVE)));
    BigInteger[] signature = signer.generateSignature(hash.toArray());
    BigInteger s = signature[1].min(CURVE.getN().subtract(signature[1]));
    int parity =
        new RecoverableSignature(signature[0], s, 0)
                .recover(hash)
                .on(ChainId.BASE)
                .equals(address())
            ? 0
            : 1;
    Bytes bytes = Bytes.fromHex("%064x%064x%02x".formatted(signature[0], s, parity));
    TransactionCodec.Signed signed = CODEC.assemble(ChainId.BASE, unsigned, address(), bytes);
    return new SignedTransaction(signed.id(), signed.bytes(), new Validity.Nonce(nonce));
  }
}
