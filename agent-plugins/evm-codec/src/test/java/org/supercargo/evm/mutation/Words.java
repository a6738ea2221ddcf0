package org.supercargo.evm.mutation;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;

/// Words of the contract ABI put together by hand, without the codec.
final class Words {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static Words start(String hex) {
    var words = new Words();
    words.out.writeBytes(Bytes.fromHex(hex).toArray());
    return words;
  }

  Words number(BigInteger number) {
    byte[] word = new byte[32];
    byte[] digits = number.toByteArray();
    int from = Math.max(0, digits.length - 32);
    int length = digits.length - from;
    System.arraycopy(digits, from, word, 32 - length, length);
    return bytes(word);
  }

  Words number(long number) {
    return number(BigInteger.valueOf(number));
  }

  Words account(Address address) {
    return bytes(new byte[12]).bytes(account20(address));
  }

  Words bytes(byte[] content) {
    out.writeBytes(content);
    return this;
  }

  /// A length and the content, filled up with zeros to whole words.
  Words counted(byte[] content) {
    number(content.length);
    bytes(content);
    return bytes(new byte[(32 - content.length % 32) % 32]);
  }

  byte[] toArray() {
    return out.toByteArray();
  }

  static byte[] account20(Address address) {
    return Bytes.fromHex(address.text()).toArray();
  }

  /// The word with this index behind `offset`, or nothing but zeros beyond the end.
  static byte[] wordAt(byte[] content, int offset, int index) {
    int from = Math.min(content.length, offset + 32 * index);
    return Arrays.copyOf(
        Arrays.copyOfRange(content, from, Math.min(content.length, from + 32)), 32);
  }

  static BigInteger numberAt(byte[] content, int offset, int index) {
    return new BigInteger(1, wordAt(content, offset, index));
  }

  static byte[] keccak(byte[] content) {
    var digest = new KeccakDigest(256);
    digest.update(content, 0, content.length);
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return hash;
  }

  static byte[] keccak(String text) {
    return keccak(text.getBytes(StandardCharsets.UTF_8));
  }
}
