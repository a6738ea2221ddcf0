package org.supercargo.evm;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.supercargo.api.Bytes;

/// Writes the one text of an argument of a call: whole numbers in decimal, accounts and bytes as
/// `0x` and lower-case digits, `true` or `false`, text as it is.
///
/// Arrays are `[1,2]`, tuples `(1,2)`, without spaces; text within them is in quotation marks, with
/// a backslash before each quotation mark and backslash. So different values of a type never have
/// the same text.
final class ArgumentText {
  private ArgumentText() {}

  static String of(AbiType type, AbiValue value) {
    return value instanceof AbiValue.Text(String text) ? text : nested(type, value);
  }

  private static String nested(AbiType type, AbiValue value) {
    return switch (value) {
      case AbiValue.WholeNumber(BigInteger number) -> number.toString();
      case AbiValue.Account(EvmAddress account) -> "0x" + account.value().hex();
      case AbiValue.Flag(boolean flag) -> String.valueOf(flag);
      case AbiValue.FixedBytes(Bytes bytes) -> "0x" + bytes.hex();
      case AbiValue.ByteString(Bytes bytes) -> "0x" + bytes.hex();
      case AbiValue.Text(String text) -> quoted(text);
      case AbiValue.Sequence(List<AbiValue> values) -> several(type, values);
    };
  }

  private static String several(AbiType type, List<AbiValue> values) {
    boolean tuple = type instanceof AbiType.Tuple;
    List<AbiType> types = memberTypes(type, values.size());
    var text = new StringJoiner(",", tuple ? "(" : "[", tuple ? ")" : "]");
    for (int i = 0; i < values.size(); i++) {
      text.add(nested(types.get(i), values.get(i)));
    }
    return text.toString();
  }

  private static List<AbiType> memberTypes(AbiType type, int count) {
    return switch (type) {
      case AbiType.Tuple tuple -> tuple.members();
      case AbiType.FixedArray array -> Collections.nCopies(count, array.element());
      case AbiType.DynamicArray array -> Collections.nCopies(count, array.element());
      case AbiType.WholeNumber _,
          AbiType.Account _,
          AbiType.Flag _,
          AbiType.FixedBytes _,
          AbiType.ByteString _,
          AbiType.Text _ ->
          throw new IllegalArgumentException(type.name() + " has no members");
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
