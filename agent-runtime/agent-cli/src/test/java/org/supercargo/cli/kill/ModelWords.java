package org.supercargo.cli.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/// What a model says that is never done: it reads on and on.
///
/// Not thread-safe.
final class ModelWords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PARTS =
      """
      first | read the first pages | the first pages are read
      rest | read the rest | the rest is read
      """;

  private final Random random;
  private final boolean wayward;
  private int calls;

  /// @param wayward whether it also repeats itself, says nothing, divides goals, thinks it is done,
  ///   and breaks off
  ModelWords(Random random, boolean wayward) {
    this.random = random;
    this.wayward = wayward;
  }

  private record Call(String action, String arguments) {}

  /// A reply.
  ///
  /// @param broken whether the connection breaks instead
  record Said(String text, List<ObjectNode> calls, boolean broken) {
    /// As the chat completions protocol streams it.
    ///
    /// Source: [chat completions](https://api-docs.deepseek.com/api/create-chat-completion).
    String streamed(ModelProvider.Use use) {
      ObjectNode delta = JSON.createObjectNode().put("role", "assistant").put("content", text);
      if (!calls.isEmpty()) {
        delta.putArray("tool_calls").addAll(calls);
      }
      ObjectNode last = chunk(JSON.createObjectNode(), calls.isEmpty() ? "stop" : "tool_calls");
      last.putObject("usage")
          .put("prompt_tokens", use.input())
          .put("completion_tokens", use.output())
          .put("total_tokens", use.input() + use.output())
          .put("prompt_cache_hit_tokens", use.cached())
          .put("prompt_cache_miss_tokens", use.input() - use.cached());
      return "data: " + chunk(delta, null) + "\n\ndata: " + last + "\n\ndata: [DONE]\n\n";
    }

    private static ObjectNode chunk(
        ObjectNode delta, @org.jspecify.annotations.Nullable String finish) {
      ObjectNode chunk = JSON.createObjectNode().put("id", "1");
      chunk.put("object", "chat.completion.chunk");
      ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
      choice.set("delta", delta);
      choice.put("finish_reason", finish);
      return chunk;
    }
  }

  Said answer(JsonNode request) {
    if (request.path("response_format").path("type").asText().equals("json_object")) {
      return says(
          random.nextBoolean()
              ? "{\"met\": true}"
              : "{\"met\": false, \"missing\": \"a page is missing\"}");
    }
    int chance = random.nextInt(100);
    if (chance < 6) {
      return calls(new Call("remember", "{\"note\": \"Part " + ++calls + " was dull.\"}"));
    }
    if (!wayward || chance >= 50) {
      return chance < 85 ? calls(page()) : calls(page(), page());
    }
    JsonNode before = lastCall(request);
    if (before.isMissingNode() && chance < 35) {
      return calls(new Call("divide_goal", quoted("parts", PARTS)));
    }
    if (chance < 9) {
      return new Said("", List.of(), true);
    }
    if (chance < 19) {
      return says("");
    }
    if (chance < 24) {
      return calls(new Call("sing", "{}"));
    }
    if (chance < 36 && !before.isMissingNode()) {
      return calls(new Call(before.path("name").asText(), before.path("arguments").asText()));
    }
    return says("All of it is read.");
  }

  private Call page() {
    return new Call("page", "{\"number\": " + ++calls + "}");
  }

  private static JsonNode lastCall(JsonNode request) {
    List<JsonNode> functions = request.path("messages").findValues("function");
    return functions.isEmpty() ? JSON.missingNode() : functions.getLast();
  }

  private static String quoted(String name, String text) {
    return JSON.createObjectNode().put(name, text).toString();
  }

  private static Said says(String text) {
    return new Said(text, List.of(), false);
  }

  private Said calls(Call... wanted) {
    ArrayNode list = JSON.createArrayNode();
    for (Call call : wanted) {
      ObjectNode node = list.addObject().put("index", list.size() - 1);
      node.put("id", "call_" + ++calls).put("type", "function");
      node.putObject("function").put("name", call.action()).put("arguments", call.arguments());
    }
    return new Said("", list.valueStream().map(ObjectNode.class::cast).toList(), false);
  }
}
