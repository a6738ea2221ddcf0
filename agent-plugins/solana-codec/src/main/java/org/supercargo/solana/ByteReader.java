package org.supercargo.solana;

import java.math.BigInteger;
import java.util.Arrays;
import org.supercargo.api.Bytes;

/// Reads little-endian fields and refuses to read past the end.
final class ByteReader {
  private final byte[] content;
  private int position;

  ByteReader(Bytes bytes) {
    content = bytes.toArray();
  }

  int u8(String what) {
    require(1, what);
    return content[position++] & 0xff;
  }

  long u32(String what) {
    return number(4, what).longValueExact();
  }

  BigInteger u64(String what) {
    return number(8, what);
  }

  private BigInteger number(int size, String what) {
    require(size, what);
    var bigEndian = new byte[size];
    for (int index = 0; index < size; index++) {
      bigEndian[size - 1 - index] = content[position + index];
    }
    position += size;
    return new BigInteger(1, bigEndian);
  }

  Bytes bytes(int size, String what) {
    require(size, what);
    Bytes taken = Bytes.of(Arrays.copyOfRange(content, position, position + size));
    position += size;
    return taken;
  }

  PublicKey key(String what) {
    return new PublicKey(bytes(PublicKey.SIZE, what));
  }

  /// A length of one to three bytes, seven bits each, in its only canonical form.
  int compactU16(String what) {
    int value = 0;
    for (int index = 0; index < 3; index++) {
      int next = u8(what);
      value |= (next & 0x7f) << (7 * index);
      if ((next & 0x80) == 0) {
        if (index > 0 && next == 0) {
          throw new MalformedTransactionException("the " + what + " is not in its shortest form");
        }
        if (value > 0xffff) {
          break;
        }
        return value;
      }
    }
    throw new MalformedTransactionException("the " + what + " is more than 65535");
  }

  int peek(String what) {
    require(1, what);
    return content[position] & 0xff;
  }

  int remaining() {
    return content.length - position;
  }

  void requireEnd() {
    if (remaining() > 0) {
      throw new MalformedTransactionException(
          remaining() + " bytes follow where nothing is expected");
    }
  }

  private void require(int size, String what) {
    if (remaining() < size) {
      throw new MalformedTransactionException("the bytes end before the " + what);
    }
  }
}
