package org.supercargo.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import org.supercargo.api.Bytes;

/// Walks over an RLP encoding once and accepts only its canonical form.
final class RlpReader {
  /// Lists within lists that are read at the most; a transaction needs four.
  private static final int DEEPEST = 16;

  private final byte[] content;
  private int position;

  RlpReader(byte[] content) {
    this.content = content;
  }

  /// The one item that fills the bytes.
  Rlp only() {
    Rlp item = item(content.length, 0);
    if (position != content.length) {
      throw new MalformedBytesException(
          (content.length - position) + " bytes follow the end of the RLP item");
    }
    return item;
  }

  private Rlp item(int end, int depth) {
    if (depth > DEEPEST) {
      throw new MalformedBytesException("RLP lists are nested too deeply");
    }
    require(1, end);
    int prefix = content[position++] & 0xff;
    if (prefix < 0x80) {
      return new Rlp.Text(Bytes.of(new byte[] {(byte) prefix}));
    }
    if (prefix < 0xc0) {
      return string(length(prefix - 0x80, end), end);
    }
    return sequence(length(prefix - 0xc0, end), end, depth);
  }

  private Rlp.Text string(int length, int end) {
    require(length, end);
    if (length == 1 && content[position] >= 0) {
      throw new MalformedBytesException("a single byte is encoded with a length");
    }
    var text = new Rlp.Text(Bytes.of(Arrays.copyOfRange(content, position, position + length)));
    position += length;
    return text;
  }

  private Rlp.Sequence sequence(int length, int end, int depth) {
    require(length, end);
    int own = position + length;
    var items = new ArrayList<Rlp>();
    while (position < own) {
      items.add(item(own, depth + 1));
    }
    return new Rlp.Sequence(items);
  }

  private int length(int code, int end) {
    if (code <= 55) {
      return code;
    }
    int digits = code - 55;
    require(digits, end);
    if (content[position] == 0) {
      throw new MalformedBytesException("an RLP length has leading zeros");
    }
    var length = new BigInteger(1, content, position, digits);
    position += digits;
    if (length.compareTo(BigInteger.valueOf(55)) <= 0) {
      throw new MalformedBytesException("an RLP length is longer than needed");
    }
    if (length.compareTo(BigInteger.valueOf(end - position)) > 0) {
      throw new MalformedBytesException("an RLP item is longer than its surroundings");
    }
    return length.intValueExact();
  }

  private void require(int count, int end) {
    if (count > end - position) {
      throw new MalformedBytesException("an RLP item is longer than its surroundings");
    }
  }
}
