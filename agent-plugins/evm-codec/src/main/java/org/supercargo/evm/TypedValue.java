package org.supercargo.evm;

import java.util.List;
import java.util.Map;

/// A value of typed data.
///
/// Source: [EIP-712](https://eips.ethereum.org/EIPS/eip-712).
public sealed interface TypedValue {
  /// A value of an elementary type.
  record Single(AbiValue value) implements TypedValue {}

  /// The elements of an array.
  record Items(List<TypedValue> values) implements TypedValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /// The members of a struct by their names.
  record Struct(Map<String, TypedValue> members) implements TypedValue {
    public Struct {
      members = Map.copyOf(members);
    }
  }

  static TypedValue of(AbiValue value) {
    return new Single(value);
  }

  static TypedValue items(TypedValue... values) {
    return new Items(List.of(values));
  }
}
