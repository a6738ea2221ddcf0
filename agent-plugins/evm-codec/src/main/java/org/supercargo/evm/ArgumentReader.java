package org.supercargo.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.Bytes;

/// Reads the texts that [ArgumentText] writes, and no others.
final class ArgumentReader {
  private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,77}");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-f]*");
  private static final int LONGEST_SHOWN = 60;

  private final String text;
  private int position;

  private ArgumentReader(String text) {
    this.text = text;
  }

  /// @throws IllegalArgumentException saying what the text should be instead
  static AbiValue read(AbiType type, String text) {
    if (type instanceof AbiType.Text) {
      return new AbiValue.Text(text);
    }
    var reader = new ArgumentReader(text);
    AbiValue value = reader.value(type);
    if (reader.position != text.length()) {
      throw reader.unexpected("its end");
    }
    if (!ArgumentText.of(type, value).equals(text)) {
      throw reader.unexpected("nothing, but is written in a form of its own");
    }
    return value;
  }

  private AbiValue value(AbiType type) {
    return switch (type) {
      case AbiType.WholeNumber _ -> new AbiValue.WholeNumber(new BigInteger(next(NUMBER, type)));
      case AbiType.Account _ -> new AbiValue.Account(account(type));
      case AbiType.Flag _ -> new AbiValue.Flag(flag(type));
      case AbiType.FixedBytes _ -> new AbiValue.FixedBytes(bytes(type));
      case AbiType.ByteString _ -> new AbiValue.ByteString(bytes(type));
      case AbiType.Text _ -> new AbiValue.Text(quoted());
      case AbiType.Tuple tuple -> new AbiValue.Sequence(members(tuple.members()));
      case AbiType.FixedArray array -> new AbiValue.Sequence(elements(array.element()));
      case AbiType.DynamicArray array -> new AbiValue.Sequence(elements(array.element()));
    };
  }

  private EvmAddress account(AbiType type) {
    Bytes bytes = bytes(type);
    if (bytes.size() != 20) {
      throw unexpected(expectation(type));
    }
    return new EvmAddress(bytes);
  }

  private Bytes bytes(AbiType type) {
    String digits = next(HEX, type);
    if (digits.length() % 2 != 0) {
      throw unexpected(expectation(type));
    }
    return Bytes.fromHex(digits);
  }

  private String quoted() {
    var content = new StringBuilder();
    require("\"");
    while (!accept("\"")) {
      accept("\\");
      if (position == text.length()) {
        throw unexpected("a quotation mark at the end of a text");
      }
      content.append(text.charAt(position++));
    }
    return content.toString();
  }

  private boolean flag(AbiType type) {
    for (boolean flag : new boolean[] {false, true}) {
      if (accept(String.valueOf(flag))) {
        return flag;
      }
    }
    throw unexpected(expectation(type));
  }

  private List<AbiValue> members(List<AbiType> types) {
    var values = new ArrayList<AbiValue>();
    require("(");
    for (AbiType type : types) {
      if (!values.isEmpty()) {
        require(",");
      }
      values.add(value(type));
    }
    require(")");
    return values;
  }

  private List<AbiValue> elements(AbiType type) {
    var values = new ArrayList<AbiValue>();
    require("[");
    while (!accept("]")) {
      if (!values.isEmpty()) {
        require(",");
      }
      values.add(value(type));
    }
    return values;
  }

  private String next(Pattern pattern, AbiType type) {
    Matcher matcher = pattern.matcher(text).region(position, text.length());
    if (!matcher.lookingAt()) {
      throw unexpected(expectation(type));
    }
    position = matcher.end();
    return matcher.group();
  }

  private boolean accept(String expected) {
    boolean found = text.startsWith(expected, position);
    position += found ? expected.length() : 0;
    return found;
  }

  private void require(String expected) {
    if (!accept(expected)) {
      throw unexpected(expected);
    }
  }

  private static String expectation(AbiType type) {
    return switch (type) {
      case AbiType.WholeNumber _ -> "a whole number in decimal";
      case AbiType.Account _ -> "0x and 40 hexadecimal digits in lower case";
      case AbiType.Flag _ -> "true or false";
      case AbiType.FixedBytes fixed ->
          "0x and " + 2 * fixed.size() + " hexadecimal digits in lower case";
      case AbiType.ByteString _ -> "0x and pairs of hexadecimal digits in lower case";
      case AbiType.Text _ -> "text in quotation marks";
      case AbiType.Tuple _ -> "values in parentheses, such as (1,2)";
      case AbiType.FixedArray _, AbiType.DynamicArray _ -> "values in brackets, such as [1,2]";
    };
  }

  private IllegalArgumentException unexpected(String expected) {
    String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    return new IllegalArgumentException(
        "\"" + shown + "\" lacks, at character " + (position + 1) + ", " + expected);
  }
}
