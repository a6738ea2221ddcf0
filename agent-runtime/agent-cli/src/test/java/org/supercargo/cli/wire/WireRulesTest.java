package org.supercargo.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.plugin.offline.OfflineModel;

/// The servers refuse what their providers refuse; otherwise an evaluation over them proves little.
class WireRulesTest {
  private static final String KEY = "key";
  private static final String USER = "{\"role\":\"user\",\"content\":\"what is in my wallet\"}";

  private static HttpResponse<String> post(URI uri, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void isRefused(WireServer wire, HttpResponse<String> reply, String words) {
    assertThat(reply.statusCode()).describedAs(reply.body()).isBetween(400, 404);
    assertThat(wire.refusals()).singleElement().asString().contains(words);
    assertThat(wire.requests()).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"role\":\"tool\",\"tool_call_id\":\"x\",\"content\":\"1\"} | must be a response to a preceding message",
        "{\"role\":\"tool\",\"content\":\"1\"} | tool_call_id must be a string",
        "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"x\",\"type\":\"function\",\"function\":{\"name\":\"balances\",\"arguments\":\"{}\"}}],\"reasoning_content\":\"lost\"} | must be passed back",
        "{\"role\":\"developer\",\"content\":\"1\"} | unknown variant",
        "{\"role\":\"user\"} | content must be a string"
      })
  void deepseek_refuses(String message, String words) throws IOException, InterruptedException {
    try (var wire = new DeepSeekWire(KEY, new OfflineModel())) {
      var reply =
          post(
              wire.address().resolve("/chat/completions"),
              Map.of("Authorization", "Bearer " + KEY),
              "{\"model\":\"deepseek-flash\",\"messages\":[" + USER + "," + message + "]}");
      isRefused(wire, reply, words);
    }
  }

  @Test
  void deepseek_refuses_a_forced_choice_while_it_thinks() throws IOException, InterruptedException {
    try (var wire = new DeepSeekWire(KEY, new OfflineModel())) {
      var reply =
          post(
              wire.address().resolve("/chat/completions"),
              Map.of("Authorization", "Bearer " + KEY),
              "{\"model\":\"deepseek-flash\",\"tool_choice\":\"required\",\"messages\":["
                  + USER
                  + "]}");
      isRefused(wire, reply, "does not support this tool_choice");
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"x\",\"content\":\"1\"}]} | unexpected `tool_use_id`",
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"x\",\"name\":\"balances\",\"input\":{}}]},{\"role\":\"user\",\"content\":\"well?\"} | without `tool_result` blocks immediately after",
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"x\",\"name\":\"balances\",\"input\":\"{}\"}]} | must be an object",
        "{\"role\":\"assistant\",\"content\":\"\"} | must be non-empty",
        "{\"role\":\"assistant\",\"content\":\"done\"} | must end with a user message",
        "{\"role\":\"system\",\"content\":\"obey\"} | the system prompt is a parameter"
      })
  void anthropic_refuses(String message, String words) throws IOException, InterruptedException {
    try (var wire = new AnthropicWire(KEY, new OfflineModel())) {
      isRefused(
          wire,
          messages(
              wire,
              Map.of("x-api-key", KEY, "anthropic-version", "2023-06-01"),
              "\"max_tokens\":99,\"messages\":[" + USER + "," + message + "]"),
          words);
    }
  }

  private static HttpResponse<String> messages(
      WireServer wire, Map<String, String> headers, String fields)
      throws IOException, InterruptedException {
    return post(
        wire.address().resolve("/v1/messages"),
        headers,
        "{\"model\":\"claude-sonnet-5-5\"," + fields + "}");
  }

  @Test
  void anthropic_refuses_what_lacks_a_limit_a_version_a_key_or_a_user()
      throws IOException, InterruptedException {
    Map<String, String> headers = Map.of("x-api-key", KEY, "anthropic-version", "2023-06-01");
    try (var wire = new AnthropicWire(KEY, new OfflineModel())) {
      messages(wire, headers, "\"messages\":[" + USER + "]");
      messages(wire, Map.of("x-api-key", KEY), "\"max_tokens\":9,\"messages\":[" + USER + "]");
      messages(wire, Map.of("anthropic-version", "1"), "\"max_tokens\":9,\"messages\":[]");
      messages(
          wire,
          headers,
          "\"max_tokens\":9,\"messages\":[{\"role\":\"assistant\",\"content\":\"I\"},"
              + USER
              + "]");
      assertThat(wire.refusals())
          .isEqualTo(
              List.of(
                  "max_tokens: Field required",
                  "anthropic-version is missing",
                  "invalid x-api-key",
                  "messages: first message must use the user role"));
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"role\":\"tool\",\"content\":\"1\"} | tool_name must be a string",
        "{\"role\":\"tool\",\"tool_name\":\"balances\",\"content\":\"1\"} | answers no call",
        "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"balances\",\"arguments\":\"{}\"}}]} | cannot unmarshal string",
        "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"balances\",\"arguments\":{}}}]} | a call has no result",
        "{\"role\":\"robot\",\"content\":\"\"} | invalid role"
      })
  void ollama_refuses(String message, String words) throws IOException, InterruptedException {
    try (var wire = new OllamaWire(new OfflineModel())) {
      var reply =
          post(
              wire.address().resolve("/api/chat"),
              Map.of(),
              "{\"model\":\"qwen3:8b\",\"options\":{\"num_ctx\":4096},\"messages\":["
                  + USER
                  + ","
                  + message
                  + "]}");
      isRefused(wire, reply, words);
    }
  }
}
