package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.supercargo.api.model.Usage;

/// Reads what a call used and prices it.
///
/// @param sentBytes size of the request's body, the base of an estimate where a provider counts
///   nothing
record UsageReader(PriceList prices, String model, Instant began, Instant ended, long sentBytes) {
  /// Fewer bytes than nearly every tokenizer puts into a token, so that an estimate is rather too
  /// high.
  private static final long BYTES_PER_TOKEN = 3;

  private static final long MOST = 1_000_000_000_000L;

  Usage read(JsonNode usage, long receivedBytes) {
    return usage.isObject()
        ? counted(usage)
        : priced(tokens(sentBytes), 0, tokens(receivedBytes), 0);
  }

  private Usage counted(JsonNode usage) {
    long input = count(usage.path("prompt_tokens"));
    JsonNode hits = usage.path("prompt_cache_hit_tokens");
    long cached =
        count(
            hits.isMissingNode()
                ? usage.path("prompt_tokens_details").path("cached_tokens")
                : hits);
    long output = count(usage.path("completion_tokens"));
    long reasoning = count(usage.path("completion_tokens_details").path("reasoning_tokens"));
    return priced(input, Math.min(cached, input), output, reasoning);
  }

  private Usage priced(long input, long cached, long output, long reasoning) {
    return new Usage(
        input, cached, output, reasoning, prices.cost(model, input, cached, output, began, ended));
  }

  private static long tokens(long bytes) {
    return Math.ceilDiv(bytes, BYTES_PER_TOKEN);
  }

  private static long count(JsonNode node) {
    return node.canConvertToLong() ? Math.clamp(node.asLong(), 0, MOST) : 0;
  }
}
