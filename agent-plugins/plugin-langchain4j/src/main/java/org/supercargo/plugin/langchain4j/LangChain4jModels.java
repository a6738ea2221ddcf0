package org.supercargo.plugin.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.ModelBackend;

/// Models of LangChain4j that talk through our one transport: its allow-list, deadline and
/// redaction hold, a call is one request, and the key is asked for anew at each call and goes into
/// one header, past LangChain4j.
public final class LangChain4jModels {
  /// LangChain4j wants a key when a model is built. It never leaves this machine.
  private static final String NO_KEY = "asked-for-at-each-call";

  /// What a reply may have when a request does not say. The limit counts thoughts as well.
  private static final int LONGEST_REPLY = 32_000;

  private LangChain4jModels() {}

  /// Claude at Anthropic, which is told to keep the prompt for the next call: the tools, the
  /// system's words, and, by automatic caching, everything up to the last message. What was kept is
  /// read at a fraction of the price; keeping it costs five quarters, which a budget counts with.
  /// An effort goes to `output_config`; not every model can be told not to think, so no thinking is
  /// asked for as the lowest effort.
  ///
  /// Sources: [effort](https://platform.claude.com/docs/en/build-with-claude/effort), [prompt
  /// caching](https://platform.claude.com/docs/en/build-with-claude/prompt-caching).
  ///
  /// @param key asked at each call
  public static ModelBackend anthropic(
      ProviderSettings settings, Http http, Supplier<String> key, InstantSource clock) {
    return built(
        settings, WireForm.ANTHROPIC, http, key, clock, effort -> claude(settings, effort));
  }

  /// Gemini at Google. An effort goes to the thinking level, which models have from Gemini 3 on; no
  /// thinking is asked for as the lowest level.
  ///
  /// Source: [thinking](https://ai.google.dev/gemini-api/docs/thinking).
  ///
  /// @param key asked at each call
  public static ModelBackend gemini(
      ProviderSettings settings, Http http, Supplier<String> key, InstantSource clock) {
    return built(settings, WireForm.GEMINI, http, key, clock, effort -> gemini(settings, effort));
  }

  private static ModelBackend built(
      ProviderSettings settings,
      WireForm form,
      Http http,
      Supplier<String> key,
      InstantSource clock,
      Function<Effort, ChatModel> build) {
    requireNonNull(http, "http is null");
    requireNonNull(key, "key is null");
    if (settings.cards().isEmpty()) {
      throw SupercargoException.user(
          "A model provider has no models", "Configure at least one with its prices.");
    }
    Map<Effort, ChatModel> models = new EnumMap<>(Effort.class);
    List.of(Effort.values()).forEach(effort -> models.put(effort, build.apply(effort)));
    return new LangChain4jModel(
        new Source.Built(models, form, http, key, LONGEST_REPLY),
        settings.cards(),
        settings.deadline(),
        clock);
  }

  private static ChatModel claude(ProviderSettings settings, Effort effort) {
    var builder =
        AnthropicChatModel.builder()
            .httpClientBuilder(new PortHttpClient.Builder())
            .baseUrl(settings.baseUrl().toString())
            .apiKey(NO_KEY)
            .modelName(settings.cards().getFirst().model())
            .cacheTools(true)
            .cacheSystemMessages(true)
            .maxRetries(0);
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("cache_control", Map.of("type", "ephemeral"));
    level(effort, "max").ifPresent(level -> more.put("output_config", Map.of("effort", level)));
    return builder.customParameters(more).build();
  }

  private static ChatModel gemini(ProviderSettings settings, Effort effort) {
    var builder =
        GoogleAiGeminiChatModel.builder()
            .httpClientBuilder(new PortHttpClient.Builder())
            .baseUrl(settings.baseUrl().toString())
            .apiKey(NO_KEY)
            .modelName(settings.cards().getFirst().model())
            .returnThinking(true)
            .maxRetries(0);
    level(effort, "high")
        .ifPresent(level ->
            builder.thinkingConfig(GeminiThinkingConfig.builder().thinkingLevel(level).build()));
    return builder.build();
  }

  private static Optional<String> level(Effort effort, String most) {
    return switch (effort) {
      case DEFAULT -> Optional.empty();
      case NONE, LOW -> Optional.of("low");
      case HIGH -> Optional.of("high");
      case MAX -> Optional.of(most);
    };
  }
}
