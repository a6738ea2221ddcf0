package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;

/// Reads the one JSON object that [Transcript] asks a model for where it cannot call functions.
/// Anything else is a malformed call: what might have been meant is not guessed.
record WrittenCalls(ChatRequest request) {
  private static final Set<String> CALL = Set.of("action", "arguments");
  private static final String FENCE = "```";

  ChatReply read(ChatReply.Answer answer) {
    Optional<ObjectNode> object = Json.readObject(unfenced(answer.text()));
    if (object.isEmpty() || object.get().size() != 1) {
      return malformed("neither calls nor an answer: " + answer.text(), answer);
    }
    JsonNode words = object.get().path("answer");
    if (words.isTextual()) {
      return answer(answer, words.textValue());
    }
    JsonNode calls = object.get().path("calls");
    return calls.isArray() && !calls.isEmpty()
        ? calls(answer, calls)
        : malformed("neither calls nor an answer: " + answer.text(), answer);
  }

  private ChatReply answer(ChatReply.Answer answer, String words) {
    if (words.isBlank()) {
      return new ChatReply.Unusable(
          ChatReply.Defect.EMPTY, "neither words nor calls", answer.usage());
    }
    return request.options().json() && Json.readObject(words).isEmpty()
        ? new ChatReply.Unusable(
            ChatReply.Defect.MALFORMED_JSON,
            "the words are not one JSON object: " + words,
            answer.usage())
        : new ChatReply.Answer(words, answer.reasoning(), answer.usage());
  }

  private ChatReply calls(ChatReply.Answer answer, JsonNode nodes) {
    Set<String> taken = taken();
    List<ActionCall> calls = new ArrayList<>();
    for (JsonNode node : nodes) {
      boolean hasOnlyItsFields =
          node.properties().stream().allMatch(e -> CALL.contains(e.getKey()));
      String name = Json.text(node.path("action"));
      if (!(node.path("arguments") instanceof ObjectNode arguments)
          || !hasOnlyItsFields
          || name.isBlank()) {
        return malformed("a call without its name or its arguments: " + node, answer);
      }
      calls.add(new ActionCall(free(taken), name, Json.write(arguments)));
    }
    return new ChatReply.Calls("", answer.reasoning(), calls, answer.usage());
  }

  /// The ids of earlier calls of this conversation, whichever model made them.
  private Set<String> taken() {
    return request.messages().stream()
        .filter(ChatMessage.Assistant.class::isInstance)
        .flatMap(message -> ((ChatMessage.Assistant) message).calls().stream())
        .map(ActionCall::id)
        .collect(Collectors.toSet());
  }

  private static String free(Set<String> taken) {
    int number = taken.size() + 1;
    while (!taken.add("call-" + number)) {
      number++;
    }
    return "call-" + number;
  }

  /// Without the one fence many models put around what is code to them.
  private static String unfenced(String text) {
    String inner = text.strip();
    int begin = inner.indexOf('\n');
    return inner.startsWith(FENCE)
            && inner.endsWith(FENCE)
            && begin > 0
            && begin < inner.length() - 3
        ? inner.substring(begin, inner.length() - FENCE.length())
        : inner;
  }

  private static ChatReply malformed(String detail, ChatReply.Answer answer) {
    return new ChatReply.Unusable(ChatReply.Defect.MALFORMED_CALL, detail, answer.usage());
  }
}
