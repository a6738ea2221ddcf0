package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.SupercargoException;

/// Reads the fields a dialect adds to every request and keeps them off those a request sets itself.
final class ExtraBody {
  private static final Set<String> RESERVED =
      Set.of(
          "model",
          "messages",
          "tools",
          "tool_choice",
          "functions",
          "function_call",
          "stream",
          "stream_options",
          "thinking",
          "reasoning",
          "reasoning_effort",
          "response_format",
          "n");

  private ExtraBody() {}

  /// @throws SupercargoException of category USER when the owner's fields are not usable
  static ObjectNode of(Dialect dialect) {
    ObjectNode all = read(dialect, dialect.extra().fixed());
    ObjectNode own = read(dialect, dialect.extra().own());
    for (Map.Entry<String, JsonNode> field : own.properties()) {
      requireFree(dialect, field.getKey());
      // Within an object such as venice_parameters only what the owner names is replaced.
      if (all.get(field.getKey()) instanceof ObjectNode before
          && field.getValue() instanceof ObjectNode after) {
        before.setAll(after);
      } else {
        all.set(field.getKey(), field.getValue());
      }
    }
    if (!dialect.extra().userId().isEmpty()) {
      all.put(dialect.extra().userField(), dialect.extra().userId());
    }
    return all;
  }

  private static ObjectNode read(Dialect dialect, String json) {
    return Json.readObject(json)
        .orElseThrow(() ->
            SupercargoException.user(
                "The extra body fields of " + dialect.name() + " are not a JSON object",
                "Write an object such as {\"temperature\": 0}."));
  }

  private static void requireFree(Dialect dialect, String name) {
    if (RESERVED.contains(name) || dialect.thinking().fields().contains(name)) {
      throw SupercargoException.user(
          "The extra body field \"" + name + "\" of " + dialect.name() + " is reserved",
          "Leave it out; it is set from the request.");
    }
  }
}
