package org.supercargo.plugin.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.supercargo.api.http.HttpReply;

/// LangChain4j's way out, led through the [Exchange] of the call: allow-list, deadline and
/// redaction of our one transport hold for it.
final class PortHttpClient implements HttpClient {
  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    HttpReply reply =
        Exchange.CURRENT.get().post(URI.create(request.url()), request.headers(), request.body());
    if (reply.status() < 200 || reply.status() > 299) {
      // Without the body: it may quote the key, and exceptions end in logs.
      throw new HttpException(reply.status(), "status " + reply.status());
    }
    Map<String, List<String>> headers = new HashMap<>();
    reply.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return SuccessfulHttpResponse.builder()
        .statusCode(reply.status())
        .headers(headers)
        .body(reply.body().toArray())
        .build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedFeatureException("Replies are asked for in one piece here");
  }

  /// Time-outs set here are ignored; the exchange has one deadline for everything.
  static final class Builder implements HttpClientBuilder {
    private Duration connect = Duration.ofSeconds(15);
    private Duration read = Duration.ofSeconds(60);

    @Override
    public Duration connectTimeout() {
      return connect;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      connect = timeout;
      return this;
    }

    @Override
    public Duration readTimeout() {
      return read;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      read = timeout;
      return this;
    }

    @Override
    public HttpClient build() {
      return new PortHttpClient();
    }
  }
}
