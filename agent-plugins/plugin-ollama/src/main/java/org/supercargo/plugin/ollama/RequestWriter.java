package org.supercargo.plugin.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.ModelCard;

/// Writes a request's body.
///
/// Source: [chat](https://docs.ollama.com/api/chat).
record RequestWriter(ModelCard card, boolean streamed) {
  String write(ChatRequest request) {
    ObjectNode body = Json.object().put("model", card.model());
    ArrayNode messages = body.putArray("messages");
    request.messages().forEach(message -> message(messages.addObject(), message));
    if (!request.actions().isEmpty()) {
      body.set("tools", ActionSchema.tools(request.actions()));
    }
    body.put("stream", streamed);
    think(body, request.options().effort());
    if (request.options().json()) {
      body.put("format", "json");
    }
    // A prompt that is too long is to be refused, not shortened behind our back. Servers that do
    // not know the switches ignore them.
    body.put("truncate", false).put("shift", false);
    int wanted = request.options().longestReply();
    body.putObject("options")
        .put("num_ctx", card.contextTokens())
        .put(
            "num_predict",
            wanted == 0 ? card.longestReply() : Math.min(wanted, card.longestReply()));
    return Json.write(body);
  }

  /// A model that cannot think refuses the switch. Of the others some take levels.
  private void think(ObjectNode body, Effort effort) {
    if (!card.abilities().contains(Ability.THINKING)) {
      return;
    }
    boolean levels = card.model().contains("gpt-oss");
    switch (effort) {
      case DEFAULT -> {}
      case NONE -> put(body, levels, false, "low");
      case LOW -> put(body, levels, true, "low");
      case HIGH, MAX -> put(body, levels, true, "high");
    }
  }

  private static void put(ObjectNode body, boolean levels, boolean think, String level) {
    if (levels) {
      body.put("think", level);
    } else {
      body.put("think", think);
    }
  }

  private static void message(ObjectNode node, ChatMessage message) {
    switch (message) {
      case ChatMessage.Instructions(String text) -> node.put("role", "system").put("content", text);
      case ChatMessage.Owner(String text) -> node.put("role", "user").put("content", text);
      case ChatMessage.Notice(String text) -> node.put("role", "user").put("content", text);
      case ChatMessage.Assistant turn -> assistant(node, turn);
      case ChatMessage.Result result ->
          node.put("role", "tool").put("tool_name", result.action()).put("content", result.text());
    }
  }

  private static void assistant(ObjectNode node, ChatMessage.Assistant turn) {
    node.put("role", "assistant").put("content", turn.text());
    if (turn.reasoning() != null) {
      node.put("thinking", turn.reasoning());
    }
    if (!turn.calls().isEmpty()) {
      ArrayNode calls = node.putArray("tool_calls");
      turn.calls().forEach(call -> call(calls.addObject().putObject("function"), call));
    }
  }

  private static void call(ObjectNode function, ActionCall call) {
    function.put("name", call.action());
    function.set("arguments", Json.readObject(call.arguments()).orElseGet(Json::object));
  }
}
