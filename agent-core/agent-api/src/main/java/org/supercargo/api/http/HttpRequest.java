package org.supercargo.api.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.supercargo.api.Bytes;

/// A request through the one way out.
///
/// @param headers sent as they are; `Authorization` and anything named in the client's redaction
///   list never reaches a log
/// @param deadline bound on the whole exchange: connect, send, wait and every byte of the reply
/// @param repeatable true only if repeating it cannot pay, order or change anything twice
public record HttpRequest(
    String method,
    URI uri,
    Map<String, String> headers,
    Bytes body,
    Duration deadline,
    boolean repeatable) {
  public HttpRequest {
    headers = Map.copyOf(headers);
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline must be positive");
    }
  }

  public static HttpRequest postJson(URI uri, String json, Duration deadline, boolean repeatable) {
    return new HttpRequest(
        "POST",
        uri,
        Map.of("Content-Type", "application/json"),
        Bytes.of(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        deadline,
        repeatable);
  }

  /// The method and the host only: headers, paths, queries and bodies can carry secrets.
  @Override
  public String toString() {
    return method + " " + uri.getScheme() + "://" + uri.getHost();
  }
}
