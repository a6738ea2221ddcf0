package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.supercargo.api.Bytes;

/// Writes heads of 32 bytes and, behind them, the tails they point to.
final class AbiWriter {
  static final int WORD = 32;

  private final int headSize;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ByteArrayOutputStream tail = new ByteArrayOutputStream();

  AbiWriter(int heads) {
    this.headSize = heads * WORD;
  }

  void write(AbiType type, AbiValue value) {
    switch (value) {
      case AbiValue.Unsigned(BigInteger number) -> {
        require(type, AbiType.Kind.NUMBER);
        if (number.signum() < 0 || number.bitLength() > type.bits()) {
          throw new IllegalArgumentException(number + " is no uint" + type.bits());
        }
        head.writeBytes(word(number));
      }
      case AbiValue.Account(EvmAddress account) -> {
        require(type, AbiType.Kind.ACCOUNT);
        head.writeBytes(new byte[WORD - account.value().size()]);
        head.writeBytes(account.value().toArray());
      }
      case AbiValue.Flag(boolean flag) -> {
        require(type, AbiType.Kind.FLAG);
        head.writeBytes(word(flag ? BigInteger.ONE : BigInteger.ZERO));
      }
      case AbiValue.Word(Bytes word) -> {
        require(type, AbiType.Kind.WORD);
        if (word.size() != WORD) {
          throw new IllegalArgumentException(word.size() + " bytes are no bytes32");
        }
        head.writeBytes(word.toArray());
      }
      case AbiValue.ByteString(Bytes content) -> {
        require(type, AbiType.Kind.BYTE_STRING);
        append(content);
      }
      case AbiValue.Text(String text) -> {
        require(type, AbiType.Kind.TEXT);
        append(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
      }
      case AbiValue.ByteStrings(List<Bytes> contents) -> {
        require(type, AbiType.Kind.BYTE_STRINGS);
        var elements = new AbiWriter(contents.size());
        contents.forEach(elements::append);
        head.writeBytes(offset());
        tail.writeBytes(word(BigInteger.valueOf(contents.size())));
        tail.writeBytes(elements.bytes().toArray());
      }
    }
  }

  Bytes bytes() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.toByteArray());
    all.writeBytes(tail.toByteArray());
    return Bytes.of(all.toByteArray());
  }

  private void append(Bytes content) {
    head.writeBytes(offset());
    tail.writeBytes(word(BigInteger.valueOf(content.size())));
    tail.writeBytes(content.toArray());
    tail.writeBytes(new byte[padding(content.size())]);
  }

  private byte[] offset() {
    return word(BigInteger.valueOf(headSize + (long) tail.size()));
  }

  static int padding(int size) {
    return (WORD - size % WORD) % WORD;
  }

  private static void require(AbiType type, AbiType.Kind kind) {
    if (type.kind() != kind) {
      throw new IllegalArgumentException("a " + kind + " stands where a " + type + " belongs");
    }
  }

  private static byte[] word(BigInteger number) {
    byte[] digits = number.toByteArray();
    byte[] word = new byte[WORD];
    int length = Math.min(digits.length, WORD);
    System.arraycopy(digits, digits.length - length, word, WORD - length, length);
    return word;
  }
}
