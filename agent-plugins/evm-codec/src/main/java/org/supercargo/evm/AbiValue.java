package org.supercargo.evm;

import java.math.BigInteger;
import java.util.List;
import org.supercargo.api.Bytes;

/// A value of a contract call.
public sealed interface AbiValue {
  /// An unsigned integer of any width.
  record Unsigned(BigInteger value) implements AbiValue {}

  /// An account.
  record Account(EvmAddress value) implements AbiValue {}

  /// True or false.
  record Flag(boolean value) implements AbiValue {}

  /// Exactly 32 bytes.
  record Word(Bytes value) implements AbiValue {}

  /// Bytes of any number.
  record ByteString(Bytes value) implements AbiValue {}

  /// Text in UTF-8.
  record Text(String value) implements AbiValue {}

  /// A list of byte strings.
  record ByteStrings(List<Bytes> values) implements AbiValue {
    public ByteStrings {
      values = List.copyOf(values);
    }
  }

  static AbiValue of(BigInteger value) {
    return new Unsigned(value);
  }

  static AbiValue of(long value) {
    return new Unsigned(BigInteger.valueOf(value));
  }

  static AbiValue of(EvmAddress value) {
    return new Account(value);
  }

  static AbiValue of(Bytes value) {
    return new ByteString(value);
  }

  static AbiValue of(List<Bytes> values) {
    return new ByteStrings(values);
  }
}
