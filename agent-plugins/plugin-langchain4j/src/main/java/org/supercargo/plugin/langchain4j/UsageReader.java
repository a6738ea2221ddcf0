package org.supercargo.plugin.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.Usage;

/// Reads what a call used and prices it; in doubt too high.
///
/// @param sentBytes size of what was sent, the base of an estimate where nothing is counted
record UsageReader(ModelCard card, Instant began, Instant ended, long sentBytes) {
  /// Fewer bytes than nearly every tokenizer puts into a token.
  private static final long BYTES_PER_TOKEN = 3;

  /// @param receivedBytes size of what arrived
  Usage read(@Nullable TokenUsage usage, long receivedBytes) {
    if (usage == null || (usage.inputTokenCount() == null && usage.outputTokenCount() == null)) {
      return priced(tokens(sentBytes), 0, 0, tokens(receivedBytes), 0);
    }
    long input = count(usage.inputTokenCount());
    long output = count(usage.outputTokenCount());
    if (usage instanceof AnthropicTokenUsage claude) {
      return claude(claude, input, output);
    }
    if (usage instanceof GoogleAiGeminiTokenUsage gemini) {
      long thoughts = count(gemini.thoughtsTokenCount());
      long cached = Math.min(count(gemini.cachedContentTokenCount()), input);
      return priced(input, 0, cached, output + thoughts, thoughts);
    }
    // Tokens that are in the sum and nowhere else are counted as the dearest kind.
    long unnamed = Math.max(0, count(usage.totalTokenCount()) - input - output);
    return priced(input, 0, 0, output + unnamed, 0);
  }

  /// Here the input is without what was read from the cache and what was written to it, which
  /// [WrittenPrices] prices; LangChain4j knows only the cache of five minutes. Source: [prompt
  /// caching](https://platform.claude.com/docs/en/build-with-claude/prompt-caching).
  private Usage claude(AnthropicTokenUsage usage, long fresh, long output) {
    long cached = count(usage.cacheReadInputTokens());
    long written = count(usage.cacheCreationInputTokens());
    return priced(fresh + cached + written, WrittenPrices.extra(written), cached, output, 0);
  }

  private Usage priced(long input, long extra, long cached, long output, long reasoning) {
    return new Usage(
        input,
        cached,
        output,
        reasoning,
        card.prices().cost(card.model(), input + extra, cached, output, began, ended));
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : Math.max(0, tokens);
  }

  private static long tokens(long bytes) {
    return Math.ceilDiv(bytes, BYTES_PER_TOKEN);
  }

  /// The size of all words of a request.
  static long size(ChatRequest request) {
    var words = new StringBuilder();
    request
        .messages()
        .forEach(message -> {
          switch (message) {
            case ChatMessage.Instructions(String text) -> words.append(text);
            case ChatMessage.Owner(String text) -> words.append(text);
            case ChatMessage.Notice(String text) -> words.append(text);
            case ChatMessage.Assistant turn -> {
              words.append(turn.text()).append(turn.reasoning() == null ? "" : turn.reasoning());
              turn.calls().stream().map(ActionCall::arguments).forEach(words::append);
            }
            case ChatMessage.Result result -> words.append(result.text());
          }
        });
    request.actions().forEach(words::append);
    return words.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
