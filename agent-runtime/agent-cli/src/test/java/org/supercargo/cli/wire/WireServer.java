package org.supercargo.cli.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;

/// A provider on 127.0.0.1: reads a request of its wire, asks a model that needs no network for the
/// reply, and writes that in its wire's form. What breaks the wire's rules is refused and kept.
public abstract class WireServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES_PER_TOKEN = 4;

  private final ModelBackend model;
  private final HttpServer server;
  private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());

  /// @param path of the one address it answers at
  WireServer(String path, ModelBackend model) {
    this.model = model;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, path));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// What a reply is sent as.
  ///
  /// @param pieces each sent by itself
  record Sent(String type, List<String> pieces) {}

  /// Holds the request to the wire's rules.
  abstract ChatRequest read(Headers headers, JsonNode request);

  abstract Sent write(JsonNode request, ChatReply reply, int inputTokens, int outputTokens);

  abstract ObjectNode error(Refusal refusal);

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Requests that were accepted, as they came.
  public List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  /// Why requests were refused.
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      try {
        if (!exchange.getRequestMethod().equals("POST")
            || !exchange.getRequestURI().getPath().equals(path)) {
          throw new Refusal(404, "there is only POST " + path);
        }
        JsonNode request = parse(body);
        ChatRequest asked = read(exchange.getRequestHeaders(), request);
        ChatReply reply = model.chat(asked);
        requests.add(request);
        Sent sent = write(request, reply, body.length / BYTES_PER_TOKEN, size(reply));
        exchange.getResponseHeaders().add("Content-Type", sent.type());
        exchange.sendResponseHeaders(200, 0);
        for (String piece : sent.pieces()) {
          exchange.getResponseBody().write(piece.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
        }
      } catch (Refusal refusal) {
        refusals.add(refusal.what());
        byte[] error = error(refusal).toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(refusal.status(), error.length);
        exchange.getResponseBody().write(error);
      }
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw Refusal.invalid("the request is not JSON");
    }
  }

  private static int size(ChatReply reply) {
    return switch (reply) {
      case ChatReply.Answer answer -> 1 + answer.text().length() / BYTES_PER_TOKEN;
      case ChatReply.Calls calls ->
          calls.calls().stream()
              .mapToInt(call -> 8 + call.arguments().length() / BYTES_PER_TOKEN)
              .sum();
      case ChatReply.Unusable _, ChatReply.Failed _ ->
          throw new AssertionError("the model behind the wire failed: " + reply);
    };
  }

  static ChatReply.Calls calls(ChatReply reply) {
    return reply instanceof ChatReply.Calls calls
        ? calls
        : new ChatReply.Calls("", null, List.of(), reply.used());
  }

  static String words(ChatReply reply) {
    return reply instanceof ChatReply.Answer answer ? answer.text() : "";
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw Refusal.invalid("arguments are not JSON: " + text);
    }
  }

  static String text(JsonNode node, String what) {
    Refusal.unless(node.isTextual(), what + " must be a string");
    return node.textValue();
  }

  static @Nullable String header(Headers headers, String name) {
    return headers.getFirst(name);
  }

  static void requireHeader(Headers headers, String name, int status) {
    if (Objects.requireNonNullElse(headers.getFirst(name), "").isBlank()) {
      throw new Refusal(status, name + " is missing");
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
