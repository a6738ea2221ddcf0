package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatRequest;

/// A conversation as at most two texts, one of the system and one of the user: only these two roles
/// are documented to be read encrypted. Actions, calls and results are written into them, because
/// the provider offers no function calling there; what the model answers, [WrittenCalls] reads.
///
/// Each turn is one JSON object on a line of its own, so that no text inside one can pose as a turn
/// of somebody else. With actions, a longer conversation begins with the text of the shorter one.
/// Reasoning of earlier turns is left out.
final class Transcript {
  private static final String TURNS =
      """
      The conversation so far, one turn on each line, the oldest first. A turn of "you" is yours, \
      one of "action" is what an action gave. Go on from the last line.
      """;

  private static final String CALLS =
      """
      You can ask for the actions below. Write exactly one JSON object and nothing around it: \
      {"calls": [{"action": "its name", "arguments": {}}]} to ask for one action or several, or \
      {"answer": "your words"} if none is needed. What the actions gave follows in the \
      conversation. The actions, one on each line, each with the JSON Schema of its arguments:
      """;

  private Transcript() {}

  /// Standing instructions and the actions; empty if there are neither.
  static Optional<String> system(ChatRequest request) {
    String instructions =
        request.messages().stream()
            .limit(leading(request))
            .map(message -> ((ChatMessage.Instructions) message).text())
            .collect(Collectors.joining("\n\n"));
    if (request.actions().isEmpty()) {
      return instructions.isEmpty() ? Optional.empty() : Optional.of(words(instructions));
    }
    var text = new StringBuilder(instructions).append(instructions.isEmpty() ? "" : "\n\n");
    text.append(CALLS);
    ActionSchema.tools(request.actions(), false)
        .forEach(tool -> text.append(Json.write((ObjectNode) tool.path("function"))).append('\n'));
    return Optional.of(words(text.toString()));
  }

  /// All that was said; empty if nothing was.
  static Optional<String> user(ChatRequest request) {
    List<ChatMessage> said =
        request.messages().subList(leading(request), request.messages().size());
    if (said.isEmpty()) {
      return Optional.empty();
    }
    if (said.size() == 1
        && request.actions().isEmpty()
        && said.getFirst() instanceof ChatMessage.Owner(String text)
        && words(text).equals(text)) {
      return Optional.of(text);
    }
    return Optional.of(
        said.stream()
            .map(message -> Json.write(turn(message)))
            .collect(Collectors.joining("\n", TURNS, "\n")));
  }

  private static int leading(ChatRequest request) {
    int count = 0;
    while (count < request.messages().size()
        && request.messages().get(count) instanceof ChatMessage.Instructions) {
      count++;
    }
    return count;
  }

  /// An enclave takes a text that is a JSON array for a list of parts, some of them pictures. This
  /// one is words.
  private static String words(String text) {
    return text.stripLeading().startsWith("[") ? "Text:\n" + text : text;
  }

  private static ObjectNode turn(ChatMessage message) {
    ObjectNode turn = Json.object();
    switch (message) {
      case ChatMessage.Instructions(String text) ->
          turn.put("from", "instructions").put("text", text);
      case ChatMessage.Owner(String text) -> turn.put("from", "owner").put("text", text);
      case ChatMessage.Notice(String text) -> turn.put("from", "runtime").put("text", text);
      case ChatMessage.Assistant assistant -> assistant(turn, assistant);
      case ChatMessage.Result(String callId, String action, String text) ->
          turn.put("from", "action").put("call", callId).put("action", action).put("text", text);
    }
    return turn;
  }

  private static void assistant(ObjectNode turn, ChatMessage.Assistant assistant) {
    turn.put("from", "you").put("text", assistant.text());
    if (!assistant.calls().isEmpty()) {
      ArrayNode calls = turn.putArray("calls");
      assistant.calls().forEach(call -> calls.add(call(call)));
    }
  }

  private static ObjectNode call(ActionCall call) {
    ObjectNode node = Json.object().put("call", call.id()).put("action", call.action());
    Json.readObject(call.arguments())
        .ifPresentOrElse(
            arguments -> node.set("arguments", arguments),
            () -> node.put("arguments", call.arguments()));
    return node;
  }
}
