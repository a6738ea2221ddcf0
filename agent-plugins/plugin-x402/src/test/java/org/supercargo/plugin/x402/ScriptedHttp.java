package org.supercargo.plugin.x402;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// Answers in the order that was written down, and keeps what it was asked.
final class ScriptedHttp implements Http {
  private final Deque<Supplier<HttpReply>> replies = new ArrayDeque<>();
  private final List<HttpRequest> requests = new ArrayList<>();

  ScriptedHttp reply(int status, String body) {
    return reply(status, Map.of(), body);
  }

  ScriptedHttp reply(int status, Map<String, String> headers, String body) {
    Bytes content = Bytes.of(body.getBytes(StandardCharsets.UTF_8));
    replies.add(() -> new HttpReply(status, headers, content));
    return this;
  }

  ScriptedHttp fail(HttpFailure.Kind kind) {
    replies.add(() -> {
      throw new HttpFailure(kind, "no whole reply", "", null);
    });
    return this;
  }

  @Override
  public HttpReply send(HttpRequest request) {
    requests.add(request);
    Supplier<HttpReply> next = replies.poll();
    if (next == null) {
      throw new AssertionError("not expected: " + request.method() + " " + request.uri());
    }
    return next.get();
  }

  List<HttpRequest> requests() {
    return List.copyOf(requests);
  }

  HttpRequest last() {
    return requests.getLast();
  }
}
