package org.supercargo.signer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;

/// A command line taken apart: words, switches, and options with one or more values.
record Arguments(List<String> words, Set<String> switches, Map<String, List<String>> options) {
  private static final Pattern NAME = Pattern.compile("--?[a-z-]{1,30}");

  /// @param switches names that stand alone, such as `--json`
  /// @param options names that are followed by a value, such as `--home`
  /// @throws SupercargoException of category USER for anything else that starts with a dash
  static Arguments parse(List<String> line, Set<String> switches, Set<String> options) {
    var words = new ArrayList<String>();
    var found = new HashMap<String, List<String>>();
    var set = new HashSet<String>();
    for (int at = 0; at < line.size(); at++) {
      String each = line.get(at);
      if (switches.contains(each)) {
        set.add(each);
      } else if (options.contains(each)) {
        if (at + 1 == line.size() || line.get(at + 1).startsWith("--")) {
          throw wrong(each + " needs a value");
        }
        at++;
        found.computeIfAbsent(each, any -> new ArrayList<>()).add(line.get(at));
      } else if (each.startsWith("-")) {
        // Shown only if it reads like an option: it may be a key that someone pasted.
        throw wrong(
            NAME.matcher(each).matches()
                ? "There is no option " + each + " here"
                : "One of the options is not known here");
      } else {
        words.add(each);
      }
    }
    return new Arguments(List.copyOf(words), Set.copyOf(set), Map.copyOf(found));
  }

  boolean has(String name) {
    return switches.contains(name);
  }

  List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  Optional<String> one(String option) {
    if (all(option).size() > 1) {
      throw wrong(option + " is given twice");
    }
    return all(option).stream().findFirst();
  }

  String required(String option) {
    return one(option).orElseThrow(() -> wrong(option + " is missing"));
  }

  Path path(String option) {
    return Path.of(required(option));
  }

  void requireWords(int count) {
    // What is too much is not repeated: it may be a key that someone pasted.
    if (words.size() != count) {
      throw wrong(
          words.size() < count
              ? "A name is missing"
              : "There is more than " + (count == 0 ? "this command takes" : "one word"));
    }
  }

  private static SupercargoException wrong(String what) {
    return SupercargoException.user(what, "Run it without arguments to see how it is used.");
  }
}
