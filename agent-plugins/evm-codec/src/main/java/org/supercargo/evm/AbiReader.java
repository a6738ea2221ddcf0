package org.supercargo.evm;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.supercargo.api.Bytes;

/// Reads heads in order and the tails they point to, which must follow each other without gaps.
final class AbiReader {
  private static final int WORD = AbiType.WORD;

  private final byte[] content;
  private final int start;
  private int head;
  private int tail;

  private AbiReader(byte[] content, int start, int headSize) {
    this.content = content;
    this.start = start;
    this.head = start;
    if (headSize > content.length - start) {
      throw cutOff();
    }
    this.tail = start + headSize;
  }

  /// @throws MalformedBytesException if the bytes are not the canonical encoding of such values
  static List<AbiValue> decode(List<AbiType> types, Bytes bytes) {
    var reader = new AbiReader(bytes.toArray(), 0, AbiType.headSize(types));
    List<AbiValue> values = reader.members(types);
    if (reader.tail != reader.content.length) {
      throw new MalformedBytesException("bytes follow the end of the call's arguments");
    }
    return values;
  }

  private List<AbiValue> members(List<AbiType> types) {
    var values = new ArrayList<AbiValue>(types.size());
    for (AbiType type : types) {
      values.add(read(type));
    }
    return values;
  }

  private AbiValue read(AbiType type) {
    return switch (type) {
      case AbiType.WholeNumber number -> new AbiValue.WholeNumber(number(number));
      case AbiType.Account _ -> new AbiValue.Account(account());
      case AbiType.Flag _ -> new AbiValue.Flag(unsigned(nextHead(), 1).signum() > 0);
      case AbiType.FixedBytes fixed -> new AbiValue.FixedBytes(fixedBytes(fixed.size()));
      case AbiType.ByteString _ -> new AbiValue.ByteString(byteString());
      case AbiType.Text _ -> new AbiValue.Text(text(byteString()));
      case AbiType.DynamicArray array -> new AbiValue.Sequence(elements(array.element()));
      case AbiType.FixedArray array ->
          new AbiValue.Sequence(
              group(type.isDynamic(), Collections.nCopies(array.length(), array.element())));
      case AbiType.Tuple tuple -> new AbiValue.Sequence(group(type.isDynamic(), tuple.members()));
    };
  }

  /// The members of a tuple or of an array of known length: among the heads if they are static.
  private List<AbiValue> group(boolean dynamic, List<AbiType> types) {
    if (!dynamic) {
      return members(types);
    }
    requireOffset();
    return apart(types);
  }

  private List<AbiValue> elements(AbiType element) {
    requireOffset();
    return apart(Collections.nCopies(length(element.headSize()), element));
  }

  /// Reads values whose own heads and tails begin at the tail.
  private List<AbiValue> apart(List<AbiType> types) {
    var reader = new AbiReader(content, tail, AbiType.headSize(types));
    List<AbiValue> values = reader.members(types);
    tail = reader.tail;
    return values;
  }

  private int nextHead() {
    int position = head;
    head += WORD;
    return position;
  }

  private BigInteger number(AbiType.WholeNumber type) {
    int position = nextHead();
    if (!type.signed()) {
      return unsigned(position, type.bits());
    }
    var number = new BigInteger(content, position, WORD);
    if (number.bitLength() >= type.bits()) {
      throw tooWide();
    }
    return number;
  }

  private BigInteger unsigned(int position, int bits) {
    var number = new BigInteger(1, content, position, WORD);
    if (number.bitLength() > bits) {
      throw tooWide();
    }
    return number;
  }

  private EvmAddress account() {
    int position = nextHead();
    unsigned(position, 160);
    return new EvmAddress(slice(position + 12, 20));
  }

  private Bytes fixedBytes(int size) {
    int position = nextHead();
    requireZeros(position + size, WORD - size);
    return slice(position, size);
  }

  private Bytes byteString() {
    requireOffset();
    int length = length(1);
    Bytes value = slice(tail, length);
    tail += length;
    int padding = AbiWriter.padding(length);
    if (padding > content.length - tail) {
      throw cutOff();
    }
    requireZeros(tail, padding);
    tail += padding;
    return value;
  }

  private void requireZeros(int from, int count) {
    for (int i = 0; i < count; i++) {
      if (content[from + i] != 0) {
        throw new MalformedBytesException("the padding of an argument is not zero");
      }
    }
  }

  private void requireOffset() {
    if (!unsigned(nextHead(), 256).equals(BigInteger.valueOf(tail - start))) {
      throw new MalformedBytesException("an argument is not where the canonical encoding has it");
    }
  }

  /// Reads a length at the tail, in units of `unit` bytes that must all be there.
  private int length(int unit) {
    if (WORD > content.length - tail) {
      throw cutOff();
    }
    BigInteger length = unsigned(tail, 256);
    tail += WORD;
    if (length.compareTo(BigInteger.valueOf((content.length - tail) / unit)) > 0) {
      throw cutOff();
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

  private static MalformedBytesException tooWide() {
    return new MalformedBytesException("an argument does not fit into its type");
  }

  private static MalformedBytesException cutOff() {
    return new MalformedBytesException("the call's arguments are cut off");
  }
}
