package org.supercargo.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;

/// Anthropic's Messages, in one piece.
///
/// Turns of one role that follow each other count as one turn, as the provider documents; of the
/// turns that result, the first is the user's and they alternate.
///
/// Sources: [Messages](https://platform.claude.com/docs/en/api/messages), [tool
/// use](https://platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use).
public final class AnthropicWire extends WireServer {
  private static final Set<String> MODELS = Set.of("claude-sonnet-5-5", "claude-opus-5-5");
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");

  private final String key;
  private final AtomicInteger given = new AtomicInteger();

  public AnthropicWire(String key, ModelBackend model) {
    super("/v1/messages", model);
    this.key = key;
  }

  /// Turns of one role, put together.
  private record Turn(String role, List<JsonNode> blocks) {}

  @Override
  ChatRequest read(Headers headers, JsonNode request) {
    if (!key.equals(header(headers, "x-api-key"))) {
      throw new Refusal(401, "invalid x-api-key");
    }
    requireHeader(headers, "anthropic-version", 400);
    if (!MODELS.contains(request.path("model").asText())) {
      throw new Refusal(404, "model: " + request.path("model").asText());
    }
    Refusal.unless(request.path("max_tokens").asInt() >= 1, "max_tokens: Field required");
    Refusal.unless(!request.path("stream").asBoolean(), "stream: not spoken here");
    List<Turn> turns = turns(request.path("messages"));
    Refusal.unless(!turns.isEmpty(), "messages: at least one message is required");
    Refusal.unless(
        turns.getFirst().role().equals("user"), "messages: first message must use the user role");
    var dialogue = new Dialogue();
    system(dialogue, request.path("system"));
    Set<String> open = new HashSet<>();
    for (Turn turn : turns) {
      if (turn.role().equals("user")) {
        user(dialogue, turn, open);
      } else {
        assistant(dialogue, turn, open);
      }
    }
    Refusal.unless(open.isEmpty(), "messages: tool_use without tool_result: " + open);
    Refusal.unless(turns.getLast().role().equals("user"), "messages: must end with a user message");
    return dialogue.request(tools(request.path("tools")));
  }

  private static List<Turn> turns(JsonNode messages) {
    var turns = new ArrayList<Turn>();
    for (JsonNode message : messages) {
      String role = text(message.path("role"), "role");
      Refusal.unless(
          Set.of("user", "assistant").contains(role),
          "messages: Unexpected role \"" + role + "\"; the system prompt is a parameter");
      if (turns.isEmpty() || !turns.getLast().role().equals(role)) {
        turns.add(new Turn(role, new ArrayList<>()));
      }
      blocks(message.path("content")).forEach(turns.getLast().blocks()::add);
    }
    return turns;
  }

  private static List<JsonNode> blocks(JsonNode content) {
    if (content.isTextual()) {
      return List.of(JSON.createObjectNode().put("type", "text").set("text", content));
    }
    Refusal.unless(
        content.isArray() && !content.isEmpty(), "messages: content must be a string or blocks");
    var blocks = new ArrayList<JsonNode>();
    content.forEach(blocks::add);
    return blocks;
  }

  private static String words(JsonNode block) {
    String words = text(block.path("text"), "text");
    Refusal.unless(!words.isBlank(), "messages: text content blocks must be non-empty");
    return words;
  }

  private static void system(Dialogue dialogue, JsonNode system) {
    if (!system.isMissingNode()) {
      var text = new StringBuilder();
      blocks(system).forEach(block -> text.append(words(block)));
      dialogue.system(text.toString());
    }
  }

  /// Results of all calls of the turn before come first, and then words.
  private static void user(Dialogue dialogue, Turn turn, Set<String> open) {
    for (JsonNode block : turn.blocks()) {
      switch (block.path("type").asText()) {
        case "tool_result" -> {
          String id = text(block.path("tool_use_id"), "tool_use_id");
          Refusal.unless(
              open.remove(id),
              "messages: unexpected `tool_use_id` found in `tool_result` blocks: "
                  + id
                  + ". Each `tool_result` block must have a corresponding `tool_use` block in the"
                  + " previous message");
          var text = new StringBuilder();
          blocks(block.path("content")).forEach(part -> text.append(words(part)));
          dialogue.result(id, text.toString());
        }
        case "text" -> {
          requireAnswered(open);
          dialogue.user(words(block));
        }
        default -> throw Refusal.invalid("messages: unexpected block in a user message");
      }
    }
    requireAnswered(open);
  }

  private static void requireAnswered(Set<String> open) {
    Refusal.unless(
        open.isEmpty(),
        "messages: `tool_use` ids were found without `tool_result` blocks immediately after: "
            + open);
  }

  private static void assistant(Dialogue dialogue, Turn turn, Set<String> open) {
    var text = new StringBuilder();
    var calls = new ArrayList<Dialogue.Call>();
    for (JsonNode block : turn.blocks()) {
      switch (block.path("type").asText()) {
        case "text" -> text.append(words(block));
        case "tool_use" -> {
          String id = text(block.path("id"), "tool_use.id");
          Refusal.unless(ID.matcher(id).matches(), "tool_use.id: does not match the pattern");
          Refusal.unless(block.path("input").isObject(), "tool_use.input: must be an object");
          calls.add(
              new Dialogue.Call(
                  id, text(block.path("name"), "tool_use.name"), block.path("input").toString()));
          open.add(id);
        }
        default -> throw Refusal.invalid("messages: unexpected block in an assistant message");
      }
    }
    dialogue.assistant(text.toString(), calls);
  }

  private static List<ActionSpec> tools(JsonNode given) {
    var tools = new Tools();
    for (JsonNode tool : given) {
      tools.add(tool.path("name"), tool.path("description"), tool.path("input_schema"));
    }
    return tools.actions();
  }

  @Override
  Sent write(JsonNode request, ChatReply reply, int inputTokens, int outputTokens) {
    int number = given.incrementAndGet();
    ObjectNode message =
        JSON.createObjectNode()
            .put("id", "msg_%024d".formatted(number))
            .put("type", "message")
            .put("role", "assistant")
            .put("model", request.path("model").asText());
    ArrayNode content = message.putArray("content");
    List<ActionCall> calls = calls(reply).calls();
    content
        .addObject()
        .put("type", "text")
        .put("text", calls.isEmpty() ? words(reply) : "I will see to that now.");
    for (ActionCall call : calls) {
      content
          .addObject()
          .put("type", "tool_use")
          .put("id", "toolu_%016d%02d".formatted(number, content.size()))
          .put("name", call.action())
          .set("input", json(call.arguments()));
    }
    message.put("stop_reason", calls.isEmpty() ? "end_turn" : "tool_use").putNull("stop_sequence");
    message
        .putObject("usage")
        .put("input_tokens", inputTokens)
        .put("cache_creation_input_tokens", 0)
        .put("cache_read_input_tokens", 0)
        .put("output_tokens", outputTokens);
    return new Sent("application/json", List.of(message.toString()));
  }

  @Override
  ObjectNode error(Refusal refusal) {
    ObjectNode error = JSON.createObjectNode().put("type", "error");
    error
        .putObject("error")
        .put(
            "type",
            switch (refusal.status()) {
              case 401 -> "authentication_error";
              case 404 -> "not_found_error";
              default -> "invalid_request_error";
            })
        .put("message", refusal.what());
    return error.put("request_id", "req_1");
  }
}
