package org.supercargo.plugin.evm;

import java.math.BigInteger;
import org.supercargo.api.Bytes;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.MalformedBytesException;

/// Says in words why a contract undid a call.
///
/// Source: [Solidity](https://docs.soliditylang.org/en/latest/control-structures.html), error
/// handling.
final class RevertReason {
  private static final AbiFunction ERROR = AbiFunction.of("Error(string)");
  private static final AbiFunction PANIC = AbiFunction.of("Panic(uint256)");
  private static final int LONGEST = 200;

  private RevertReason() {}

  /// @param data what the call returned; may be empty
  static String of(Bytes data) {
    Bytes selector = AbiFunction.selectorOf(data);
    if (data.size() == 0) {
      return "the contract reverted without a reason";
    }
    try {
      if (selector.equals(ERROR.selector())) {
        return "the contract reverted: " + printable(ERROR.decode(data).text(0));
      }
      if (selector.equals(PANIC.selector())) {
        return "the contract panicked: " + panic(PANIC.decode(data).number(0));
      }
    } catch (MalformedBytesException _) {
      return "the contract reverted with unreadable data";
    }
    return "the contract reverted with its own error 0x" + selector.hex();
  }

  /// Foreign text, shortened and without line breaks or control characters.
  static String printable(String text) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }

  private static String panic(BigInteger code) {
    return switch (code.bitLength() > 31 ? -1 : code.intValueExact()) {
      case 0x01 -> "an assertion failed";
      case 0x11 -> "arithmetic overflowed";
      case 0x12 -> "division by zero";
      case 0x21 -> "a value is no member of its enum";
      case 0x31 -> "an empty array was popped";
      case 0x32 -> "an index is out of bounds";
      case 0x41 -> "too much memory was asked for";
      default -> "code 0x" + code.toString(16);
    };
  }
}
