package org.supercargo.plugin.llm;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.HttpRequest;

/// Makes requests with a provider's key, which is asked for anew each time and is in no message.
final class ProviderCalls {
  private static final Duration SHORT = Duration.ofSeconds(30);

  private final Dialect dialect;
  private final Supplier<String> key;

  ProviderCalls(Dialect dialect, Supplier<String> key) {
    this.dialect = dialect;
    this.key = key;
  }

  /// The key, empty text where none is wanted; nothing if it is missing or cannot be sent in a
  /// header.
  Optional<String> secret() {
    if (dialect.endpoint().keyName().isEmpty()) {
      return Optional.of("");
    }
    try {
      return Optional.of(key.get().strip()).filter(text -> text.matches("[\\x21-\\x7e]+"));
    } catch (SupercargoException missing) {
      return Optional.empty();
    }
  }

  HttpRequest post(URI uri, Bytes body, String secret) {
    Map<String, String> headers = headers(secret);
    headers.put("Content-Type", "application/json");
    headers.put("Accept", dialect.wire().stream() ? "text/event-stream" : "application/json");
    return new HttpRequest("POST", uri, headers, body, dialect.waiting().deadline(), false);
  }

  /// A question about the provider, which may be repeated.
  HttpRequest get(URI uri) {
    return new HttpRequest("GET", uri, headers(secret().orElse("")), Bytes.EMPTY, SHORT, true);
  }

  private static Map<String, String> headers(String secret) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!secret.isEmpty()) {
      headers.put("Authorization", "Bearer " + secret);
    }
    return headers;
  }

  /// A provider's words made fit for messages: without the key, should it quote it, and short. In
  /// this order, so that no half of a key is left at the cut.
  static String excerpt(String detail, String secret) {
    return Excerpt.of(secret.isEmpty() ? detail : detail.replace(secret, "…"));
  }
}
