package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.supercargo.api.Bytes;

/// Writes heads and, behind them, the tails they point to.
final class AbiWriter {
  private static final int WORD = AbiType.WORD;

  private final int headSize;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ByteArrayOutputStream tail = new ByteArrayOutputStream();

  private AbiWriter(int headSize) {
    this.headSize = headSize;
  }

  /// The values one after another, as a call carries its arguments.
  ///
  /// @throws IllegalArgumentException if a value is none of its type
  static Bytes encode(List<AbiType> types, List<AbiValue> values) {
    return Bytes.of(members(types, values));
  }

  /// The one word of a value of a static elementary type.
  static byte[] word(AbiType type, AbiValue value) {
    return switch (type) {
      case AbiType.WholeNumber number -> number(number, value);
      case AbiType.Account _ when value instanceof AbiValue.Account(EvmAddress account) ->
          leftPadded(account.value().toArray());
      case AbiType.Flag _ when value instanceof AbiValue.Flag(boolean flag) ->
          word(flag ? BigInteger.ONE : BigInteger.ZERO);
      case AbiType.FixedBytes fixed when value instanceof AbiValue.FixedBytes(Bytes bytes) -> {
        if (bytes.size() != fixed.size()) {
          throw new IllegalArgumentException(bytes.size() + " bytes are no " + fixed.name());
        }
        yield rightPadded(bytes.toArray());
      }
      case AbiType.Account _,
          AbiType.Flag _,
          AbiType.FixedBytes _,
          AbiType.ByteString _,
          AbiType.Text _,
          AbiType.FixedArray _,
          AbiType.DynamicArray _,
          AbiType.Tuple _ ->
          throw mismatch(type, value);
    };
  }

  /// The bytes of a text in UTF-8.
  ///
  /// @throws IllegalArgumentException if half of a surrogate pair is missing
  static byte[] utf8(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] content = new byte[bytes.remaining()];
      bytes.get(content);
      return content;
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException("a text cannot be written in UTF-8");
    }
  }

  static int padding(int size) {
    return (WORD - size % WORD) % WORD;
  }

  private void write(AbiType type, AbiValue value) {
    byte[] body = body(type, value);
    if (type.isDynamic()) {
      head.writeBytes(word(BigInteger.valueOf(headSize + (long) tail.size())));
      tail.writeBytes(body);
    } else {
      head.writeBytes(body);
    }
  }

  private static byte[] body(AbiType type, AbiValue value) {
    return switch (type) {
      case AbiType.WholeNumber _, AbiType.Account _, AbiType.Flag _, AbiType.FixedBytes _ ->
          word(type, value);
      case AbiType.ByteString _ when value instanceof AbiValue.ByteString(Bytes bytes) ->
          counted(bytes.size(), rightPadded(bytes.toArray()));
      case AbiType.Text _ when value instanceof AbiValue.Text(String text) -> {
        byte[] utf8 = utf8(text);
        yield counted(utf8.length, rightPadded(utf8));
      }
      case AbiType.Tuple tuple when value instanceof AbiValue.Sequence(List<AbiValue> values) ->
          members(tuple.members(), values);
      case AbiType.FixedArray array
          when value instanceof AbiValue.Sequence(List<AbiValue> values) ->
          members(Collections.nCopies(array.length(), array.element()), values);
      case AbiType.DynamicArray array
          when value instanceof AbiValue.Sequence(List<AbiValue> values) ->
          counted(
              values.size(), members(Collections.nCopies(values.size(), array.element()), values));
      case AbiType.ByteString _,
          AbiType.Text _,
          AbiType.FixedArray _,
          AbiType.DynamicArray _,
          AbiType.Tuple _ ->
          throw mismatch(type, value);
    };
  }

  private static byte[] members(List<AbiType> types, List<AbiValue> values) {
    if (types.size() != values.size()) {
      throw new IllegalArgumentException(types.size() + " values are needed, not " + values.size());
    }
    var writer = new AbiWriter(AbiType.headSize(types));
    for (int i = 0; i < values.size(); i++) {
      writer.write(types.get(i), values.get(i));
    }
    writer.head.writeBytes(writer.tail.toByteArray());
    return writer.head.toByteArray();
  }

  private static byte[] number(AbiType.WholeNumber type, AbiValue value) {
    if (!(value instanceof AbiValue.WholeNumber(BigInteger number))) {
      throw mismatch(type, value);
    }
    boolean fits =
        type.signed()
            ? number.bitLength() < type.bits()
            : number.signum() >= 0 && number.bitLength() <= type.bits();
    if (!fits) {
      throw new IllegalArgumentException(number + " is no " + type.name());
    }
    return word(number);
  }

  private static byte[] counted(int count, byte[] content) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(word(BigInteger.valueOf(count)));
    all.writeBytes(content);
    return all.toByteArray();
  }

  private static byte[] leftPadded(byte[] content) {
    byte[] word = new byte[WORD];
    System.arraycopy(content, 0, word, WORD - content.length, content.length);
    return word;
  }

  private static byte[] rightPadded(byte[] content) {
    byte[] padded = new byte[content.length + padding(content.length)];
    System.arraycopy(content, 0, padded, 0, content.length);
    return padded;
  }

  /// Two's complement, so that the bytes before a negative number are all ones.
  private static byte[] word(BigInteger number) {
    byte[] digits = number.toByteArray();
    byte[] word = new byte[WORD];
    if (number.signum() < 0) {
      Arrays.fill(word, (byte) 0xff);
    }
    int length = Math.min(digits.length, WORD);
    System.arraycopy(digits, digits.length - length, word, WORD - length, length);
    return word;
  }

  private static IllegalArgumentException mismatch(AbiType type, AbiValue value) {
    return new IllegalArgumentException(
        "a " + value.getClass().getSimpleName() + " stands where " + type.name() + " belongs");
  }
}
