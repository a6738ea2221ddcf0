package org.supercargo.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;

/// DeepSeek's chat completions, streamed or not, thinking.
///
/// Sources: [chat completions](https://api-docs.deepseek.com/api/create-chat-completion), [thinking
/// mode](https://api-docs.deepseek.com/guides/thinking_mode).
public final class DeepSeekWire extends WireServer {
  private static final Set<String> MODELS = Set.of("deepseek-flash");
  private static final int CACHE_BLOCK = 64;
  private static final int PIECE = 7;

  private final String key;
  private final AtomicInteger given = new AtomicInteger();
  private final Map<String, String> thoughts = new ConcurrentHashMap<>();

  public DeepSeekWire(String key, ModelBackend model) {
    super("/chat/completions", model);
    this.key = key;
  }

  @Override
  ChatRequest read(Headers headers, JsonNode request) {
    if (!("Bearer " + key).equals(header(headers, "Authorization"))) {
      throw new Refusal(401, "Authentication Fails");
    }
    Refusal.unless(MODELS.contains(request.path("model").asText()), "Model Not Exist");
    boolean thinking = !request.at("/thinking/type").asText("enabled").equals("disabled");
    Refusal.unless(
        !thinking || Set.of("auto", "none").contains(request.path("tool_choice").asText("auto")),
        "Thinking mode does not support this tool_choice");
    Refusal.unless(
        request.path("stream").asBoolean() || !request.has("stream_options"),
        "stream_options should be set along with stream = true");
    var dialogue = new Dialogue();
    Set<String> open = new LinkedHashSet<>();
    Refusal.unless(!request.path("messages").isEmpty(), "Empty input messages");
    for (JsonNode message : request.path("messages")) {
      String role = text(message.path("role"), "role");
      Refusal.unless(
          open.isEmpty() || role.equals("tool"),
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'");
      switch (role) {
        case "system" -> dialogue.system(text(message.path("content"), "content"));
        case "user" -> dialogue.user(text(message.path("content"), "content"));
        case "assistant" -> assistant(dialogue, message, thinking, open);
        case "tool" -> {
          String id = text(message.path("tool_call_id"), "tool_call_id");
          Refusal.unless(
              open.remove(id),
              "Messages with role 'tool' must be a response to a preceding message with"
                  + " 'tool_calls'");
          dialogue.result(id, text(message.path("content"), "content"));
        }
        default -> throw Refusal.invalid("unknown variant `" + role + "`");
      }
    }
    Refusal.unless(open.isEmpty(), "insufficient tool messages following tool_calls message");
    return dialogue.request(tools(request));
  }

  private void assistant(Dialogue dialogue, JsonNode message, boolean thinking, Set<String> open) {
    var calls = new ArrayList<Dialogue.Call>();
    for (JsonNode call : message.path("tool_calls")) {
      String id = text(call.path("id"), "tool_calls.id");
      Refusal.unless(call.path("type").asText().equals("function"), "tool_calls.type is missing");
      calls.add(
          new Dialogue.Call(
              id,
              text(call.at("/function/name"), "function.name"),
              text(call.at("/function/arguments"), "function.arguments")));
      open.add(id);
      Refusal.unless(
          !thinking
              || Objects.equals(thoughts.get(id), message.path("reasoning_content").textValue()),
          "The `reasoning_content` in the thinking mode must be passed back to the API");
    }
    Refusal.unless(
        message.path("content").isTextual() || !calls.isEmpty(),
        "content or tool_calls must be set");
    dialogue.assistant(message.path("content").asText(""), calls);
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
    int number = given.incrementAndGet();
    boolean thinking = !request.at("/thinking/type").asText("enabled").equals("disabled");
    String reasoning = thinking ? "Let me see … step " + number + " \"quoted\" \\ \u2028" : "";
    ObjectNode usage = usage(request, inputTokens, outputTokens, thinking ? 12 : 0);
    ObjectNode message = JSON.createObjectNode().put("role", "assistant");
    message.put("content", words(reply));
    if (thinking) {
      message.put("reasoning_content", reasoning);
    }
    int index = 0;
    for (ActionCall call : calls(reply).calls()) {
      String id = "call_%02d_%08x".formatted(index, number);
      thoughts.put(id, reasoning);
      message
          .withArray("tool_calls")
          .addObject()
          .put("index", index++)
          .put("id", id)
          .put("type", "function")
          .putObject("function")
          .put("name", call.action())
          .put("arguments", call.arguments());
    }
    String finish = index > 0 ? "tool_calls" : "stop";
    if (request.path("stream").asBoolean()) {
      boolean counted = request.at("/stream_options/include_usage").asBoolean();
      return new Sent("text/event-stream", events(message, finish, counted ? usage : null));
    }
    ObjectNode whole = frame("chat.completion");
    whole
        .putArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", finish)
        .set("message", message);
    whole.set("usage", usage);
    return new Sent("application/json", List.of(whole.toString()));
  }

  /// Of a conversation that goes on, half counts as served from the cache.
  private static ObjectNode usage(JsonNode request, int input, int output, int reasoning) {
    boolean repeated = request.path("messages").size() > 3;
    int cached = repeated ? input / 2 / CACHE_BLOCK * CACHE_BLOCK : 0;
    ObjectNode usage =
        JSON.createObjectNode()
            .put("prompt_tokens", input)
            .put("completion_tokens", output + reasoning)
            .put("total_tokens", input + output + reasoning)
            .put("prompt_cache_hit_tokens", cached)
            .put("prompt_cache_miss_tokens", input - cached);
    usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoning);
    return usage;
  }

  private static ObjectNode frame(String kind) {
    return JSON.createObjectNode()
        .put("id", "chatcmpl-1")
        .put("object", kind)
        .put("created", 1_795_000_000)
        .put("model", "deepseek-flash");
  }

  private static List<String> events(
      ObjectNode message, String finish, @Nullable ObjectNode usage) {
    var events = new ArrayList<String>();
    events.add(": keep-alive\n\n");
    ObjectNode first = JSON.createObjectNode().put("role", "assistant").put("content", "");
    events.add(event(first, null, null));
    for (String field : List.of("reasoning_content", "content")) {
      pieces(message.path(field).asText(""))
          .forEach(
              piece -> events.add(event(JSON.createObjectNode().put(field, piece), null, null)));
    }
    for (JsonNode call : message.path("tool_calls")) {
      ObjectNode begun = call.deepCopy();
      ((ObjectNode) begun.path("function")).put("arguments", "");
      events.add(event(calling(begun), null, null));
      for (String piece : pieces(call.at("/function/arguments").asText())) {
        ObjectNode more = JSON.createObjectNode();
        more.set("index", call.path("index"));
        more.putObject("function").put("arguments", piece);
        events.add(event(calling(more), null, null));
      }
    }
    events.add(event(JSON.createObjectNode().put("content", ""), finish, usage));
    events.add("data: [DONE]\n\n");
    return events;
  }

  private static ObjectNode calling(ObjectNode call) {
    ObjectNode delta = JSON.createObjectNode();
    delta.putArray("tool_calls").add(call);
    return delta;
  }

  /// Cut without regard for words, and never inside a character.
  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    for (int at = 0; at < text.length(); at += PIECE) {
      pieces.add(text.substring(at, Math.min(text.length(), at + PIECE)));
    }
    return pieces;
  }

  private static String event(
      ObjectNode delta, @Nullable String finish, @Nullable ObjectNode usage) {
    ObjectNode chunk = frame("chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finish);
    if (usage != null) {
      chunk.set("usage", usage);
    }
    return "data: " + chunk + "\n\n";
  }

  @Override
  ObjectNode error(Refusal refusal) {
    ObjectNode error = JSON.createObjectNode();
    error
        .putObject("error")
        .put("message", refusal.what())
        .put("type", "invalid_request_error")
        .putNull("param")
        .put("code", "invalid_request_error");
    return error;
  }
}
