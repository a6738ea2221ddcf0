package org.supercargo.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;

/// Writes replies as providers do: in one piece, or as a stream of events.
///
/// Source: [chat completions](https://api-docs.deepseek.com/api/create-chat-completion).
final class ProviderText {
  private static final int PIECE = 7;

  private ProviderText() {}

  static String whole(Turn.Said said) {
    String body =
        "{\"id\": \"1\", \"object\": \"chat.completion\", \"model\": \"staged\", \"choices\":"
            + " [{\"index\": 0, \"finish_reason\": "
            + quoted(said.finish())
            + ", \"message\": "
            + message(said)
            + "}], \"usage\": "
            + said.usage()
            + "}";
    return switch (said.manner()) {
      case KEPT_ALIVE -> "\n\n\n \n" + body + "\n";
      case CARRIAGE_RETURNS -> "\r\n" + body + "\r\n";
      case USUAL, DRIBBLED, UNENDED -> body;
    };
  }

  private static String message(Turn.Said said) {
    List<String> fields = new ArrayList<>();
    fields.add("\"role\": \"assistant\"");
    fields.add("\"content\": " + quoted(said.content()));
    if (said.reasoning() != null) {
      fields.add("\"reasoning_content\": " + quoted(said.reasoning()));
    }
    if (!said.calls().isEmpty()) {
      fields.add(
          "\"tool_calls\": "
              + said.calls().stream()
                  .map(call ->
                      "{\"id\": %s, \"type\": \"function\", \"function\": {\"name\": %s, \"arguments\": %s}}"
                          .formatted(
                              quoted(call.id()), quoted(call.action()), quoted(call.arguments())))
                  .collect(Collectors.joining(", ", "[", "]")));
    }
    return fields.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  static String streamed(Turn.Said said) {
    List<String> events = new ArrayList<>();
    events.add(delta("\"role\": \"assistant\", \"content\": null", null));
    pieces(said.reasoning())
        .forEach(piece ->
            events.add(delta("\"content\": null, \"reasoning_content\": " + quoted(piece), null)));
    pieces(said.content())
        .forEach(piece -> events.add(delta("\"content\": " + quoted(piece), null)));
    for (int index = 0; index < said.calls().size(); index++) {
      events.addAll(call(index, said.calls().get(index)));
    }
    if (said.finish() != null) {
      events.add(delta("\"content\": \"\"", said.finish()));
      events.add("data: {\"choices\": [], \"usage\": " + said.usage() + "}");
    }
    if (said.manner() != Turn.Manner.UNENDED) {
      events.add("data: [DONE]");
    }
    return switch (said.manner()) {
      case KEPT_ALIVE ->
          ": keep-alive\n\n\n" + String.join("\n\n: keep-alive\n\n", events) + "\n\n";
      case CARRIAGE_RETURNS -> String.join("\r\n\r\n", events) + "\r\n\r\n";
      case USUAL, DRIBBLED, UNENDED -> String.join("\n\n", events) + "\n\n";
    };
  }

  private static List<String> call(int index, ActionCall call) {
    List<String> events = new ArrayList<>();
    events.add(
        delta(
            "\"tool_calls\": [{\"index\": %d, \"id\": %s, \"type\": \"function\", \"function\": {\"name\": %s, \"arguments\": \"\"}}]"
                .formatted(index, quoted(call.id()), quoted(call.action())),
            null));
    pieces(call.arguments())
        .forEach(piece ->
            events.add(
                delta(
                    "\"tool_calls\": [{\"index\": %d, \"function\": {\"arguments\": %s}}]"
                        .formatted(index, quoted(piece)),
                    null)));
    return events;
  }

  private static String delta(String fields, @Nullable String finish) {
    return "data: {\"choices\": [{\"index\": 0, \"delta\": {"
        + fields
        + "}, \"finish_reason\": "
        + quoted(finish)
        + "}]}";
  }

  private static List<String> pieces(@Nullable String text) {
    List<String> pieces = new ArrayList<>();
    String rest = text == null ? "" : text;
    while (!rest.isEmpty()) {
      int end = Math.min(PIECE, rest.length());
      pieces.add(rest.substring(0, end));
      rest = rest.substring(end);
    }
    return pieces;
  }

  static String quoted(@Nullable String text) {
    if (text == null) {
      return "null";
    }
    var json = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      switch (next) {
        case '"', '\\' -> json.append('\\').append(next);
        default -> {
          // Half of a surrogate pair, as it stands at the edge of a piece, is no UTF-8.
          if (next < ' ' || Character.isSurrogate(next)) {
            json.append("\\u%04x".formatted((int) next));
          } else {
            json.append(next);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
