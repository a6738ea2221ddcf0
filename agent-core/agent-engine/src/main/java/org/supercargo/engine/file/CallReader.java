package org.supercargo.engine.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.mandate.Condition;

/// Reads which functions a rule lets call and which arguments they may be given.
record CallReader(AddressBook book, AddressReader addresses, Set<ChainId> chains) {
  private static final Pattern SIGNATURE =
      Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*\\(([a-z0-9,()\\[\\]]*)\\)");
  private static final Pattern WHOLE = Pattern.compile("-?[1-9]\\d{0,77}|0");

  List<Condition> read(Map<String, YamlPlace> fields) {
    var conditions = new ArrayList<Condition>();
    if (!fields.containsKey("functions")) {
      if (fields.containsKey("arguments")) {
        throw fields
            .get("arguments")
            .error("there are arguments and no functions", "Name the functions they belong to.");
      }
      return conditions;
    }
    var signatures = new LinkedHashSet<String>();
    for (YamlPlace item : fields.get("functions").items()) {
      item.requireNew(signatures.add(signature(item)) ? null : item, item.text());
    }
    conditions.add(new Condition.Functions(signatures));
    YamlPlace arguments = fields.get("arguments");
    if (arguments != null) {
      arguments
          .entries()
          .forEach((index, values) -> conditions.add(argument(index, values, signatures)));
    }
    return conditions;
  }

  private static String signature(YamlPlace item) {
    String text = item.text();
    if (!SIGNATURE.matcher(text).matches() || depth(text) != 0) {
      throw item.error(
          "\"" + text + "\" is not the signature of a function",
          "Write it without spaces and names, such as claim(address,uint256); quote it in a list.");
    }
    for (String type : parameters(text)) {
      if (type.matches("u?int(\\[.*)?") || type.isEmpty()) {
        throw item.error(
            "\"" + text + "\" has a parameter without a size", "Write uint256 or int256.");
      }
    }
    return text;
  }

  private static int depth(String text) {
    int depth = 0;
    for (int at = 0; at < text.length(); at++) {
      depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
      if (depth < 0) {
        return depth;
      }
    }
    return depth;
  }

  /// The types of a signature's parameters; a tuple is one.
  static List<String> parameters(String signature) {
    String inside = signature.substring(signature.indexOf('(') + 1, signature.length() - 1);
    var types = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (int at = 0; at <= inside.length(); at++) {
      if (at == inside.length() || (inside.charAt(at) == ',' && depth == 0)) {
        types.add(inside.substring(start, at));
        start = at + 1;
      } else if (inside.charAt(at) == '(') {
        depth++;
      } else if (inside.charAt(at) == ')') {
        depth--;
      }
    }
    return inside.isEmpty() ? List.of() : types;
  }

  /// Holds for every function of the rule, so each must have a parameter of one type there.
  private Condition argument(String index, YamlPlace values, Set<String> signatures) {
    int position = Measures.whole(values, index, 0, 63);
    var types = new TreeMap<String, String>();
    for (String signature : signatures) {
      List<String> parameters = parameters(signature);
      if (position >= parameters.size()) {
        throw values.error(
            signature + " has no argument " + position,
            "Arguments are counted from 0; give functions with other parameters their own rule.");
      }
      types.put(parameters.get(position), signature);
    }
    if (types.size() > 1) {
      throw values.error(
          "argument " + position + " is " + String.join(" here and ", types.keySet()) + " there",
          "Give functions with other parameters their own rule.");
    }
    var allowed = new LinkedHashSet<String>();
    values.items().forEach(item -> allowed.add(value(item, types.firstKey())));
    return new Condition.Argument(position, allowed);
  }

  /// In the one text form that decoded calls have.
  private String value(YamlPlace item, String type) {
    String text = item.text();
    if (type.equals("address")) {
      return account(item).text().toLowerCase(Locale.ROOT);
    }
    if (type.matches("u?int\\d+")) {
      require(item, WHOLE, text, "a whole number", "Write all its digits, in base units.");
    } else if (type.equals("bool")) {
      require(item, Pattern.compile("true|false"), text, "true or false", "Write one of them.");
    } else if (type.matches("bytes\\d*")) {
      String size = type.substring("bytes".length());
      require(
          item,
          Pattern.compile("0x(?:[0-9a-f]{2})" + (size.isEmpty() ? "*" : "{" + size + "}")),
          text,
          type,
          "Write \"0x\" and all its digits in lower case.");
    } else if (!type.equals("string")) {
      throw item.error(
          "arguments of the type " + type + " cannot be bound by a rule",
          "Leave the argument out, and ask for approval instead.");
    }
    return text;
  }

  private Address account(YamlPlace item) {
    if (chains.size() != 1) {
      throw item.error("arguments need a rule with one chain", "Write a rule for each chain.");
    }
    ChainId chain = chains.iterator().next();
    return book.find(item.text(), chain)
        .orElseGet(() -> item.read(text -> addresses.read(chain, text)));
  }

  private static void require(
      YamlPlace item, Pattern form, String text, String what, String advice) {
    if (!form.matcher(text).matches()) {
      throw item.error("\"" + text + "\" is not " + what, advice);
    }
  }
}
