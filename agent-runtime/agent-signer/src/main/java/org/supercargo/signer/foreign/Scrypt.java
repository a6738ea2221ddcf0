package org.supercargo.signer.foreign;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/// scrypt after [RFC 7914](https://www.rfc-editor.org/rfc/rfc7914), without its bound of `n` by
/// `r`: key files with `n` = 262,144 and `r` = 1 exist, and BouncyCastle's scrypt refuses them.
///
/// @param n cost, a power of two
/// @param r block size in 128-byte steps
/// @param p repetitions
record Scrypt(int n, int r, int p) {
  private static final int SALSA_INTS = 16;
  private static final int ROUNDS = 8;

  Scrypt {
    if (n < 2 || Integer.bitCount(n) != 1 || r < 1 || p < 1) {
      throw new IllegalArgumentException("n is a power of two above 1; r and p are positive");
    }
  }

  byte[] key(byte[] password, byte[] salt, int size) {
    int blockBytes = 128 * r;
    byte[] blocks = pbkdf2(password, salt, 1, p * blockBytes);
    for (int index = 0; index < p; index++) {
      ByteBuffer bytes = ByteBuffer.wrap(blocks, index * blockBytes, blockBytes);
      IntBuffer block = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
      int[] numbers = new int[block.remaining()];
      block.get(numbers);
      mix(numbers);
      block.rewind().put(numbers);
    }
    byte[] key = pbkdf2(password, blocks, 1, size);
    Arrays.fill(blocks, (byte) 0);
    return key;
  }

  static byte[] pbkdf2(byte[] password, byte[] salt, int iterations, int size) {
    PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
    generator.init(password, salt, iterations);
    return ((KeyParameter) generator.generateDerivedMacParameters(8 * size)).getKey();
  }

  /// scryptROMix of section 5.
  private void mix(int[] block) {
    int[][] table = new int[n][];
    int[] spare = new int[block.length];
    for (int index = 0; index < n; index++) {
      table[index] = block.clone();
      mixBlock(block, spare);
    }
    for (int index = 0; index < n; index++) {
      int chosen = block[block.length - SALSA_INTS] & (n - 1);
      xor(block, 0, table[chosen], 0, block.length);
      mixBlock(block, spare);
    }
  }

  /// scryptBlockMix of section 4: even results go to the first half, odd ones to the second.
  private void mixBlock(int[] block, int[] spare) {
    int[] sum = Arrays.copyOfRange(block, block.length - SALSA_INTS, block.length);
    int[] mixed = new int[SALSA_INTS];
    for (int index = 0; index < 2 * r; index++) {
      xor(sum, 0, block, index * SALSA_INTS, SALSA_INTS);
      Salsa20Engine.salsaCore(ROUNDS, sum, mixed);
      System.arraycopy(mixed, 0, sum, 0, SALSA_INTS);
      int place = index / 2 + (index % 2) * r;
      System.arraycopy(mixed, 0, spare, place * SALSA_INTS, SALSA_INTS);
    }
    System.arraycopy(spare, 0, block, 0, block.length);
  }

  private static void xor(int[] into, int intoStart, int[] from, int fromStart, int count) {
    for (int index = 0; index < count; index++) {
      into[intoStart + index] ^= from[fromStart + index];
    }
  }
}
