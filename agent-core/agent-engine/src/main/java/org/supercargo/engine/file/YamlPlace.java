package org.supercargo.engine.file;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A value in a YAML file that knows where it stands, so that every complaint has a line.
record YamlPlace(String file, String path, Node node) {
  private static final int LARGEST_FILE = 1_000_000;

  static YamlPlace root(String file, String text) {
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(LARGEST_FILE);
    try {
      Node node = new Yaml(options).compose(new StringReader(text));
      if (node == null) {
        throw SupercargoException.user(file + " is empty", "Describe an agent in it.");
      }
      return new YamlPlace(file, "", node);
    } catch (MarkedYAMLException e) {
      throw SupercargoException.user(
          file + ":" + (e.getProblemMark().getLine() + 1) + ": this is not YAML: " + e.getProblem(),
          "Mend the line.");
    } catch (YAMLException e) {
      throw SupercargoException.user(file + " is not YAML: " + e.getMessage(), "Mend the file.");
    }
  }

  /// The fields of a mapping, which must all be among `allowed`.
  Map<String, YamlPlace> fields(Set<String> allowed) {
    Map<String, YamlPlace> fields = entries();
    fields.forEach((key, value) -> {
      if (!allowed.contains(key)) {
        throw value.error(
            "there is no key \"" + key + "\" here", "Known keys: " + nearestFirst(key, allowed));
      }
    });
    return fields;
  }

  /// The entries of a mapping whose keys are free.
  Map<String, YamlPlace> entries() {
    if (!(node instanceof MappingNode mapping)) {
      throw error("this must be a mapping of keys to values", "Write \"key: value\" lines.");
    }
    var entries = new LinkedHashMap<String, YamlPlace>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw error("a key must be plain text", "Write \"key: value\" lines.");
      }
      String name = key.getValue();
      String below = path.isEmpty() ? name : path + "." + name;
      var value = new YamlPlace(file, below, tuple.getValueNode());
      if (entries.put(name, value) != null) {
        throw value.error("the key \"" + name + "\" is given twice", "Keep one of them.");
      }
    }
    return entries;
  }

  /// The items of a list; a single value counts as a list of one.
  List<YamlPlace> items() {
    if (node instanceof SequenceNode sequence) {
      var items = new ArrayList<YamlPlace>();
      for (Node item : sequence.getValue()) {
        items.add(new YamlPlace(file, path + "[" + items.size() + "]", item));
      }
      if (items.isEmpty()) {
        throw error("the list is empty", "Name at least one; an empty list never means everyone.");
      }
      return items;
    }
    return List.of(this);
  }

  boolean isText() {
    return node instanceof ScalarNode;
  }

  String text() {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw error("a value is missing", "Write one.");
    }
    return scalar.getValue().strip();
  }

  YamlPlace required(Map<String, YamlPlace> fields, String key) {
    return Optional.ofNullable(fields.get(key))
        .orElseThrow(() -> error("the key \"" + key + "\" is missing", "Add it."));
  }

  /// Complains when a key means the same as an earlier one though it is written differently.
  void requireNew(@Nullable Object before, String key) {
    if (before != null) {
      throw error("\"" + key + "\" is given twice under two spellings", "Keep one of them.");
    }
  }

  SupercargoException error(String what, String advice) {
    return SupercargoException.user(location() + ": " + what, advice);
  }

  /// Restates a complaint about this value with its place.
  SupercargoException error(SupercargoException cause) {
    return SupercargoException.user(location() + ": " + cause.what(), cause.advice());
  }

  private String location() {
    return file + ":" + (node.getStartMark().getLine() + 1) + (path.isEmpty() ? "" : " " + path);
  }

  private static String nearestFirst(String wrong, Set<String> allowed) {
    return allowed.stream()
            .sorted(
                java.util.Comparator.<String>comparingInt(word -> distance(wrong, word))
                    .thenComparing(word -> word))
            .reduce((left, right) -> left + ", " + right)
            .orElse("none")
        + ".";
  }

  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] current = new int[right.length() + 1];
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(
                Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + change);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
