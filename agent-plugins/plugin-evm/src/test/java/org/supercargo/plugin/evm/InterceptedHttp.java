package org.supercargo.plugin.evm;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import tools.jackson.databind.json.JsonMapper;

/// Stands between a chain and its node, and answers some methods itself.
final class InterceptedHttp implements Http {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Http node;
  private final BiFunction<String, HttpRequest, @Nullable HttpReply> interceptor;
  private final List<String> methods = new CopyOnWriteArrayList<>();

  /// @param interceptor gets the method's name and the request; null lets the node answer
  InterceptedHttp(Http node, BiFunction<String, HttpRequest, @Nullable HttpReply> interceptor) {
    this.node = node;
    this.interceptor = interceptor;
  }

  @Override
  public HttpReply send(HttpRequest request) {
    String method = JSON.readTree(request.body().toArray()).path("method").asString();
    methods.add(method);
    HttpReply reply = interceptor.apply(method, request);
    return reply == null ? node.send(request) : reply;
  }

  List<String> methods() {
    return List.copyOf(methods);
  }

  static HttpReply result(String json) {
    return reply("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + json + "}");
  }

  static HttpReply error(int code, String message) {
    return reply(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
            .formatted(code, message));
  }

  static HttpReply reply(String body) {
    return new HttpReply(200, Map.of(), Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
  }
}
