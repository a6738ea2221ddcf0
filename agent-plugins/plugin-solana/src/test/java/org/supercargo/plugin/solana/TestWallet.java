package org.supercargo.plugin.solana;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Draft;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.SolanaCodec;

/// A key pair that signs drafts as the signer does.
record TestWallet(Bytes secret, PublicKey key) {
  private static final AtomicInteger CREATED = new AtomicInteger();

  /// A wallet no other test of this run has, so that tests on one chain do not meet.
  static TestWallet create() {
    return of(ByteBuffer.allocate(32).putInt(CREATED.incrementAndGet()).array());
  }

  static TestWallet of(byte[] secret) {
    var key = new byte[32];
    Ed25519.generatePublicKey(secret, 0, key, 0);
    return new TestWallet(Bytes.of(secret), new PublicKey(Bytes.of(key)));
  }

  Address address() {
    return key.address(ChainId.SOLANA);
  }

  SignedTransaction sign(Draft draft) {
    var codec = new SolanaCodec();
    Bytes payload = codec.signingPayload(ChainId.SOLANA, draft.unsigned(), address());
    TransactionCodec.Signed signed =
        codec.assemble(ChainId.SOLANA, draft.unsigned(), address(), sign(payload));
    return new SignedTransaction(signed.id(), signed.bytes(), draft.validity());
  }

  Bytes sign(Bytes payload) {
    var signature = new byte[64];
    byte[] content = payload.toArray();
    Ed25519.sign(
        secret.toArray(),
        0,
        key.bytes().toArray(),
        0,
        null,
        content,
        0,
        content.length,
        signature,
        0);
    return Bytes.of(signature);
  }
}
