package org.supercargo.evm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the canonical names of types; aliases such as `uint` would give another selector.
final class AbiTypeParser {
  private static final int LONGEST = 1_000;
  private static final int DEEPEST = 8;
  private static final Pattern NAME = Pattern.compile("([a-z]+)([1-9][0-9]{0,2})?");
  private static final Pattern DIMENSION = Pattern.compile("\\[([1-9][0-9]{0,3})?]");

  private final String text;
  private int position;

  private AbiTypeParser(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("types of " + text.length() + " characters are not read");
    }
    this.text = text;
  }

  /// @param name such as `uint256` or `(address,bytes)[]`
  /// @throws IllegalArgumentException if it is not a supported type's canonical name
  static AbiType type(String name) {
    var parser = new AbiTypeParser(name);
    AbiType type = parser.type(0);
    parser.requireEnd();
    return type;
  }

  /// @param list such as `(address,uint256)`; may be empty
  /// @throws IllegalArgumentException if it is not a list of supported types' canonical names
  static List<AbiType> list(String list) {
    if (list.equals("()")) {
      return List.of();
    }
    var parser = new AbiTypeParser(list);
    if (!parser.accept('(')) {
      throw parser.unreadable();
    }
    List<AbiType> members = parser.members(0);
    parser.requireEnd();
    return members;
  }

  private AbiType type(int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("the types \"" + text + "\" are nested too deeply");
    }
    AbiType type = accept('(') ? new AbiType.Tuple(members(depth)) : elementary();
    for (int dimensions = depth; peek() == '['; dimensions++) {
      if (dimensions > DEEPEST) {
        throw new IllegalArgumentException("the types \"" + text + "\" are nested too deeply");
      }
      type = array(type);
    }
    return type;
  }

  private List<AbiType> members(int depth) {
    var members = new ArrayList<AbiType>();
    do {
      members.add(type(depth + 1));
    } while (accept(','));
    if (!accept(')')) {
      throw unreadable();
    }
    return members;
  }

  private AbiType array(AbiType element) {
    Matcher dimension = DIMENSION.matcher(text).region(position, text.length());
    if (!dimension.lookingAt()) {
      throw unreadable();
    }
    position = dimension.end();
    return dimension.group(1) == null
        ? new AbiType.DynamicArray(element)
        : new AbiType.FixedArray(element, Integer.parseInt(dimension.group(1)));
  }

  private AbiType elementary() {
    Matcher name = NAME.matcher(text).region(position, text.length());
    if (!name.lookingAt()) {
      throw unreadable();
    }
    position = name.end();
    if (name.group(2) == null) {
      return switch (name.group(1)) {
        case "address" -> new AbiType.Account();
        case "bool" -> new AbiType.Flag();
        case "bytes" -> new AbiType.ByteString();
        case "string" -> new AbiType.Text();
        default -> throw unsupported(name.group());
      };
    }
    int size = Integer.parseInt(name.group(2));
    return switch (name.group(1)) {
      case "uint" -> new AbiType.WholeNumber(size, false);
      case "int" -> new AbiType.WholeNumber(size, true);
      case "bytes" -> new AbiType.FixedBytes(size);
      default -> throw unsupported(name.group());
    };
  }

  private char peek() {
    return position < text.length() ? text.charAt(position) : '\0';
  }

  private boolean accept(char expected) {
    boolean found = peek() == expected && position < text.length();
    position += found ? 1 : 0;
    return found;
  }

  private void requireEnd() {
    if (position != text.length()) {
      throw unreadable();
    }
  }

  private static IllegalArgumentException unsupported(String name) {
    return new IllegalArgumentException("the type " + name + " is not supported");
  }

  private IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "\"" + text + "\" cannot be read as types from character " + (position + 1) + " on");
  }
}
