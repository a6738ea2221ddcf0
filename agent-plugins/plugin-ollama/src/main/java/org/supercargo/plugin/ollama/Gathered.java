package org.supercargo.plugin.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the lines of a reply have said so far. A reply in one piece is a reply of one line.
final class Gathered {
  private final StringBuilder content = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final List<JsonNode> calls = new ArrayList<>();
  private @Nullable ObjectNode last;
  private @Nullable String error;
  private @Nullable String unreadable;
  private boolean thought;

  /// @return false when nothing more is wanted
  boolean take(String line) {
    Optional<ObjectNode> read = Json.readObject(line);
    if (read.isEmpty()) {
      unreadable = line;
      return false;
    }
    ObjectNode node = read.get();
    if (node.has("error")) {
      error = Json.text(node.path("error"));
      return false;
    }
    JsonNode message = node.path("message");
    content.append(Json.text(message.path("content")));
    thought |= message.path("thinking").isTextual();
    thinking.append(Json.text(message.path("thinking")));
    message.path("tool_calls").forEach(calls::add);
    if (node.path("done").asBoolean()) {
      last = node;
      return false;
    }
    return true;
  }

  String content() {
    return content.toString();
  }

  /// Null if there was none, as opposed to an empty one.
  @Nullable String thinking() {
    return thought ? thinking.toString() : null;
  }

  List<JsonNode> calls() {
    return calls;
  }

  /// The line that said that the reply is done.
  Optional<ObjectNode> last() {
    return Optional.ofNullable(last);
  }

  Optional<String> error() {
    return Optional.ofNullable(error);
  }

  Optional<String> unreadable() {
    return Optional.ofNullable(unreadable);
  }
}
