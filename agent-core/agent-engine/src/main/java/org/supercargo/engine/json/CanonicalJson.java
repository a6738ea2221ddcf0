package org.supercargo.engine.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;

/// One form for all texts that are the same JSON: keys in order, no spaces, numbers as decimals.
public final class CanonicalJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private CanonicalJson() {}

  /// @return the text itself if it is not JSON
  public static String of(String text) {
    try {
      return JSON.writeValueAsString(ordered(JSON.readTree(text)));
    } catch (JsonProcessingException _) {
      return text;
    }
  }

  private static JsonNode ordered(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode ordered = JSON.createObjectNode();
      var names = new ArrayList<String>();
      object.fieldNames().forEachRemaining(names::add);
      names.stream().sorted().forEach(name -> ordered.set(name, ordered(object.path(name))));
      return ordered;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode ordered = JSON.createArrayNode();
      array.forEach(item -> ordered.add(ordered(item)));
      return ordered;
    }
    return node;
  }
}
