package org.supercargo.evm;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.supercargo.api.Bytes;

/// Reads heads in order and the tails they point to, which must follow each other without gaps.
final class AbiReader {
  private static final int WORD = AbiWriter.WORD;

  private final byte[] content;
  private int head;
  private int tail;

  AbiReader(byte[] content, int heads) {
    this.content = content;
    this.tail = heads * WORD;
    if (tail > content.length) {
      throw new MalformedBytesException("the call's arguments are cut off");
    }
  }

  AbiValue read(AbiType type) {
    return switch (type.kind()) {
      case NUMBER -> new AbiValue.Unsigned(number(head(), type.bits()));
      case ACCOUNT -> new AbiValue.Account(account(head()));
      case FLAG -> new AbiValue.Flag(number(head(), 1).signum() > 0);
      case WORD -> new AbiValue.Word(slice(head(), WORD));
      case BYTE_STRING -> new AbiValue.ByteString(byteString());
      case TEXT -> new AbiValue.Text(text(byteString()));
      case BYTE_STRINGS -> new AbiValue.ByteStrings(byteStrings());
    };
  }

  void requireEnd() {
    if (tail != content.length) {
      throw new MalformedBytesException("bytes follow the end of the call's arguments");
    }
  }

  private int head() {
    int position = head;
    head += WORD;
    return position;
  }

  private BigInteger number(int position, int bits) {
    var number = new BigInteger(1, content, position, WORD);
    if (number.bitLength() > bits) {
      throw new MalformedBytesException("an argument does not fit into its type");
    }
    return number;
  }

  private EvmAddress account(int position) {
    number(position, 160);
    return new EvmAddress(slice(position + 12, 20));
  }

  private Bytes byteString() {
    requireOffset();
    int length = length(1);
    Bytes value = slice(tail, length);
    tail += length;
    int padding = AbiWriter.padding(length);
    if (padding > content.length - tail) {
      throw new MalformedBytesException("the call's arguments are cut off");
    }
    for (int i = 0; i < padding; i++) {
      if (content[tail + i] != 0) {
        throw new MalformedBytesException("the padding of an argument is not zero");
      }
    }
    tail += padding;
    return value;
  }

  private List<Bytes> byteStrings() {
    requireOffset();
    int count = length(WORD);
    var elements = new AbiReader(Arrays.copyOfRange(content, tail, content.length), count);
    var values = new ArrayList<Bytes>();
    for (int i = 0; i < count; i++) {
      values.add(elements.byteString());
    }
    tail += elements.tail;
    return values;
  }

  private void requireOffset() {
    if (!number(head(), 256).equals(BigInteger.valueOf(tail))) {
      throw new MalformedBytesException("an argument is not where the canonical encoding has it");
    }
  }

  /// Reads a length at the tail, in units of `unit` bytes that must all be there.
  private int length(int unit) {
    if (WORD > content.length - tail) {
      throw new MalformedBytesException("the call's arguments are cut off");
    }
    BigInteger length = number(tail, 256);
    tail += WORD;
    if (length.compareTo(BigInteger.valueOf((content.length - tail) / unit)) > 0) {
      throw new MalformedBytesException("the call's arguments are cut off");
    }
    return length.intValueExact();
  }

  private Bytes slice(int from, int length) {
    return Bytes.of(Arrays.copyOfRange(content, from, from + length));
  }

  private static String text(Bytes utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8.toArray())).toString();
    } catch (CharacterCodingException _) {
      throw new MalformedBytesException("a text is not UTF-8");
    }
  }
}
