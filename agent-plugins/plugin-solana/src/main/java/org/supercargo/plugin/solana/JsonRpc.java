package org.supercargo.plugin.solana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// JSON-RPC 2.0 over the one way out, one request at a time.
///
/// Source: [JSON-RPC 2.0](https://www.jsonrpc.org/specification).
final class JsonRpc {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// The node is behind, unhealthy, or does not have the block yet.
  private static final Set<Integer> PASSING_CODES = Set.of(-32004, -32005, -32014, -32016);

  private static final Set<Integer> PASSING_STATUSES = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final Pattern DELAY = Pattern.compile("[0-9A-Za-z ,:-]{1,40}");

  private final URI endpoint;
  private final Http http;

  JsonRpc(URI endpoint, Http http) {
    this.endpoint = endpoint;
    this.http = http;
  }

  static ArrayNode params(Object... values) {
    return JSON.valueToTree(List.of(values));
  }

  /// The `result` of one call, which may be JSON null.
  ///
  /// @throws SolanaRpcException when the node answered with an error
  /// @throws SupercargoException when there is no reply, or it is not JSON-RPC
  JsonValue call(String method, ArrayNode params, Duration deadline, boolean repeatable) {
    ObjectNode request =
        JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
    request.set("params", params);
    HttpReply reply =
        http.send(HttpRequest.postJson(endpoint, request.toString(), deadline, repeatable));
    @Nullable JsonNode body = parse(reply);
    if (body != null && body.path("error").isObject()) {
      throw error(method, body.get("error"), reply.status());
    }
    if (reply.status() != 200) {
      throw unusable(method, reply);
    }
    if (body == null || !body.isObject() || !body.has("result")) {
      throw SupercargoException.external(
          "The Solana node's reply to " + method + " is not JSON-RPC",
          "Check that the endpoint is a Solana JSON-RPC node.",
          null);
    }
    return new JsonValue(method, body.get("result"));
  }

  private static @Nullable JsonNode parse(HttpReply reply) {
    try {
      return JSON.readTree(reply.text());
    } catch (JsonProcessingException _) {
      return null;
    }
  }

  private static SolanaRpcException error(String method, JsonNode error, int status) {
    int code = error.path("code").asInt();
    JsonNode data = error.path("data");
    boolean passing = PASSING_CODES.contains(code) || status == 429;
    return new SolanaRpcException(
        passing ? SupercargoException.Category.TRANSIENT : SupercargoException.Category.EXTERNAL,
        method,
        code,
        error.path("message").asText("no message"),
        data.isMissingNode() || data.isNull() ? null : data.toString());
  }

  private static SupercargoException unusable(String method, HttpReply reply) {
    String what =
        "The Solana node answered %s with HTTP status %d".formatted(method, reply.status());
    if (PASSING_STATUSES.contains(reply.status())) {
      Optional<String> delay =
          reply.header("retry-after").filter(text -> DELAY.matcher(text).matches());
      return SupercargoException.transientFailure(
          delay.map(text -> what + " and asks to wait: " + text).orElse(what),
          reply.status() == 429
              ? "Ask less often, or use a node with a higher limit."
              : "Try again later or use another node.",
          null);
    }
    return SupercargoException.external(
        what, "Check the endpoint's address and its access key.", null);
  }
}
