package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Brings a JSON Schema down to what providers can hold a model to.
///
/// Every object is closed and has all of its properties required; one that was optional may be null
/// instead, which the runtime reads as missing. Bounds and formats that providers refuse are left
/// out: the runtime checks arguments itself. Maps, untyped values, references and objects without
/// properties below the top cannot be strict.
///
/// Source: [strict mode](https://api-docs.deepseek.com/guides/tool_calls).
final class StrictSchema {
  private static final Set<String> KEPT = Set.of("type", "description", "enum", "pattern");
  private static final Set<String> SCALARS = Set.of("string", "number", "integer", "boolean");
  private static final Set<String> FORMATS = Set.of("email", "hostname", "ipv4", "ipv6", "uuid");

  private StrictSchema() {}

  /// Empty for a schema that cannot be strict.
  static Optional<ObjectNode> of(ObjectNode schema) {
    return schema.path("type").asText().equals("object") ? object(schema) : Optional.empty();
  }

  private static Optional<ObjectNode> nested(JsonNode schema) {
    if (!(schema instanceof ObjectNode node)) {
      return Optional.empty();
    }
    if (node.path("anyOf").isArray()) {
      return anyOf(node);
    }
    String type = Json.text(node.path("type"));
    return switch (type) {
      case "object" -> node.path("properties").isEmpty() ? Optional.empty() : object(node);
      case "array" -> array(node);
      default -> SCALARS.contains(type) ? Optional.of(scalar(node)) : Optional.empty();
    };
  }

  private static Optional<ObjectNode> object(ObjectNode schema) {
    JsonNode open = schema.path("additionalProperties");
    if (!open.isMissingNode() && !(open.isBoolean() && !open.booleanValue())) {
      return Optional.empty();
    }
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    ObjectNode strict = kept(schema);
    ObjectNode properties = strict.putObject("properties");
    ArrayNode all = strict.putArray("required");
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      Optional<ObjectNode> held = nested(property.getValue());
      if (held.isEmpty()) {
        return Optional.empty();
      }
      String name = property.getKey();
      properties.set(name, required.contains(name) ? held.get() : orNull(held.get()));
      all.add(name);
    }
    strict.put("additionalProperties", false);
    return Optional.of(strict);
  }

  private static Optional<ObjectNode> array(ObjectNode schema) {
    return nested(schema.path("items"))
        .map(items -> {
          ObjectNode strict = kept(schema);
          strict.set("items", items);
          return strict;
        });
  }

  private static Optional<ObjectNode> anyOf(ObjectNode schema) {
    ObjectNode strict = kept(schema);
    ArrayNode choices = strict.putArray("anyOf");
    for (JsonNode choice : schema.path("anyOf")) {
      Optional<ObjectNode> held = nested(choice);
      if (held.isEmpty()) {
        return Optional.empty();
      }
      choices.add(held.get());
    }
    return Optional.of(strict);
  }

  private static ObjectNode scalar(ObjectNode schema) {
    ObjectNode strict = kept(schema);
    if (FORMATS.contains(Json.text(schema.path("format")))) {
      strict.set("format", schema.path("format"));
    }
    return strict;
  }

  /// A list of types may name plain ones only, and a closed list of values would have to have null
  /// in it.
  private static ObjectNode orNull(ObjectNode schema) {
    String type = Json.text(schema.path("type"));
    if (SCALARS.contains(type) && !schema.has("enum")) {
      ObjectNode either = schema.deepCopy();
      either.putArray("type").add(type).add("null");
      return either;
    }
    ObjectNode either = Json.object();
    if (schema.has("description")) {
      either.set("description", schema.path("description"));
    }
    either.putArray("anyOf").add(schema).add(Json.object().put("type", "null"));
    return either;
  }

  private static ObjectNode kept(ObjectNode schema) {
    ObjectNode kept = Json.object();
    for (Map.Entry<String, JsonNode> field : schema.properties()) {
      if (KEPT.contains(field.getKey())) {
        kept.set(field.getKey(), field.getValue());
      }
    }
    return kept;
  }
}
