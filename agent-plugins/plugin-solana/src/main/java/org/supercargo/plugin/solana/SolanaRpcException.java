package org.supercargo.plugin.solana;

import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;

/// A node answered with a JSON-RPC error.
///
/// Source: [JSON-RPC errors](https://www.jsonrpc.org/specification#error_object) and `custom_error`
/// in [solana-rpc-client-api](https://docs.rs/solana-rpc-client-api).
public final class SolanaRpcException extends SupercargoException {
  private static final long serialVersionUID = 1L;

  private final String method;
  private final int code;
  private final String nodeMessage;
  private final @Nullable String data;

  SolanaRpcException(
      Category category, String method, int code, String nodeMessage, @Nullable String data) {
    super(
        category,
        "The Solana node refused %s: %s (code %d)".formatted(method, nodeMessage, code),
        category == Category.TRANSIENT ? "Try again later or use another node." : "",
        null);
    this.method = method;
    this.code = code;
    this.nodeMessage = nodeMessage;
    this.data = data;
  }

  public String method() {
    return method;
  }

  /// The protocol's number, such as -32002 for a transaction that fails its preflight check.
  public int code() {
    return code;
  }

  /// The node's own sentence.
  public String nodeMessage() {
    return nodeMessage;
  }

  /// What the node added, as JSON text; null when it added nothing.
  public @Nullable String data() {
    return data;
  }
}
