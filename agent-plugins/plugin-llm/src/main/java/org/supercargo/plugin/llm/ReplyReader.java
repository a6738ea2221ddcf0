package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Usage;

/// Reads the body of a reply with status 200 and decides whether it may be acted on.
final class ReplyReader {
  private static final Set<String> WHOLE =
      Set.of("stop", "tool_calls", "function_call", "end_turn", "eos");

  private final String reasoningField;

  ReplyReader(String reasoningField) {
    this.reasoningField = reasoningField;
  }

  ChatReply read(HttpReply reply, UsageReader usageReader) {
    String text = reply.text();
    if (text.isBlank()) {
      return new ChatReply.Unusable(ChatReply.Defect.EMPTY, "the reply has no body", Usage.NONE);
    }
    Optional<ObjectNode> body = Json.readObject(text);
    if (body.isEmpty()) {
      return new ChatReply.Failed(
          ChatReply.Failure.SERVER_ERROR, "the reply is not JSON: " + text, null);
    }
    Usage usage = usageReader.read(body.get().path("usage"), reply.body().size());
    JsonNode choice = body.get().path("choices").path(0);
    JsonNode error = body.get().path("error");
    if (choice.isMissingNode() && !error.isMissingNode() && !error.isNull()) {
      return new ChatReply.Failed(
          ChatReply.Failure.SERVER_ERROR, ProviderError.of(body.get()).message(), null);
    }
    return choice(choice, usage);
  }

  private ChatReply choice(JsonNode choice, Usage usage) {
    String finish = choice.path("finish_reason").asText("").toLowerCase(Locale.ROOT);
    JsonNode message = choice.path("message");
    String content = text(message.path("content"));
    return switch (finish) {
      case "length" ->
          unusable(ChatReply.Defect.TRUNCATED, "cut off at the length limit: " + content, usage);
      case "content_filter" ->
          unusable(ChatReply.Defect.REFUSED, "stopped by the provider's filter", usage);
      case "insufficient_system_resource" ->
          new ChatReply.Failed(
              ChatReply.Failure.OVERLOADED, "stopped for lack of system resources", null);
      default -> finished(finish, message, content, usage);
    };
  }

  private ChatReply finished(String finish, JsonNode message, String content, Usage usage) {
    JsonNode calls = message.path("tool_calls");
    String refusal = text(message.path("refusal"));
    if (!refusal.isBlank()) {
      return unusable(ChatReply.Defect.REFUSED, refusal, usage);
    }
    if (CallMarkup.isIn(content)) {
      return unusable(ChatReply.Defect.LEAKED_MARKUP, content, usage);
    }
    if (content.isBlank() && calls.isEmpty()) {
      return unusable(ChatReply.Defect.EMPTY, "neither words nor calls", usage);
    }
    if (!WHOLE.contains(finish)) {
      return unusable(
          ChatReply.Defect.TRUNCATED, "not known to be whole: finish_reason " + finish, usage);
    }
    @Nullable String reasoning = reasoning(message);
    return calls.isEmpty()
        ? new ChatReply.Answer(content, reasoning, usage)
        : calls(calls, content, reasoning, usage);
  }

  private static ChatReply calls(
      JsonNode nodes, String content, @Nullable String reasoning, Usage usage) {
    List<ActionCall> calls = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode node : nodes) {
      String id = text(node.path("id"));
      String name = text(node.path("function").path("name"));
      String arguments = text(node.path("function").path("arguments"));
      if (CallMarkup.isIn(name) || CallMarkup.isIn(arguments)) {
        return unusable(ChatReply.Defect.LEAKED_MARKUP, arguments, usage);
      }
      if (id.isBlank() || !ids.add(id) || name.isBlank()) {
        return unusable(
            ChatReply.Defect.MALFORMED_CALL, "a call without its own id or name: " + name, usage);
      }
      if (Json.readObject(arguments).isEmpty()) {
        return unusable(
            ChatReply.Defect.MALFORMED_CALL,
            "the arguments of " + name + " are not a JSON object: " + arguments,
            usage);
      }
      calls.add(new ActionCall(id, name, arguments));
    }
    return new ChatReply.Calls(content, reasoning, calls, usage);
  }

  private @Nullable String reasoning(JsonNode message) {
    JsonNode node = message.path(reasoningField);
    return reasoningField.isEmpty() || !node.isTextual() ? null : node.textValue();
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : "";
  }

  private static ChatReply unusable(ChatReply.Defect defect, String detail, Usage usage) {
    return new ChatReply.Unusable(defect, detail, usage);
  }
}
