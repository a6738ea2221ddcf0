package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.CallMarkup;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Usage;

/// Reads the body of a reply with status 200 and decides whether it may be acted on.
///
/// @param fields where reasoning is read
/// @param json whether the words have to be one JSON object
/// @param reasoned whether a reply with calls must come with its reasoning if it has any
/// @param usage prices what the reply used
record ReplyReader(List<String> fields, boolean json, boolean reasoned, UsageReader usage) {
  private static final Set<String> WHOLE =
      Set.of("stop", "tool_calls", "function_call", "end_turn", "eos");

  ChatReply read(String text) {
    if (text.isBlank()) {
      return new ChatReply.Unusable(ChatReply.Defect.EMPTY, "the reply has no body", Usage.NONE);
    }
    Optional<ObjectNode> body = Json.readObject(text);
    return body.isEmpty()
        ? new ChatReply.Failed(
            ChatReply.Failure.SERVER_ERROR, "the reply is not JSON: " + text, null)
        : read(body.get(), true);
  }

  /// @param ended whether the provider said that nothing more follows
  ChatReply read(ObjectNode body, boolean ended) {
    JsonNode choice = body.path("choices").path(0);
    JsonNode error = body.path("error");
    if (!error.isMissingNode() && !error.isNull()) {
      return FailureReader.inReply(ProviderError.of(body));
    }
    Usage used = usage.read(body.path("usage"), size(choice.path("message")));
    String finish = choice.path("finish_reason").asText("").toLowerCase(Locale.ROOT);
    JsonNode message = choice.path("message");
    String content = Json.text(message.path("content"));
    return switch (finish) {
      case "length" ->
          unusable(ChatReply.Defect.TRUNCATED, "cut off at the length limit: " + content, used);
      case "content_filter" ->
          unusable(ChatReply.Defect.REFUSED, "stopped by the provider's filter", used);
      case "insufficient_system_resource" ->
          new ChatReply.Failed(
              ChatReply.Failure.OVERLOADED, "stopped for lack of system resources", null);
      case "error" ->
          new ChatReply.Failed(
              ChatReply.Failure.SERVER_ERROR, "stopped by an error behind the provider", null);
      default -> finished(ended ? finish : finish + ", then cut off", message, used);
    };
  }

  private ChatReply finished(String finish, JsonNode message, Usage used) {
    String content = Json.text(message.path("content"));
    JsonNode calls = message.path("tool_calls");
    String refusal = Json.text(message.path("refusal"));
    if (!refusal.isBlank()) {
      return unusable(ChatReply.Defect.REFUSED, refusal, used);
    }
    if (CallMarkup.isIn(content)) {
      return unusable(ChatReply.Defect.LEAKED_MARKUP, content, used);
    }
    boolean whole = WHOLE.contains(finish);
    if (content.isBlank() && calls.isEmpty() && (whole || finish.isEmpty())) {
      return unusable(ChatReply.Defect.EMPTY, "neither words nor calls", used);
    }
    if (!whole) {
      return unusable(
          ChatReply.Defect.TRUNCATED, "not known to be whole: finish_reason " + finish, used);
    }
    @Nullable String reasoning = reasoning(message);
    return calls.isEmpty()
        ? answer(content, reasoning, used)
        : calls(calls, content, reasoning, used);
  }

  private ChatReply answer(String content, @Nullable String reasoning, Usage used) {
    return json && Json.readObject(content).isEmpty()
        ? unusable(
            ChatReply.Defect.MALFORMED_JSON, "the words are not one JSON object: " + content, used)
        : new ChatReply.Answer(content, reasoning, used);
  }

  private ChatReply calls(JsonNode nodes, String content, @Nullable String reasoning, Usage used) {
    List<ActionCall> calls = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode node : nodes) {
      String id = Json.text(node.path("id"));
      String name = Json.text(node.path("function").path("name"));
      String arguments = Json.text(node.path("function").path("arguments"));
      if (CallMarkup.isIn(name) || CallMarkup.isIn(arguments)) {
        return unusable(ChatReply.Defect.LEAKED_MARKUP, arguments, used);
      }
      if (id.isBlank() || !ids.add(id) || name.isBlank()) {
        return unusable(
            ChatReply.Defect.MALFORMED_CALL, "a call without its own id or name: " + name, used);
      }
      if (Json.readObject(arguments).isEmpty()) {
        return unusable(
            ChatReply.Defect.MALFORMED_CALL,
            "the arguments of " + name + " are not a JSON object: " + arguments,
            used);
      }
      calls.add(new ActionCall(id, name, arguments));
    }
    if (reasoned && used.reasoning() > 0 && (reasoning == null || reasoning.isEmpty())) {
      return unusable(
          ChatReply.Defect.REASONING_LOST,
          used.reasoning() + " tokens of reasoning were counted and none arrived",
          used);
    }
    return new ChatReply.Calls(content, reasoning, calls, used);
  }

  private @Nullable String reasoning(JsonNode message) {
    for (String field : fields) {
      if (message.path(field).isTextual()) {
        return message.path(field).textValue();
      }
    }
    return null;
  }

  private long size(JsonNode message) {
    var text = new StringBuilder(Json.text(message.path("content")));
    @Nullable String reasoning = reasoning(message);
    text.append(reasoning == null ? "" : reasoning);
    for (JsonNode call : message.path("tool_calls")) {
      text.append(Json.text(call.path("function").path("name")));
      text.append(Json.text(call.path("function").path("arguments")));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static ChatReply unusable(ChatReply.Defect defect, String detail, Usage used) {
    return new ChatReply.Unusable(defect, detail, used);
  }
}
