package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A provider's error body: an object with message and code, or a plain string.
record ProviderError(String code, String message) {
  static ProviderError of(ObjectNode body) {
    JsonNode error = body.path("error");
    return error.isTextual()
        ? new ProviderError("", error.asText())
        : new ProviderError(error.path("code").asText(""), error.path("message").asText(""));
  }

  static ProviderError of(String body) {
    return Json.readObject(body)
        .map(ProviderError::of)
        .orElseGet(() -> new ProviderError("", body.strip()));
  }
}
