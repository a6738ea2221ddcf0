package org.supercargo.plugin.evm;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.web3j.protocol.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Carries web3j's requests through the one way out to the network.
///
/// Reads may be repeated by it; sending a transaction may not.
final class HttpWeb3jService extends Service {
  private static final String SEND = "eth_sendRawTransaction";

  private final URI rpc;
  private final Http http;
  private final Duration deadline;

  HttpWeb3jService(URI rpc, Http http, Duration deadline) {
    super(false);
    this.rpc = rpc;
    this.http = http;
    this.deadline = deadline;
  }

  /// The node's host and port; its path and query may hold a key.
  String host() {
    return rpc.getPort() < 0 ? rpc.getHost() : rpc.getHost() + ":" + rpc.getPort();
  }

  @Override
  protected InputStream performIO(String payload) {
    boolean repeatable = !payload.contains(SEND);
    HttpReply reply = http.send(HttpRequest.postJson(rpc, payload, deadline, repeatable));
    byte[] body = reply.body().toArray();
    if (!isAnswer(body)) {
      throw failure(reply.status());
    }
    return new ByteArrayInputStream(body);
  }

  private boolean isAnswer(byte[] body) {
    try {
      JsonNode tree = objectMapper.readTree(body);
      return tree.has("result") || tree.has("error");
    } catch (JacksonException _) {
      return false;
    }
  }

  private SupercargoException failure(int status) {
    if (status >= 400 && status < 500 && status != 429) {
      return SupercargoException.external(
          "The node at " + host() + " refused the request with HTTP " + status,
          "Check the endpoint and its key.",
          null);
    }
    return SupercargoException.transientFailure(
        "The node at " + host() + " gave no JSON-RPC answer, only HTTP " + status,
        "Try again later or use another endpoint.",
        null);
  }

  @Override
  public void close() {
    // The transport belongs to whoever made it.
  }
}
