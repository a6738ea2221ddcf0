package org.supercargo.plugin.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.Usage;

/// Reads what a call used and prices it.
///
/// @param billed whether the provider's own statement of the cost counts
/// @param sentBytes size of the request's body, the base of an estimate where a provider counts
///   nothing
record UsageReader(ModelCard card, boolean billed, Instant began, Instant ended, long sentBytes) {
  /// Fewer bytes than nearly every tokenizer puts into a token, so that an estimate is rather too
  /// high.
  private static final long BYTES_PER_TOKEN = 3;

  private static final long MOST = 1_000_000_000_000L;
  private static final BigDecimal MOST_DOLLARS = new BigDecimal("1000000");

  /// @param receivedBytes size of the words, the reasoning and the arguments that came
  Usage read(JsonNode usage, long receivedBytes) {
    return usage.isObject()
        ? counted(usage)
        : priced(tokens(sentBytes), 0, tokens(receivedBytes), 0);
  }

  private Usage counted(JsonNode usage) {
    long input = count(usage.path("prompt_tokens"));
    JsonNode hits = usage.path("prompt_cache_hit_tokens");
    long cached =
        Math.min(
            input,
            count(
                hits.isMissingNode()
                    ? usage.path("prompt_tokens_details").path("cached_tokens")
                    : hits));
    long output = count(usage.path("completion_tokens"));
    long reasoning = count(usage.path("completion_tokens_details").path("reasoning_tokens"));
    JsonNode cost = usage.path("cost");
    if (billed && cost.isNumber() && isCredible(cost.decimalValue())) {
      return new Usage(input, cached, output, reasoning, dollars(cost.decimalValue()));
    }
    return priced(input, cached, output, reasoning);
  }

  private static boolean isCredible(BigDecimal cost) {
    return cost.signum() >= 0 && cost.compareTo(MOST_DOLLARS) <= 0;
  }

  private static Amount dollars(BigDecimal cost) {
    return new Amount(
        Asset.USD, cost.setScale(Asset.USD.decimals(), RoundingMode.CEILING).unscaledValue());
  }

  private Usage priced(long input, long cached, long output, long reasoning) {
    Amount cost = card.prices().cost(card.model(), input, cached, output, began, ended);
    return new Usage(input, cached, output, reasoning, cost);
  }

  private static long tokens(long bytes) {
    return Math.ceilDiv(bytes, BYTES_PER_TOKEN);
  }

  private static long count(JsonNode node) {
    return node.canConvertToLong() ? Math.clamp(node.asLong(), 0, MOST) : 0;
  }
}
