package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/// A provider's error body: an object with message, code and type, or a plain string beside a code.
record ProviderError(String code, String message) {
  private static final List<String> OVERFLOWS =
      List.of(
          "context_length_exceeded",
          "exceed_context_size",
          "maximum context length",
          "maximum allowed number of input tokens",
          "context window",
          "exceeds the available context",
          "exceeds the context",
          "prompt is too long",
          "input is too long",
          "too many tokens");

  private static final List<String> UNFUNDED =
      List.of(
          "insufficient_quota",
          "insufficient_balance",
          "insufficient balance",
          "spend_limit_exceeded");

  static ProviderError of(ObjectNode body) {
    JsonNode error = body.path("error");
    String outer = scalar(body.path("code"));
    if (error.isTextual()) {
      return new ProviderError(outer, error.textValue());
    }
    String inner = scalar(error.path("code"));
    String code = inner.isEmpty() ? outer : inner;
    String message = Json.text(error.path("message"));
    return new ProviderError(
        code.isEmpty() ? scalar(error.path("type")) : code,
        message.isEmpty() ? Json.text(body.path("message")) : message);
  }

  static ProviderError of(String body) {
    return Json.readObject(body)
        .map(ProviderError::of)
        .orElseGet(() -> new ProviderError("", body.strip()));
  }

  boolean isOverflow() {
    return says(OVERFLOWS);
  }

  boolean isUnfunded() {
    return says(UNFUNDED);
  }

  private boolean says(List<String> signs) {
    String words = (code + " " + message).toLowerCase(Locale.ROOT);
    return signs.stream().anyMatch(words::contains);
  }

  private static String scalar(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asText() : "";
  }
}
