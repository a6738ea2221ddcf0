package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatRequest;

/// Writes a request's body.
///
/// Source: [chat completions](https://api-docs.deepseek.com/api/create-chat-completion).
final class RequestWriter {
  private static final Set<String> OWN_FIELDS =
      Set.of("model", "messages", "tools", "tool_choice", "stream", "thinking", "n");

  private final Dialect dialect;
  private final ObjectNode extra;

  RequestWriter(Dialect dialect) {
    this.dialect = dialect;
    this.extra = extra(dialect);
  }

  private static ObjectNode extra(Dialect dialect) {
    ObjectNode extra =
        Json.readObject(dialect.extraBody())
            .orElseThrow(() ->
                SupercargoException.user(
                    "The extra body fields of " + dialect.name() + " are not a JSON object",
                    "Write an object such as {\"temperature\": 0}."));
    extra
        .fieldNames()
        .forEachRemaining(name -> {
          if (OWN_FIELDS.contains(name) || name.equals(dialect.reasoningField())) {
            throw SupercargoException.user(
                "The extra body field \"" + name + "\" of " + dialect.name() + " is reserved",
                "Leave it out; it is set from the request.");
          }
        });
    return extra;
  }

  String write(ChatRequest request, String model) {
    ObjectNode body = Json.object();
    body.put("model", model);
    ArrayNode messages = body.putArray("messages");
    request.messages().forEach(message -> messages.add(message(message)));
    if (!request.actions().isEmpty()) {
      ArrayNode tools = body.putArray("tools");
      request.actions().forEach(action -> tools.add(ActionSchema.tool(action)));
      body.put("tool_choice", "auto");
    }
    body.put("stream", false);
    switch (dialect.thinking()) {
      case ENABLED -> body.putObject("thinking").put("type", "enabled");
      case DISABLED -> body.putObject("thinking").put("type", "disabled");
      case UNSPECIFIED -> {}
    }
    body.setAll(extra);
    return Json.write(body);
  }

  private ObjectNode message(ChatMessage message) {
    ObjectNode node = Json.object();
    switch (message) {
      case ChatMessage.Instructions(String text) -> node.put("role", "system").put("content", text);
      case ChatMessage.Owner(String text) -> node.put("role", "user").put("content", text);
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
    // Missing is missing: a provider that gave no reasoning is not given an empty one back.
    if (assistant.reasoning() != null && !dialect.reasoningField().isEmpty()) {
      node.put(dialect.reasoningField(), assistant.reasoning());
    }
    if (!assistant.calls().isEmpty()) {
      ArrayNode calls = node.putArray("tool_calls");
      assistant.calls().forEach(call -> calls.add(call(call)));
    }
  }

  private static ObjectNode call(ActionCall call) {
    ObjectNode node = Json.object();
    node.put("id", call.id()).put("type", "function");
    node.putObject("function").put("name", call.action()).put("arguments", call.arguments());
    return node;
  }
}
