package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.supercargo.api.Bytes;

/// An item of Recursive Length Prefix encoding. Reading accepts only the one canonical form.
///
/// Source: [RLP](https://ethereum.org/developers/docs/data-structures-and-encoding/rlp/).
public sealed interface Rlp {
  /// A string of bytes.
  record Text(Bytes content) implements Rlp {
    /// The non-negative number these bytes are, big-endian and without leading zeros.
    public BigInteger integer(String name) {
      byte[] bytes = content.toArray();
      if (bytes.length > 0 && bytes[0] == 0) {
        throw new MalformedBytesException(name + " has leading zeros");
      }
      return new BigInteger(1, bytes);
    }
  }

  /// A list of items.
  record Sequence(List<Rlp> items) implements Rlp {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  static Text text(Bytes content) {
    return new Text(content);
  }

  static Text integer(BigInteger number) {
    if (number.signum() < 0) {
      throw new IllegalArgumentException(number + " is negative");
    }
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return new Text(Bytes.of(Arrays.copyOfRange(bytes, from, bytes.length)));
  }

  /// The item's encoding.
  default Bytes encode() {
    var out = new ByteArrayOutputStream();
    write(out);
    return Bytes.of(out.toByteArray());
  }

  private void write(ByteArrayOutputStream out) {
    switch (this) {
      case Text(Bytes content) -> {
        byte[] bytes = content.toArray();
        if (bytes.length != 1 || bytes[0] < 0) {
          writeLength(out, 0x80, bytes.length);
        }
        out.writeBytes(bytes);
      }
      case Sequence(List<Rlp> items) -> {
        var body = new ByteArrayOutputStream();
        items.forEach(item -> item.write(body));
        writeLength(out, 0xc0, body.size());
        out.writeBytes(body.toByteArray());
      }
    }
  }

  private static void writeLength(ByteArrayOutputStream out, int base, int length) {
    if (length <= 55) {
      out.write(base + length);
      return;
    }
    byte[] digits = integer(BigInteger.valueOf(length)).content().toArray();
    out.write(base + 55 + digits.length);
    out.writeBytes(digits);
  }

  /// Reads exactly one item that fills `bytes`.
  ///
  /// @throws MalformedBytesException if the bytes are not the canonical encoding of one item
  static Rlp decode(Bytes bytes) {
    return new RlpReader(bytes.toArray()).only();
  }
}
