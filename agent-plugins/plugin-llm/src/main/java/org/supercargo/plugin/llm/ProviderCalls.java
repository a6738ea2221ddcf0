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
  private static final String SIGN_IN = "SIGN-IN-WITH-X";
  private static final Duration SHORT = Duration.ofSeconds(30);

  private final Dialect dialect;
  private final Supplier<String> key;

  ProviderCalls(Dialect dialect, Supplier<String> key) {
    this.dialect = dialect;
    this.key = key;
  }

  /// The key, or a wallet's proof for one request; empty text where none is wanted; nothing if it
  /// is missing or cannot be sent in a header.
  ///
  /// @throws SupercargoException when a wallet gives no proof
  Optional<String> secret() {
    if (dialect.endpoint().keyName().isEmpty() && !isWallet()) {
      return Optional.of("");
    }
    try {
      return Optional.of(key.get().strip()).filter(text -> text.matches("[\\x21-\\x7e]+"));
    } catch (SupercargoException missing) {
      if (isWallet()) {
        throw missing;
      }
      return Optional.empty();
    }
  }

  private boolean isWallet() {
    return dialect.endpoint().proof() == Endpoint.Proof.WALLET;
  }

  HttpRequest post(URI uri, Bytes body, String secret) {
    Map<String, String> headers = headers(secret);
    headers.put("Content-Type", "application/json");
    headers.put("Accept", dialect.wire().stream() ? "text/event-stream" : "application/json");
    return new HttpRequest("POST", uri, headers, body, dialect.waiting().deadline(), false);
  }

  /// A question about the provider, which may be repeated.
  HttpRequest get(URI uri) {
    // What is open to everyone is asked without a wallet: its proofs are good once.
    String secret = isWallet() ? "" : secret().orElse("");
    return new HttpRequest("GET", uri, headers(secret), Bytes.EMPTY, SHORT, true);
  }

  private Map<String, String> headers(String secret) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (isWallet() && !secret.isEmpty()) {
      headers.put(SIGN_IN, secret);
    } else if (!secret.isEmpty()) {
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
