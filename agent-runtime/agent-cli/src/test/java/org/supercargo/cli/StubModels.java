package org.supercargo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatReply;
import org.supercargo.cli.model.Task;

/// Three models of different price on 127.0.0.1, none of which can do anything: they look the right
/// reply up and spoil it as often as they are told, in ways that a seed fixes.
///
/// A model spoils the same tasks each time, so that two ways of asking it can be compared.
final class StubModels implements ResponseDefinitionTransformerV2, AutoCloseable {
  static final String ALL = "small/one,middle/two,large/three";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// How a reply is spoiled.
  enum Spoiling {
    /// So that anyone can see it.
    VISIBLE,
    /// So that only who knows the answer can see it.
    PLAUSIBLE
  }

  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Map<String, Integer> percentSpoiled;
  private final Spoiling spoiling;
  private final long seed;
  private final WireMockServer server;

  StubModels(List<Task> tasks, Map<String, Integer> percentSpoiled, Spoiling spoiling, long seed) {
    tasks.forEach(task -> this.tasks.put(task.question().ask(), task));
    this.percentSpoiled = Map.copyOf(percentSpoiled);
    this.spoiling = spoiling;
    this.seed = seed;
    this.server =
        new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").extensions(this));
    server.start();
    server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200)));
  }

  /// Writes a `models.yaml` with the three models, each a backend of its own.
  void describe(Path data) {
    var text = new StringBuilder("backends:\n");
    text.append(backend("small", "one", "0.02", "0.05", "0.20"));
    text.append(backend("middle", "two", "0.10", "0.50", "2.00"));
    text.append(backend("large", "three", "0.50", "5.00", "20.00"));
    try {
      Files.writeString(data.resolve("models.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String backend(String name, String model, String cached, String input, String output) {
    return """
      %s:
        preset: openai-compatible
        url: http://127.0.0.1:%d/%s
        models:
          - name: %s
            prices: {cached: %s, input: %s, output: %s, source: "made up", dated: 2026-11-24}
            abilities: [actions, json]
    """
        .formatted(name, server.port(), name, model, cached, input, output);
  }

  int requests() {
    return server.getAllServeEvents().size();
  }

  @Override
  public String getName() {
    return "stub-models";
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    try {
      JsonNode request = JSON.readTree(event.getRequest().getBodyAsString());
      String model = request.path("model").asText();
      String ask = "";
      for (JsonNode message : request.path("messages")) {
        ask = message.path("content").asText();
      }
      Task task = Objects.requireNonNull(tasks.get(ask), "a task that is not in the set: " + ask);
      ObjectNode reply = reply(model, task);
      reply
          .putObject("usage")
          .put("prompt_tokens", event.getRequest().getBody().length / 4)
          .put("completion_tokens", 40);
      return ResponseDefinitionBuilder.responseDefinition()
          .withStatus(200)
          .withHeader("Content-Type", "application/json")
          .withBody(reply.toString())
          .build();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode reply(String model, Task task) {
    // One draw for each task: what is hard for a better model is hard for a lesser one too, so a
    // cascade gains nothing from models that fail at different tasks.
    var chance = new SplittableRandom(seed ^ (0x9E3779B97F4A7C15L * task.id().hashCode()));
    boolean spoiled =
        chance.nextInt(100) < Objects.requireNonNull(percentSpoiled.get(model), model);
    ChatReply right = task.expected().example();
    if (!spoiled) {
      return completion(right, "stop");
    }
    return switch (spoiling) {
      case VISIBLE -> visiblyWrong(right, chance.nextInt(5));
      case PLAUSIBLE -> completion(plausiblyWrong(right), "stop");
    };
  }

  private static ObjectNode visiblyWrong(ChatReply right, int kind) {
    return switch (kind) {
      case 0 -> calls("add", "{\"first\": 1, \"sec", "tool_calls");
      case 1 -> calls("teleport", "{\"where\": \"home\"}", "tool_calls");
      case 2 -> words("", "stop");
      case 3 -> completion(right, "length");
      default -> words("<tool_call>{\"name\": \"pay\"}</tool_call>", "stop");
    };
  }

  /// A number that is off by one, the other payee: whole, known, and wrong.
  private static ChatReply plausiblyWrong(ChatReply right) {
    return switch (right) {
      case ChatReply.Answer answer ->
          new ChatReply.Answer(
              answer.text().matches("[0-9]+") ? answer.text() + "0" : "base", null, answer.usage());
      case ChatReply.Calls calls ->
          new ChatReply.Calls("", null, calls.calls().subList(0, 1), calls.usage())
              .calls().stream()
                  .map(StubModels::slipped)
                  .map(call -> new ChatReply.Calls("", null, List.of(call), calls.usage()))
                  .findFirst()
                  .orElseThrow();
      case ChatReply.Unusable unusable -> unusable;
      case ChatReply.Failed failed -> failed;
    };
  }

  private static ActionCall slipped(ActionCall call) {
    return call.action().equals("report")
        ? new ActionCall(call.id(), "balances", "{}")
        : new ActionCall(
            call.id(),
            call.action(),
            call.arguments().replace("PT", "PT1").replace("\"second\":77291", "\"second\":91823"));
  }

  private static ObjectNode completion(ChatReply reply, String finish) {
    return switch (reply) {
      case ChatReply.Answer answer -> words(answer.text(), finish);
      case ChatReply.Calls calls -> {
        ObjectNode document = words("", finish.equals("stop") ? "tool_calls" : finish);
        var message = (ObjectNode) document.at("/choices/0/message");
        message.putNull("content");
        ArrayNode list = message.putArray("tool_calls");
        calls.calls().forEach(call -> add(list, call.id(), call.action(), call.arguments()));
        yield document;
      }
      case ChatReply.Unusable _ -> throw new AssertionError("no right reply is unusable");
      case ChatReply.Failed _ -> throw new AssertionError("no right reply is none");
    };
  }

  private static ObjectNode calls(String action, String arguments, String finish) {
    ObjectNode document = words("", finish);
    var message = (ObjectNode) document.at("/choices/0/message");
    message.putNull("content");
    add(message.putArray("tool_calls"), "c0", action, arguments);
    return document;
  }

  private static void add(ArrayNode list, String id, String action, String arguments) {
    list.addObject()
        .put("id", id)
        .put("type", "function")
        .putObject("function")
        .put("name", action)
        .put("arguments", arguments);
  }

  private static ObjectNode words(String text, String finish) {
    ObjectNode document =
        JSON.createObjectNode().put("id", "stub").put("object", "chat.completion");
    document
        .putArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", finish)
        .putObject("message")
        .put("role", "assistant")
        .put("content", text);
    return document;
  }

  @Override
  public void close() {
    server.stop();
  }
}
