package org.supercargo.plugin.langchain4j;

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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;
import org.supercargo.http.OkHttpTransport;

/// A provider on 127.0.0.1 that answers what a test tells it to.
final class ProviderStub implements AutoCloseable {
  static final String KEY = "sk-ant-0123456789abcdef0123456789abcdef";
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

  static final ActionSpec TRANSFER =
      new ActionSpec(
          "transfer",
          "Pays somebody",
          ActionSpec.Kind.EFFECT,
          List.of(
              new Parameter("to", "who", ParameterType.PAYEE, true, List.of("ann")),
              new Parameter("amount", "how much", ParameterType.AMOUNT, true, List.of("SOL")),
              new Parameter("chain", "where", ParameterType.CHAIN, false, List.of("solana"))),
          List.of("pay ann"));

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

  /// The published shape of a message of Claude.
  static String message(String stopReason, String content) {
    return """
    {
      "id": "msg_013Zva2CMHLNnjNjJJKqJ2EF",
      "type": "message",
      "role": "assistant",
      "model": "claude-sonnet-5-5",
      "content": %s,
      "stop_reason": %s,
      "stop_sequence": null,
      "usage": {
        "input_tokens": 1000,
        "cache_creation_input_tokens": 400,
        "cache_read_input_tokens": 2000,
        "output_tokens": 300,
        "service_tier": "standard"
      }
    }
    """
        .formatted(content, stopReason.isEmpty() ? "null" : "\"" + stopReason + "\"");
  }

  /// The published shape of a reply of Gemini.
  static String candidate(String finishReason, String parts) {
    return """
    {
      "candidates": [
        {
          "content": {"parts": %s, "role": "model"},
          "finishReason": "%s",
          "index": 0
        }
      ],
      "usageMetadata": {
        "promptTokenCount": 1000,
        "cachedContentTokenCount": 400,
        "candidatesTokenCount": 50,
        "thoughtsTokenCount": 250,
        "totalTokenCount": 1300
      },
      "modelVersion": "gemini-test",
      "responseId": "abc"
    }
    """
        .formatted(parts, finishReason);
  }

  ModelBackend claude() {
    return claude(Duration.ofSeconds(20));
  }

  ModelBackend claude(Duration deadline) {
    return LangChain4jModels.anthropic(
        ProviderSettings.anthropic().withBaseUrl(url()).withDeadline(deadline),
        http,
        () -> KEY,
        CLOCK);
  }

  ModelBackend gemini() {
    return LangChain4jModels.gemini(
        ProviderSettings.gemini(List.of(card("gemini", "gemini-test"))).withBaseUrl(url()),
        http,
        () -> KEY,
        CLOCK);
  }

  static ModelCard card(String backend, String model) {
    return new ModelCard(
        backend,
        model,
        new PriceList(
            "a test",
            LocalDate.of(2026, 11, 23),
            Map.of(model, PriceList.Price.of("1", "10", "100")),
            PeakHours.NEVER),
        100_000,
        8_000,
        Set.of(Ability.ACTIONS, Ability.JSON, Ability.THINKING),
        Privacy.PROVIDER);
  }

  static ChatRequest request(ActionSpec... actions) {
    return new ChatRequest(
        "",
        List.of(
            new ChatMessage.Instructions("You keep a wallet."), new ChatMessage.Owner("balance?")),
        List.of(actions));
  }

  /// A conversation that goes on after `calls` with a result for each.
  static ChatRequest after(ChatReply.Calls calls) {
    List<ChatMessage> messages = new java.util.ArrayList<>(request().messages());
    messages.add(new ChatMessage.Assistant(calls.text(), calls.reasoning(), calls.calls()));
    calls
        .calls()
        .forEach(call -> messages.add(new ChatMessage.Result(call.id(), call.action(), "done")));
    return new ChatRequest("", messages, List.of(TRANSFER));
  }

  int received() {
    return server.getAllServeEvents().size();
  }

  LoggedRequest newest() {
    return server.getAllServeEvents().getFirst().getRequest();
  }

  JsonNode sent() {
    return json(newest().getBodyAsString());
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
