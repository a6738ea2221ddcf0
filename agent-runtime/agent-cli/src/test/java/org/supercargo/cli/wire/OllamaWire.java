package org.supercargo.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;

/// Ollama's chat: a JSON document a line when streamed, calls without ids.
///
/// Ollama itself puts up with results that are missing or out of order, and its models then guess;
/// here they are refused.
///
/// Source: [chat](https://docs.ollama.com/api/chat).
public final class OllamaWire extends WireServer {
  private static final Set<String> MODELS = Set.of("qwen3:8b");
  private static final int PIECE = 11;

  public OllamaWire(ModelBackend model) {
    super("/api/chat", model);
  }

  /// A call without a result yet.
  private record Open(String id, String name) {}

  @Override
  ChatRequest read(Headers headers, JsonNode request) {
    String model = text(request.path("model"), "model");
    if (!MODELS.contains(model)) {
      throw new Refusal(404, "model '" + model + "' not found");
    }
    Refusal.unless(!request.has("think"), "\"" + model + "\" does not support thinking");
    Refusal.unless(request.at("/options/num_ctx").asInt() > 0, "num_ctx must be positive");
    var dialogue = new Dialogue();
    Deque<Open> open = new ArrayDeque<>();
    int calls = 0;
    for (JsonNode message : request.path("messages")) {
      String role = text(message.path("role"), "role");
      String content = text(message.path("content"), "content");
      Refusal.unless(
          open.isEmpty() || role.equals("tool"), "a call has no result before the next message");
      switch (role) {
        case "system" -> dialogue.system(content);
        case "user" -> dialogue.user(content);
        case "assistant" -> {
          var asked = new ArrayList<Dialogue.Call>();
          for (JsonNode call : message.path("tool_calls")) {
            var next = new Open("#" + calls++, text(call.at("/function/name"), "function.name"));
            JsonNode arguments = call.at("/function/arguments");
            Refusal.unless(
                arguments.isObject(),
                "json: cannot unmarshal string into Go struct field"
                    + " ChatRequest.messages.tool_calls.function.arguments");
            asked.add(new Dialogue.Call(next.id(), next.name(), arguments.toString()));
            open.add(next);
          }
          dialogue.assistant(content, asked);
        }
        case "tool" -> {
          String name = text(message.path("tool_name"), "tool_name");
          Refusal.unless(
              !open.isEmpty() && open.getFirst().name().equals(name),
              "the result of " + name + " answers no call");
          dialogue.result(open.removeFirst().id(), content);
        }
        default -> throw Refusal.invalid("invalid role: " + role);
      }
    }
    Refusal.unless(open.isEmpty(), "a call has no result");
    return dialogue.request(tools(request));
  }

  private static List<ActionSpec> tools(JsonNode request) {
    var tools = new Tools();
    for (JsonNode tool : request.path("tools")) {
      Refusal.unless(tool.path("type").asText().equals("function"), "tools.type is missing");
      JsonNode function = tool.path("function");
      tools.add(function.path("name"), function.path("description"), function.path("parameters"));
    }
    return tools.actions();
  }

  @Override
  Sent write(JsonNode request, ChatReply reply, int inputTokens, int outputTokens) {
    boolean streamed = !request.has("stream") || request.path("stream").asBoolean();
    String words = words(reply);
    var lines = new ArrayList<String>();
    if (streamed) {
      for (int at = 0; at < words.length(); at += PIECE) {
        ObjectNode piece = line(request);
        message(piece, words.substring(at, Math.min(words.length(), at + PIECE)));
        lines.add(piece.put("done", false) + "\n");
      }
      for (ActionCall call : calls(reply).calls()) {
        ObjectNode piece = line(request);
        call(message(piece, ""), call);
        lines.add(piece.put("done", false) + "\n");
      }
    }
    ObjectNode last = line(request);
    ObjectNode message = message(last, streamed ? "" : words);
    if (!streamed) {
      calls(reply).calls().forEach(call -> call(message, call));
    }
    last.put("done", true)
        .put("done_reason", "stop")
        .put("total_duration", 1_200_000_000L)
        .put("load_duration", 20_000_000L)
        .put("prompt_eval_count", inputTokens)
        .put("prompt_eval_duration", 300_000_000L)
        .put("eval_count", outputTokens)
        .put("eval_duration", 800_000_000L);
    lines.add(last + "\n");
    return new Sent(streamed ? "application/x-ndjson" : "application/json", lines);
  }

  private static ObjectNode line(JsonNode request) {
    return JSON.createObjectNode()
        .put("model", request.path("model").asText())
        .put("created_at", "2026-11-24T00:00:00.000000Z");
  }

  private static ObjectNode message(ObjectNode line, String content) {
    return line.putObject("message").put("role", "assistant").put("content", content);
  }

  private static void call(ObjectNode message, ActionCall call) {
    message
        .withArray("tool_calls")
        .addObject()
        .putObject("function")
        .put("name", call.action())
        .set("arguments", json(call.arguments()));
  }

  @Override
  ObjectNode error(Refusal refusal) {
    return JSON.createObjectNode().put("error", refusal.what());
  }
}
