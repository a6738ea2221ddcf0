package org.supercargo.cli.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.supercargo.api.SupercargoException;
import org.yaml.snakeyaml.nodes.Tag;

/// YAML as JSON: what is passed on to a provider, or compared with what a model wrote.
public final class YamlJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private YamlJson() {}

  /// @throws SupercargoException of category USER for a number that JSON does not have
  public static JsonNode of(YamlEntry entry) {
    if (entry.isList()) {
      ArrayNode list = NODES.arrayNode();
      entry.items().forEach(item -> list.add(of(item)));
      return list;
    }
    if (entry.isText()) {
      return scalar(entry);
    }
    ObjectNode object = NODES.objectNode();
    entry.entries().forEach((key, value) -> object.set(key, of(value)));
    return object;
  }

  private static JsonNode scalar(YamlEntry entry) {
    String text = entry.text();
    try {
      if (entry.tag().equals(Tag.BOOL)) {
        return NODES.booleanNode(entry.truth());
      }
      if (entry.tag().equals(Tag.INT)) {
        return NODES.numberNode(new BigInteger(text));
      }
      return entry.tag().equals(Tag.FLOAT)
          ? NODES.numberNode(new BigDecimal(text))
          : NODES.textNode(text);
    } catch (NumberFormatException e) {
      throw entry.error("\"" + text + "\" is no plain number", "Write it in digits, or quote it.");
    }
  }
}
