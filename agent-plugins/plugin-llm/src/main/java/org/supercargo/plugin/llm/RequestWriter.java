package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.ModelCard;

/// Writes a request's body. Messages and actions keep their order and equal ones are equal bytes,
/// so that a longer conversation begins with the bytes of the shorter one.
///
/// Source: [chat completions](https://api-docs.deepseek.com/api/create-chat-completion).
final class RequestWriter {
  private final Dialect dialect;
  private final ObjectNode extra;

  RequestWriter(Dialect dialect) {
    this.dialect = dialect;
    this.extra = ExtraBody.of(dialect);
  }

  String write(ChatRequest request, ModelCard card) {
    ObjectNode body = Json.object();
    body.put("model", card.model());
    ArrayNode messages = body.putArray("messages");
    request.messages().forEach(message -> messages.add(message(message)));
    if (!request.actions().isEmpty()) {
      body.set("tools", ActionSchema.tools(request.actions(), isStrict(request.actions())));
      // Never anything else: a provider may refuse any other choice while its model thinks.
      body.put("tool_choice", "auto");
    }
    body.put("stream", dialect.wire().stream());
    if (dialect.wire().stream()) {
      body.putObject("stream_options").put("include_usage", true);
    }
    thinking(body, effort(request));
    if (request.options().json() && dialect.wire().jsonMode()) {
      body.putObject("response_format").put("type", "json_object");
    }
    body.setAll(extra);
    if (request.options().longestReply() > 0) {
      body.put(
          dialect.wire().lengthField(),
          Math.min(request.options().longestReply(), card.longestReply()));
    }
    return Json.write(body);
  }

  /// Whether the provider holds the arguments of these actions to their schemas. All of them or
  /// none: DeepSeek wants no request that mixes both.
  boolean isStrict(List<ActionSpec> actions) {
    return dialect.wire().strict()
        && !actions.isEmpty()
        && actions.stream().allMatch(ActionSchema::canBeStrict);
  }

  Effort effort(ChatRequest request) {
    return dialect.thinking().effort(request.options().effort(), !request.actions().isEmpty());
  }

  private void thinking(ObjectNode body, Effort effort) {
    @Nullable String word = dialect.thinking().words().get(effort);
    switch (dialect.thinking().control()) {
      case NONE -> {}
      case SWITCH -> {
        body.putObject("thinking").put("type", effort == Effort.NONE ? "disabled" : "enabled");
        if (word != null) {
          body.put("reasoning_effort", word);
        }
      }
      case EFFORT -> {
        if (word != null) {
          body.put("reasoning_effort", word);
        }
      }
      case OBJECT -> {
        if (word != null) {
          body.putObject("reasoning").put("effort", word);
        }
      }
    }
  }

  private ObjectNode message(ChatMessage message) {
    ObjectNode node = Json.object();
    switch (message) {
      case ChatMessage.Instructions(String text) -> node.put("role", "system").put("content", text);
      case ChatMessage.Owner(String text) -> node.put("role", "user").put("content", text);
      case ChatMessage.Notice(String text) -> node.put("role", "user").put("content", text);
      case ChatMessage.Assistant assistant -> assistant(node, assistant);
      case ChatMessage.Result result ->
          node.put("role", "tool")
              .put("tool_call_id", result.callId())
              .put("content", result.text());
    }
    return node;
  }

  private void assistant(ObjectNode node, ChatMessage.Assistant assistant) {
    node.put("role", "assistant").put("content", assistant.text());
    reasoning(node, assistant);
    if (!assistant.calls().isEmpty()) {
      ArrayNode calls = node.putArray("tool_calls");
      assistant.calls().forEach(call -> calls.add(call(call)));
    }
  }

  /// Missing is missing, unless this provider wants an empty field: one that gave no reasoning is
  /// not given any back.
  private void reasoning(ObjectNode node, ChatMessage.Assistant assistant) {
    Thinking thinking = dialect.thinking();
    if (thinking.fields().isEmpty()) {
      return;
    }
    if (assistant.reasoning() != null) {
      node.put(thinking.fields().getFirst(), assistant.reasoning());
    } else if (thinking.emptyField() && !assistant.calls().isEmpty()) {
      node.put(thinking.fields().getFirst(), "");
    }
  }

  private static ObjectNode call(ActionCall call) {
    ObjectNode node = Json.object();
    node.put("id", call.id()).put("type", "function");
    node.putObject("function").put("name", call.action()).put("arguments", call.arguments());
    return node;
  }
}
