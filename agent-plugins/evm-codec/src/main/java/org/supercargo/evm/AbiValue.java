package org.supercargo.evm;

import java.math.BigInteger;
import java.util.List;
import org.supercargo.api.Bytes;

/// A value of a contract call.
public sealed interface AbiValue {
  /// An integer of any width, with or without a sign.
  record WholeNumber(BigInteger value) implements AbiValue {}

  /// An account.
  record Account(EvmAddress value) implements AbiValue {}

  /// True or false.
  record Flag(boolean value) implements AbiValue {}

  /// As many bytes as the type says, 1 to 32.
  record FixedBytes(Bytes value) implements AbiValue {}

  /// Bytes of any number.
  record ByteString(Bytes value) implements AbiValue {}

  /// Text in UTF-8.
  record Text(String value) implements AbiValue {}

  /// The elements of an array, or the members of a tuple.
  record Sequence(List<AbiValue> values) implements AbiValue {
    public Sequence {
      values = List.copyOf(values);
    }
  }

  static AbiValue of(BigInteger value) {
    return new WholeNumber(value);
  }

  static AbiValue of(long value) {
    return new WholeNumber(BigInteger.valueOf(value));
  }

  static AbiValue of(EvmAddress value) {
    return new Account(value);
  }

  static AbiValue of(Bytes value) {
    return new ByteString(value);
  }

  static AbiValue of(List<Bytes> values) {
    return new Sequence(values.stream().map(AbiValue::of).toList());
  }
}
