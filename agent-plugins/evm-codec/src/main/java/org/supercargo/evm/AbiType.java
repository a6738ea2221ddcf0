package org.supercargo.evm;

import java.util.List;
import java.util.stream.Collectors;

/// A type of the contract ABI, in its canonical name.
///
/// Source: [contract ABI](https://docs.soliditylang.org/en/latest/abi-spec.html).
sealed interface AbiType {
  /// Every head and every length takes this many bytes.
  int WORD = 32;

  /// Nothing that is read or written takes more; so no size overflows.
  int LARGEST = 128 * 1024;

  /// @param bits 8 to 256, a multiple of 8
  record WholeNumber(int bits, boolean signed) implements AbiType {
    public WholeNumber {
      if (bits < 8 || bits > 256 || bits % 8 != 0) {
        throw new IllegalArgumentException("there are no numbers of " + bits + " bits");
      }
    }
  }

  /// An account or a contract.
  record Account() implements AbiType {}

  /// True or false.
  record Flag() implements AbiType {}

  /// @param size 1 to 32
  record FixedBytes(int size) implements AbiType {
    public FixedBytes {
      if (size < 1 || size > WORD) {
        throw new IllegalArgumentException("there is no type bytes" + size);
      }
    }
  }

  /// Bytes of any number.
  record ByteString() implements AbiType {}

  /// Text in UTF-8.
  record Text() implements AbiType {}

  /// As many elements as the type says.
  record FixedArray(AbiType element, int length) implements AbiType {
    public FixedArray {
      if (length < 1 || (long) element.headSize() * length > LARGEST) {
        throw new IllegalArgumentException("an array of " + length + " elements is not read");
      }
    }
  }

  /// As many elements as the value says.
  record DynamicArray(AbiType element) implements AbiType {}

  /// Several values in order; an empty one would let a value of no bytes hold any number of them.
  record Tuple(List<AbiType> members) implements AbiType {
    public Tuple {
      members = List.copyOf(members);
    }
  }

  default boolean isDynamic() {
    return switch (this) {
      case WholeNumber _, Account _, Flag _, FixedBytes _ -> false;
      case ByteString _, Text _, DynamicArray _ -> true;
      case FixedArray array -> array.element().isDynamic();
      case Tuple tuple -> tuple.members().stream().anyMatch(AbiType::isDynamic);
    };
  }

  /// Bytes among the heads: those of the value, or of the offset to it.
  default int headSize() {
    return isDynamic() ? WORD : size();
  }

  private int size() {
    return switch (this) {
      case FixedArray array -> array.element().headSize() * array.length();
      case Tuple tuple -> headSize(tuple.members());
      case WholeNumber _, Account _, Flag _, FixedBytes _, ByteString _, Text _, DynamicArray _ ->
          WORD;
    };
  }

  static int headSize(List<AbiType> types) {
    return types.stream().mapToInt(AbiType::headSize).sum();
  }

  /// The name that signatures use.
  default String name() {
    return switch (this) {
      case WholeNumber number -> (number.signed() ? "int" : "uint") + number.bits();
      case Account _ -> "address";
      case Flag _ -> "bool";
      case FixedBytes bytes -> "bytes" + bytes.size();
      case ByteString _ -> "bytes";
      case Text _ -> "string";
      case FixedArray array -> array.element().name() + "[" + array.length() + "]";
      case DynamicArray array -> array.element().name() + "[]";
      case Tuple tuple ->
          tuple.members().stream().map(AbiType::name).collect(Collectors.joining(",", "(", ")"));
    };
  }
}
