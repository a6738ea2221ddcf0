package org.supercargo.plugin.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;
import org.supercargo.http.OkHttpTransport;

/// A provider on 127.0.0.1 that answers what a test tells it to.
final class ProviderStub implements AutoCloseable {
  static final String KEY = "sk-0123456789abcdef0123456789abcdef";

  /// A Monday, 20:00 in Beijing: outside peak hours.
  static final Instant EVENING = Instant.parse("2026-11-23T12:00:00Z");

  private static final JsonMapper JSON = new JsonMapper();

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private final OkHttpTransport http = new OkHttpTransport(Set.of("127.0.0.1"));

  ProviderStub() {
    server.start();
  }

  OkHttpTransport http() {
    return http;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /// DeepSeek with replies in one piece; what streams has its own tests.
  Dialect deepSeek() {
    return Preset.DEEPSEEK.dialect().withBaseUrl(url()).withStream(false);
  }

  /// Other paths than the model's calls.
  ProviderStub shows(String path, String body) {
    server.stubFor(
        com.github.tomakehurst.wiremock.client.WireMock.get(
                com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo(path))
            .willReturn(aResponse().withStatus(200).withBody(body)));
    return this;
  }

  /// A card of a model that costs nothing.
  static ModelCard free(String model) {
    return new ModelCard(
        "local",
        model,
        new PriceList(
            "own machine",
            LocalDate.of(2026, 11, 23),
            Map.of(model, PriceList.Price.of("0", "0", "0")),
            PeakHours.NEVER),
        8_000,
        1_000,
        EnumSet.of(Ability.ACTIONS),
        Privacy.OWN_MACHINE);
  }

  ProviderStub answers(ResponseDefinitionBuilder response) {
    server.stubFor(post(anyUrl()).willReturn(response));
    return this;
  }

  ProviderStub answers(int status, String body) {
    return answers(
        aResponse()
            .withStatus(status)
            .withHeader("Content-Type", "application/json")
            .withBody(body));
  }

  /// Answers with one choice.
  ProviderStub says(String finishReason, String message) {
    return answers(200, completion(finishReason, message));
  }

  /// The published shape of a reply.
  static String completion(String finishReason, String message) {
    return """
    {
      "id": "930c60df-bf64-41c9-a88e-3ec75f81e00e",
      "object": "chat.completion",
      "created": 1795435200,
      "model": "deepseek-flash",
      "choices": [
        {"index": 0, "finish_reason": "%s", "logprobs": null, "message": %s}
      ],
      "usage": {
        "prompt_tokens": 1000,
        "prompt_cache_hit_tokens": 640,
        "prompt_cache_miss_tokens": 360,
        "completion_tokens": 200,
        "total_tokens": 1200,
        "prompt_tokens_details": {"cached_tokens": 640},
        "completion_tokens_details": {"reasoning_tokens": 150}
      },
      "system_fingerprint": "fp_a49d71b8a1"
    }
    """
        .formatted(finishReason, message);
  }

  ChatReply chat() {
    return chat(deepSeek(), request());
  }

  ChatReply chat(Dialect dialect, ChatRequest request) {
    return chat(dialect, request, EVENING);
  }

  ChatReply chat(Dialect dialect, ChatRequest request, Instant now) {
    return new OpenAiCompatibleModel(dialect, http, () -> KEY, InstantSource.fixed(now))
        .chat(request);
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

  private LoggedRequest newest() {
    return server.getAllServeEvents().getFirst().getRequest();
  }

  String sentPath() {
    return newest().getUrl();
  }

  String sentHeader(String name) {
    return newest().getHeader(name);
  }

  String sentText() {
    return newest().getBodyAsString();
  }

  JsonNode sent() {
    try {
      return JSON.readTree(sentText());
    } catch (JsonProcessingException e) {
      throw new AssertionError("the request is not JSON: " + sentText(), e);
    }
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
