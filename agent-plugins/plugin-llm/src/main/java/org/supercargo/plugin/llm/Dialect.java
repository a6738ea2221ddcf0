package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.SupercargoException;

/// How one provider speaks the chat completions protocol, what it costs, and where it lives.
///
/// @param name the backend's name in agent files
/// @param baseUrl what `/chat/completions` is appended to; plain http only without a key or to this
///   machine
/// @param defaultModel used when an agent names none
/// @param keyName the name under which the key is kept, such as `DEEPSEEK_API_KEY`; empty for a
///   provider without keys
/// @param reasoningField the field of an assistant message that carries reasoning and is sent back
///   as it came; empty for a provider without one
/// @param deadline bound on one whole call
/// @param extraBody a JSON object whose fields are added to every request
public record Dialect(
    String name,
    URI baseUrl,
    String defaultModel,
    String keyName,
    String reasoningField,
    Thinking thinking,
    PriceList prices,
    Duration deadline,
    String extraBody) {
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  /// Whether a request switches the provider's thinking mode.
  public enum Thinking {
    /// Nothing is sent; the provider decides.
    UNSPECIFIED,
    ENABLED,
    DISABLED
  }

  public Dialect {
    requireNonNull(name, "name is null");
    requireNonNull(keyName, "keyName is null");
    requireNonNull(reasoningField, "reasoningField is null");
    requireNonNull(thinking, "thinking is null");
    requireNonNull(extraBody, "extraBody is null");
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline must be positive");
    }
    requireUsable(name, baseUrl, keyName);
    if (!prices.knows(defaultModel)) {
      throw SupercargoException.user(
          "The price list of " + name + " has no price for the model \"" + defaultModel + "\"",
          "Configure its prices per million tokens; zero if it is free.");
    }
  }

  private static void requireUsable(String name, URI baseUrl, String keyName) {
    String scheme = baseUrl.getScheme() == null ? "" : baseUrl.getScheme();
    if (baseUrl.getHost() == null
        || !Set.of("http", "https").contains(scheme)
        || baseUrl.getRawUserInfo() != null
        || baseUrl.getRawQuery() != null
        || baseUrl.getRawFragment() != null) {
      throw SupercargoException.user(
          "The base address of " + name + " is not a plain http or https address",
          "Use a form such as https://api.deepseek.com, without user, query and fragment.");
    }
    if (scheme.equals("http") && !keyName.isEmpty() && !isThisMachine(baseUrl.getHost())) {
      throw SupercargoException.user(
          "The key of " + name + " would travel unencrypted to " + baseUrl.getHost(),
          "Use an https address.");
    }
  }

  private static boolean isThisMachine(String host) {
    return Set.of("localhost", "127.0.0.1", "[::1]").contains(host);
  }

  /// DeepSeek with its prices of November 2026, thinking switched on.
  ///
  /// Sources: [models and prices](https://api-docs.deepseek.com/quick_start/pricing), [thinking
  /// mode](https://api-docs.deepseek.com/guides/thinking_mode).
  public static Dialect deepSeek() {
    return new Dialect(
        "deepseek",
        URI.create("https://api.deepseek.com"),
        "deepseek-flash",
        "DEEPSEEK_API_KEY",
        "reasoning_content",
        Thinking.ENABLED,
        deepSeekPrices(),
        DEADLINE,
        "{}");
  }

  private static PriceList deepSeekPrices() {
    var flash = PriceList.Price.of("0.003", "0.15", "0.60");
    return new PriceList(
        "https://api-docs.deepseek.com/quick_start/pricing",
        LocalDate.of(2026, 11, 23),
        Map.of(
            "deepseek-flash", flash,
            "deepseek-v4-flash", flash,
            "deepseek-v4-flash-vision-exp", flash,
            // The list price. While its requests are served by the flash model, the bill is lower.
            "deepseek-v4-pro", PriceList.Price.of("0.022", "0.66", "1.98")),
        new PeakHours(
            ZoneId.of("Asia/Shanghai"),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            List.of(window(9, 12), window(14, 18)),
            Set.of(),
            2));
  }

  private static PeakHours.Window window(int start, int end) {
    return new PeakHours.Window(LocalTime.of(start, 0), LocalTime.of(end, 0));
  }

  /// Any provider with the chat completions protocol and none of its extensions.
  ///
  /// @param keyName empty for a provider without keys, such as one on this machine
  public static Dialect openAiCompatible(
      String name, URI baseUrl, String model, String keyName, PriceList prices) {
    return new Dialect(
        name, baseUrl, model, keyName, "", Thinking.UNSPECIFIED, prices, DEADLINE, "{}");
  }

  public Dialect withBaseUrl(URI url) {
    return new Dialect(
        name, url, defaultModel, keyName, reasoningField, thinking, prices, deadline, extraBody);
  }

  public Dialect withModel(String model, PriceList list) {
    return new Dialect(
        name, baseUrl, model, keyName, reasoningField, thinking, list, deadline, extraBody);
  }

  /// @param keyed empty for a server that wants no key
  public Dialect withKeyName(String keyed) {
    return new Dialect(
        name, baseUrl, defaultModel, keyed, reasoningField, thinking, prices, deadline, extraBody);
  }

  public Dialect withThinking(Thinking mode) {
    return new Dialect(
        name, baseUrl, defaultModel, keyName, reasoningField, mode, prices, deadline, extraBody);
  }

  public Dialect withReasoningField(String field) {
    return new Dialect(
        name, baseUrl, defaultModel, keyName, field, thinking, prices, deadline, extraBody);
  }

  public Dialect withDeadline(Duration bound) {
    return new Dialect(
        name, baseUrl, defaultModel, keyName, reasoningField, thinking, prices, bound, extraBody);
  }

  public Dialect withExtraBody(String json) {
    return new Dialect(
        name, baseUrl, defaultModel, keyName, reasoningField, thinking, prices, deadline, json);
  }

  /// The host, and the port where the address names one, that an allow-list has to grant.
  public String host() {
    return baseUrl.getPort() < 0 ? baseUrl.getHost() : baseUrl.getHost() + ":" + baseUrl.getPort();
  }

  URI completions() {
    String base = baseUrl.toString();
    return URI.create(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/chat/completions");
  }
}
