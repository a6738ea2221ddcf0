package org.supercargo.evm;

/// The types of values that calls understood here carry.
///
/// @param bits width of a number; 0 for other kinds
record AbiType(Kind kind, int bits) {
  enum Kind {
    NUMBER,
    ACCOUNT,
    FLAG,
    WORD,
    BYTE_STRING,
    TEXT,
    BYTE_STRINGS
  }

  boolean isDynamic() {
    return switch (kind) {
      case NUMBER, ACCOUNT, FLAG, WORD -> false;
      case BYTE_STRING, TEXT, BYTE_STRINGS -> true;
    };
  }

  static AbiType of(String name) {
    return switch (name) {
      case "address" -> new AbiType(Kind.ACCOUNT, 0);
      case "bool" -> new AbiType(Kind.FLAG, 0);
      case "bytes32" -> new AbiType(Kind.WORD, 0);
      case "bytes" -> new AbiType(Kind.BYTE_STRING, 0);
      case "string" -> new AbiType(Kind.TEXT, 0);
      case "bytes[]" -> new AbiType(Kind.BYTE_STRINGS, 0);
      default -> number(name);
    };
  }

  private static AbiType number(String name) {
    int bits = name.matches("uint[0-9]{1,3}") ? Integer.parseInt(name.substring(4)) : 0;
    if (bits < 8 || bits > 256 || bits % 8 != 0) {
      throw new IllegalArgumentException("the type " + name + " is not supported");
    }
    return new AbiType(Kind.NUMBER, bits);
  }
}
