package org.supercargo.plugin.langchain4j;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PriceList;

/// What Anthropic takes for a prompt that it keeps for the next five minutes: five quarters of the
/// price of other input.
///
/// Source: [pricing](https://platform.claude.com/docs/en/about-claude/pricing), prompt caching.
final class WrittenPrices {
  private static final BigDecimal FIVE_QUARTERS = new BigDecimal("1.25");

  private WrittenPrices() {}

  /// The cards with what writing costs, which a budget counts with before a call.
  static List<ModelCard> offered(List<ModelCard> published) {
    return published.stream()
        .map(card ->
            new ModelCard(
                card.backend(),
                card.model(),
                written(card.prices()),
                card.contextTokens(),
                card.longestReply(),
                card.abilities(),
                card.privacy()))
        .toList();
  }

  private static PriceList written(PriceList list) {
    Map<String, PriceList.Price> prices =
        list.prices().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> written(entry.getValue())));
    return new PriceList(list.source(), list.dated(), prices, list.peakHours());
  }

  private static PriceList.Price written(PriceList.Price price) {
    return price.withWritten(price.input().multiply(FIVE_QUARTERS));
  }

  /// How many tokens at the price of input cost at least as much as writing `tokens`, beyond the
  /// tokens themselves.
  static long extra(long tokens) {
    return Math.ceilDiv(tokens, 4);
  }
}
