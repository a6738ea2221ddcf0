package org.supercargo.plugin.uniswap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// Asks contracts questions through a node's `eth_call`.
///
/// Source: [Ethereum execution APIs](https://ethereum.github.io/execution-apis/).
final class ContractReader {
  private static final int REVERTED = 3;
  private static final int LONGEST_MESSAGE = 200;

  private final ObjectMapper json = new ObjectMapper();
  private final URI rpc;
  private final Http http;
  private final Duration deadline;

  ContractReader(URI rpc, Http http, Duration deadline) {
    this.rpc = rpc;
    this.http = http;
    this.deadline = deadline;
  }

  /// What the contract returned; empty when it reverted.
  ///
  /// @throws SupercargoException TRANSIENT when the node gave no answer, EXTERNAL when it refused
  Optional<Bytes> call(Address contract, Bytes data) {
    ObjectNode request =
        json.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", "eth_call");
    request
        .putArray("params")
        .add(json.createObjectNode().put("to", contract.text()).put("data", "0x" + data.hex()))
        .add("latest");
    HttpReply reply = http.send(HttpRequest.postJson(rpc, request.toString(), deadline, true));
    JsonNode answer = read(reply);
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      return refusal(error);
    }
    String result = answer.path("result").asText();
    if (!result.matches("0x([0-9a-fA-F]{2})*")) {
      throw unusable(reply);
    }
    return Optional.of(Bytes.fromHex(result));
  }

  private JsonNode read(HttpReply reply) {
    try {
      JsonNode answer = json.readTree(reply.text());
      if (answer != null && (answer.has("result") || answer.path("error").isObject())) {
        return answer;
      }
    } catch (JsonProcessingException _) {
      // Not JSON is as good as no answer, and told below.
    }
    throw unusable(reply);
  }

  private Optional<Bytes> refusal(JsonNode error) {
    String message = error.path("message").asText("");
    if (error.path("code").asInt() == REVERTED
        || message.toLowerCase(Locale.ROOT).contains("revert")) {
      return Optional.empty();
    }
    String plain = message.replaceAll("\\p{Cntrl}+", " ").strip();
    throw SupercargoException.external(
        "The node at "
            + rpc.getHost()
            + " refused eth_call: "
            + plain.substring(0, Math.min(plain.length(), LONGEST_MESSAGE)),
        "Check the endpoint, or use another one.",
        null);
  }

  private SupercargoException unusable(HttpReply reply) {
    return SupercargoException.transientFailure(
        "The node at " + rpc.getHost() + " gave no JSON-RPC answer, only HTTP " + reply.status(),
        "Try again later or use another endpoint.",
        null);
  }
}
