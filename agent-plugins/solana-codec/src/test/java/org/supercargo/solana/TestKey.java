package org.supercargo.solana;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

/// A key pair whose secret is 32 equal bytes.
record TestKey(Bytes secret, PublicKey key) {
  static TestKey of(int number) {
    var secret = new byte[32];
    Arrays.fill(secret, (byte) number);
    var key = new byte[32];
    Ed25519.generatePublicKey(secret, 0, key, 0);
    return new TestKey(Bytes.of(secret), new PublicKey(Bytes.of(key)));
  }

  Bytes sign(Bytes message) {
    var signature = new byte[64];
    byte[] content = message.toArray();
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

  Address address() {
    return key.address(ChainId.SOLANA);
  }
}
