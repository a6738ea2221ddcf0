package org.supercargo.plugin.ollama;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.http.OkHttpTransport;

/// An Ollama server on 127.0.0.1 that answers what a test tells it to.
final class OllamaStub implements AutoCloseable {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

  static final ActionSpec TRANSFER =
      new ActionSpec(
          "transfer",
          "Pays somebody",
          ActionSpec.Kind.EFFECT,
          List.of(
              new Parameter("to", "who", ParameterType.PAYEE, true, List.of("ann")),
              new Parameter("chain", "where", ParameterType.CHAIN, false, List.of("solana"))),
          List.of());

  static final LocalModel MODEL =
      LocalModel.of("qwen3:8b", 8192)
          .withLongestReply(2048)
          .withAbilities(EnumSet.of(Ability.ACTIONS, Ability.JSON, Ability.THINKING));

  private static final JsonMapper JSON = new JsonMapper();

  final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private final OkHttpTransport http = new OkHttpTransport(Set.of("127.0.0.1"));

  OllamaStub() {
    server.start();
  }

  OkHttpTransport http() {
    return http;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  OllamaStub answers(ResponseDefinitionBuilder response) {
    server.stubFor(post(anyUrl()).willReturn(response));
    return this;
  }

  OllamaStub answers(int status, String body) {
    return answers(aResponse().withStatus(status).withBody(body));
  }

  /// The published shape of a reply's line.
  static String line(String message, String end) {
    return "{\"model\": \"qwen3:8b\", \"created_at\": \"2026-11-23T12:00:00.000000Z\", \"message\": "
        + message
        + ", "
        + end
        + "}\n";
  }

  static String words(String text) {
    return line("{\"role\": \"assistant\", \"content\": \"" + text + "\"}", "\"done\": false");
  }

  /// The published shape of the last line.
  static String end(String reason) {
    return line(
        "{\"role\": \"assistant\", \"content\": \"\"}",
        "\"done\": true, \"done_reason\": \""
            + reason
            + "\", \"total_duration\": 5043500667, \"load_duration\": 5025959,"
            + " \"prompt_eval_count\": 1200, \"prompt_eval_duration\": 325953000,"
            + " \"eval_count\": 290, \"eval_duration\": 4709213000");
  }

  OllamaSettings settings(boolean streamed) {
    return OllamaSettings.local(List.of(MODEL, LocalModel.of("gpt-oss:20b", 4096)))
        .withServer(url())
        .withTimes(Duration.ofSeconds(20), Duration.ofSeconds(20))
        .withStreaming(streamed);
  }

  ChatReply chat(boolean streamed) {
    return chat(streamed, request(TRANSFER));
  }

  ChatReply chat(boolean streamed, ChatRequest request) {
    return new OllamaModel(settings(streamed), http, CLOCK).chat(request);
  }

  static ChatRequest request(ActionSpec... actions) {
    return new ChatRequest(
        "",
        List.of(
            new ChatMessage.Instructions("You keep a wallet."), new ChatMessage.Owner("balance?")),
        List.of(actions));
  }

  int received() {
    return server.getAllServeEvents().size();
  }

  String sentPath() {
    return server.getAllServeEvents().getFirst().getRequest().getUrl();
  }

  JsonNode sent() {
    return json(server.getAllServeEvents().getFirst().getRequest().getBodyAsString());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  @Override
  public void close() {
    http.close();
    server.stop();
  }
}
