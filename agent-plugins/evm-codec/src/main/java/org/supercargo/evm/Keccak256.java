package org.supercargo.evm;

import org.bouncycastle.crypto.digests.KeccakDigest;
import org.supercargo.api.Bytes;

/// Keccak-256 with the original padding, which Ethereum uses; SHA3-256 differs from it.
///
/// Source: [Ethereum yellow paper](https://ethereum.github.io/yellowpaper/paper.pdf), section 3.
public final class Keccak256 {
  private static final int BITS = 256;

  private Keccak256() {}

  /// The digest of `content`, 32 bytes.
  public static Bytes hash(Bytes content) {
    var digest = new KeccakDigest(BITS);
    byte[] input = content.toArray();
    digest.update(input, 0, input.length);
    byte[] output = new byte[BITS / 8];
    digest.doFinal(output, 0);
    return Bytes.of(output);
  }
}
