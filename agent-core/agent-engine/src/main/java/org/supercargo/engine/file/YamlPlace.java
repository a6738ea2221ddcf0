package org.supercargo.engine.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A value in a YAML file that knows where it stands, so that every complaint has a line.
record YamlPlace(String file, String path, Node node) {
  private static final Pattern BARE_HEX = Pattern.compile("0[xX][0-9a-fA-F_]*");
  private static final Set<String> NULLS = Set.of("~", "null", "Null", "NULL");

  static YamlPlace root(String file, String text) {
    return root(file, text, "Describe an agent in it.");
  }

  static YamlPlace root(String file, String text, String emptyAdvice) {
    return new YamlPlace(file, "", new YamlSource(file, text).compose(emptyAdvice));
  }

  /// The fields of a mapping, which must all be among `allowed`.
  Map<String, YamlPlace> fields(Set<String> allowed) {
    Map<String, YamlPlace> fields = entries();
    fields.forEach((key, value) -> {
      if (!allowed.contains(key)) {
        List<String> nearest = nearestFirst(key, allowed);
        String meant =
            !nearest.isEmpty() && distance(key, nearest.getFirst()) <= 2
                ? "; did you mean \"" + nearest.getFirst() + "\"?"
                : "";
        throw value.error(
            "there is no key \"" + key + "\" here" + meant,
            "Known keys: " + String.join(", ", nearest) + ".");
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
      var value = new YamlPlace(file, below(name), tuple.getValueNode());
      if (entries.put(name, value) != null) {
        throw value.error("the key \"" + name + "\" is given twice", "Keep one of them.");
      }
    }
    return entries;
  }

  private String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
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

  /// Whether it is text by its quotes or its block, whatever it looks like.
  boolean isQuoted() {
    return node instanceof ScalarNode scalar && scalar.getScalarStyle() != ScalarStyle.PLAIN;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw error("this must be one value", "Write it as text, not as a list or mapping.");
    }
    boolean bare = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    String text = scalar.getValue().strip();
    if (text.isEmpty() || (bare && NULLS.contains(text))) {
      throw error("a value is missing", "Write one.");
    }
    if (bare && BARE_HEX.matcher(text).matches()) {
      throw error(text + " stands without quotes", "Write \"" + text + "\"; YAML reads a number.");
    }
    return text;
  }

  /// Reads the text and gives a complaint about it this place.
  <T> T read(Function<String, T> reader) {
    String text = text();
    try {
      return reader.apply(text);
    } catch (SupercargoException e) {
      throw e.what().startsWith(file + ":") ? e : error(e);
    }
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

  /// The line from 1 of everything below this place, by path.
  Map<String, Integer> lines() {
    var lines = new TreeMap<String, Integer>();
    collect(lines);
    return lines;
  }

  private void collect(Map<String, Integer> lines) {
    lines.put(path, line());
    switch (node) {
      case MappingNode mapping -> {
        for (NodeTuple tuple : mapping.getValue()) {
          if (tuple.getKeyNode() instanceof ScalarNode key) {
            var value = new YamlPlace(file, below(key.getValue()), tuple.getValueNode());
            value.collect(lines);
            lines.put(value.path, key.getStartMark().getLine() + 1);
          }
        }
      }
      case SequenceNode sequence -> {
        int index = 0;
        for (Node item : sequence.getValue()) {
          new YamlPlace(file, path + "[" + index++ + "]", item).collect(lines);
        }
      }
      default -> {}
    }
  }

  int line() {
    return node.getStartMark().getLine() + 1;
  }

  SupercargoException error(String what, String advice) {
    return SupercargoException.user(location() + ": " + what, advice);
  }

  /// Restates a complaint about this value with its place.
  SupercargoException error(SupercargoException cause) {
    return SupercargoException.user(location() + ": " + cause.what(), cause.advice());
  }

  private String location() {
    return file + ":" + line() + (path.isEmpty() ? "" : " " + path);
  }

  private static List<String> nearestFirst(String wrong, Set<String> allowed) {
    return allowed.stream()
        .sorted(
            Comparator.<String>comparingInt(word -> distance(wrong, word))
                .thenComparing(word -> word))
        .collect(Collectors.toList());
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
