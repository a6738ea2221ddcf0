package org.supercargo.http.cassette;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.supercargo.api.Bytes;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpBody;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;

/// A transport that answers by rule, streams included.
final class ScriptedHttp implements Http {
  /// @param failure what ends a stream after its pieces; none with an empty list
  record Script(
      int status, Map<String, String> headers, List<Bytes> pieces, List<HttpFailure> failure) {
    static Script whole(String body) {
      return new Script(
          200, Map.of("content-type", "application/json"), List.of(bytes(body)), List.of());
    }

    static Script pieces(Bytes... pieces) {
      return new Script(
          200, Map.of("content-type", "text/event-stream"), List.of(pieces), List.of());
    }

    Script then(HttpFailure end) {
      return new Script(status, headers, pieces, List.of(end));
    }
  }

  private final Function<HttpRequest, Script> rule;
  private int sent;

  ScriptedHttp(Function<HttpRequest, Script> rule) {
    this.rule = rule;
  }

  static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  int sent() {
    return sent;
  }

  @Override
  public HttpReply send(HttpRequest request) {
    sent++;
    Script script = rule.apply(request);
    script
        .failure()
        .forEach(failure -> {
          throw failure;
        });
    return new HttpReply(script.status(), script.headers(), script.pieces().getFirst());
  }

  @Override
  public HttpReply stream(HttpRequest request, Duration idle, HttpBody body) {
    sent++;
    Script script = rule.apply(request);
    if (script.status() != 200) {
      return new HttpReply(script.status(), script.headers(), script.pieces().getFirst());
    }
    for (Bytes piece : script.pieces()) {
      if (!body.take(piece)) {
        return new HttpReply(200, script.headers(), Bytes.EMPTY);
      }
    }
    script
        .failure()
        .forEach(failure -> {
          throw failure;
        });
    return new HttpReply(200, script.headers(), Bytes.EMPTY);
  }
}
