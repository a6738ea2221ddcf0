package org.supercargo.cli.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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
import org.yaml.snakeyaml.nodes.Tag;

/// A value of a YAML file that knows its line. Aliases, own tags and repeated keys are refused.
public record YamlEntry(String file, String path, Node node) {
  private static final int LARGEST_FILE = 1_000_000;
  private static final Set<Tag> PLAIN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

  /// @throws SupercargoException of category USER when it cannot be read or is no YAML
  public static YamlEntry read(Path path) {
    try {
      return parse(String.valueOf(path.getFileName()), Files.readString(path));
    } catch (IOException e) {
      throw SupercargoException.user(
          path + " cannot be read: " + e.getMessage(), "Save it as UTF-8, and check who may read.");
    }
  }

  public static YamlEntry parse(String file, String text) {
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(LARGEST_FILE);
    try {
      Node node = new Yaml(options).compose(new StringReader(text));
      if (node == null) {
        throw SupercargoException.user(file + " is empty", "Delete it, or describe something.");
      }
      return new YamlEntry(file, "", node);
    } catch (MarkedYAMLException e) {
      throw SupercargoException.user(
          file + ":" + (e.getProblemMark().getLine() + 1) + ": this is not YAML: " + e.getProblem(),
          "Mend the line.");
    } catch (YAMLException e) {
      throw SupercargoException.user(file + " is not YAML: " + e.getMessage(), "Mend the file.");
    }
  }

  /// The fields of a mapping, which must all be among `allowed`.
  public Map<String, YamlEntry> fields(Set<String> allowed) {
    Map<String, YamlEntry> fields = entries();
    fields.forEach((key, value) -> {
      if (!allowed.contains(key)) {
        throw value.error(
            "there is no key \"" + key + "\" here",
            "Known keys: " + String.join(", ", new TreeSet<>(allowed)) + ".");
      }
    });
    return fields;
  }

  /// The entries of a mapping whose keys are free.
  public Map<String, YamlEntry> entries() {
    if (!(node instanceof MappingNode mapping)) {
      throw error("this must be a mapping of keys to values", "Write \"key: value\" lines.");
    }
    var entries = new LinkedHashMap<String, YamlEntry>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw error("a key must be plain text", "Write \"key: value\" lines.");
      }
      String below = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
      var value = new YamlEntry(file, below, tuple.getValueNode());
      if (entries.put(key.getValue(), value) != null) {
        throw value.error("the key \"" + key.getValue() + "\" is given twice", "Keep one of them.");
      }
    }
    return entries;
  }

  /// The items of a list; a single value counts as a list of one.
  public List<YamlEntry> items() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    var items = new ArrayList<YamlEntry>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlEntry(file, path + "[" + items.size() + "]", item));
    }
    return items;
  }

  public boolean isText() {
    return node instanceof ScalarNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /// How YAML itself understands the value: a number, a truth, or text.
  Tag tag() {
    return node.getTag();
  }

  public String text() {
    if (!(node instanceof ScalarNode scalar) || !PLAIN.contains(scalar.getTag())) {
      throw error("one value is needed here", "Write it as text.");
    }
    String text = scalar.getValue().strip();
    if (text.isEmpty()) {
      throw error("a value is missing", "Write one.");
    }
    return text;
  }

  /// Reads the text and gives a complaint about it this place.
  public <T> T read(Function<String, T> reader) {
    String text = text();
    try {
      return reader.apply(text);
    } catch (SupercargoException e) {
      throw error(e);
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()), "Mend the line.");
    }
  }

  public YamlEntry required(Map<String, YamlEntry> fields, String key) {
    @Nullable YamlEntry entry = fields.get(key);
    if (entry == null) {
      throw error("the key \"" + key + "\" is missing", "Add it.");
    }
    return entry;
  }

  public boolean truth() {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error("\"" + text() + "\" is not true or false", "Write true or false.");
    };
  }

  /// A whole number without sign.
  public int whole(int least, int most) {
    String text = text();
    if (text.matches("0|[1-9][0-9]{0,8}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw error(
        "\"" + text + "\" is not a whole number from " + least + " to " + most, "Write one.");
  }

  public SupercargoException error(String what, String advice) {
    return SupercargoException.user(location() + ": " + what, advice);
  }

  /// Restates a complaint about this value with its place.
  public SupercargoException error(SupercargoException cause) {
    return cause.what().startsWith(file + ":") ? cause : error(cause.what(), cause.advice());
  }

  private String location() {
    int line = node.getStartMark().getLine() + 1;
    return file + ":" + line + (path.isEmpty() ? "" : " " + path);
  }
}
