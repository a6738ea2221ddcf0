package org.supercargo.engine.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads the arguments of an action as a model would have written them: a JSON object.
final class ArgumentReader {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final Pattern WHOLE = Pattern.compile("-?[1-9]\\d{0,77}|0");
  private static final Pattern ZEROS_IN_FRONT = Pattern.compile("[-+]?0\\d+");

  private ArgumentReader() {}

  /// By key and without spaces, so that equal arguments are equal text.
  static String read(YamlPlace place) {
    Map<String, YamlPlace> fields = place.entries();
    if (fields.isEmpty()) {
      throw place.error("there are no arguments here", "Write one, or remove the key.");
    }
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(fields)
        .forEach((name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw value.error(
                "\"" + name + "\" is not the name of an argument",
                "Use one word of letters, digits, dashes and underscores, as the action has it.");
          }
          arguments.set(name, argument(value));
        });
    return arguments.toString();
  }

  /// Whole numbers, true and false are what they look like; all else, and all in quotes, is text.
  private static ValueNode argument(YamlPlace place) {
    String text = place.text();
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (place.isQuoted()) {
      return json.textNode(text);
    }
    if (ZEROS_IN_FRONT.matcher(text).matches()) {
      throw place.error(
          "\"" + text + "\" begins with a zero",
          "Write it without zeros in front, or in quotes if it is no number.");
    }
    if (WHOLE.matcher(text).matches()) {
      return json.numberNode(new BigInteger(text));
    }
    return switch (text) {
      case "true" -> json.booleanNode(true);
      case "false" -> json.booleanNode(false);
      default -> json.textNode(text);
    };
  }
}
