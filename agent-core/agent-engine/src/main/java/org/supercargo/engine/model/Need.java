package org.supercargo.engine.model;

import java.time.Instant;

/// What a step asks of a model.
///
/// @param promptBytes of the request; no tokenizer makes more tokens than bytes
/// @param tier how many of the cheapest have failed already
public record Need(boolean actions, boolean json, long promptBytes, int tier, Instant now) {
  /// Bytes of a token, rather few, to tell whether a prompt fits and what it is likely to cost.
  private static final int BYTES_PER_TOKEN = 3;

  long promptTokens() {
    return Math.ceilDiv(promptBytes, BYTES_PER_TOKEN);
  }
}
