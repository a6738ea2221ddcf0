package org.supercargo.solana;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import org.supercargo.api.Bytes;

/// Writes little-endian fields.
final class ByteWriter {
  private static final BigInteger HIGHEST_U64 =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  ByteWriter u8(int value) {
    if (value < 0 || value > 0xff) {
      throw new MalformedTransactionException(value + " does not fit into 8 bits");
    }
    output.write(value);
    return this;
  }

  ByteWriter u32(long value) {
    if (value < 0 || value > 0xffff_ffffL) {
      throw new MalformedTransactionException(value + " does not fit into 32 unsigned bits");
    }
    return number(BigInteger.valueOf(value), 4);
  }

  ByteWriter u64(BigInteger value) {
    if (value.signum() < 0 || value.compareTo(HIGHEST_U64) > 0) {
      throw new MalformedTransactionException(value + " does not fit into 64 unsigned bits");
    }
    return number(value, 8);
  }

  private ByteWriter number(BigInteger value, int size) {
    long bits = value.longValue();
    for (int index = 0; index < size; index++) {
      output.write((int) (bits >>> (8 * index)) & 0xff);
    }
    return this;
  }

  ByteWriter bytes(Bytes bytes) {
    output.writeBytes(bytes.toArray());
    return this;
  }

  ByteWriter compactU16(int value) {
    if (value < 0 || value > 0xffff) {
      throw new MalformedTransactionException(value + " is not a length of 0 to 65535");
    }
    int rest = value;
    while (rest > 0x7f) {
      output.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    output.write(rest);
    return this;
  }

  Bytes written() {
    return Bytes.of(output.toByteArray());
  }
}
