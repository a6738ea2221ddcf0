package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.HexFormat;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.chain.Validity;
import org.supercargo.evm.EvmCodec;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

/// A wallet whose key is a small number, for tests.
record TestWallet(ECKeyPair keys) {
  private static final EvmCodec CODEC = new EvmCodec();

  static TestWallet of(long secret) {
    return new TestWallet(ECKeyPair.create(BigInteger.valueOf(secret)));
  }

  Address address() {
    Bytes publicKey = Bytes.fromHex("%0128x".formatted(keys.getPublicKey()));
    return CODEC.address(ChainId.BASE, publicKey);
  }

  SignedTransaction sign(Bytes unsigned, long nonce) {
    return sign(unsigned, new Validity.Nonce(nonce));
  }

  SignedTransaction sign(Draft draft) {
    return sign(draft.unsigned(), draft.validity());
  }

  private SignedTransaction sign(Bytes unsigned, Validity validity) {
    Bytes hash = CODEC.signingPayload(ChainId.BASE, unsigned, address());
    Bytes signature = signHash(hash);
    TransactionCodec.Signed signed = CODEC.assemble(ChainId.BASE, unsigned, address(), signature);
    return new SignedTransaction(signed.id(), signed.bytes(), validity);
  }

  /// The bytes r, s and the y parity as 0 or 1.
  Bytes signHash(Bytes hash) {
    Sign.SignatureData signature = Sign.signMessage(hash.toArray(), keys, false);
    HexFormat hex = HexFormat.of();
    return Bytes.fromHex(
        hex.formatHex(signature.getR())
            + hex.formatHex(signature.getS())
            + (signature.getV()[0] == 27 ? "00" : "01"));
  }
}
