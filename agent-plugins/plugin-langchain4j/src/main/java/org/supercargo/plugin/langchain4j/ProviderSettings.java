package org.supercargo.plugin.langchain4j;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.PriceList.Price;
import org.supercargo.api.model.Privacy;

/// One provider of models that this plugin builds.
///
/// @param baseUrl what `/messages` or `/models/` is appended to; HTTPS, or HTTP on this machine
/// @param cards at least one, all of one backend, the default first
/// @param deadline bound on one call, however its time is spent
public record ProviderSettings(URI baseUrl, List<ModelCard> cards, Duration deadline) {
  private static final Duration USUAL = Duration.ofMinutes(5);

  public ProviderSettings {
    requireNonNull(baseUrl, "baseUrl is null");
    cards = List.copyOf(cards);
    requireNonNull(deadline, "deadline is null");
    if (!keepsKeys(baseUrl)) {
      throw SupercargoException.user(
          "The address of a model provider would give its key away",
          "Write https, a host and a path, without a user, a query or a fragment.");
    }
  }

  private static boolean keepsKeys(URI url) {
    String host = url.getHost();
    boolean here = "127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host);
    return host != null
        && url.getUserInfo() == null
        && url.getQuery() == null
        && url.getFragment() == null
        && ("https".equals(url.getScheme()) || (here && "http".equals(url.getScheme())));
  }

  /// Anthropic's current models as published, under the backend name `anthropic`. Prices with a
  /// step at a prompt's length, as Haiku's, are not listed: one price cannot say them.
  ///
  /// Source: [models](https://platform.claude.com/docs/en/about-claude/models/overview).
  public static ProviderSettings anthropic() {
    var prices =
        new PriceList(
            "https://platform.claude.com/docs/en/about-claude/pricing",
            LocalDate.of(2026, 9, 28),
            Map.of(
                "claude-sonnet-5-5", Price.of("0.20", "2", "10"),
                "claude-opus-5-5", Price.of("0.20", "4", "20")),
            PeakHours.NEVER);
    return new ProviderSettings(
        URI.create("https://api.anthropic.com/v1"),
        List.of(claude("claude-sonnet-5-5", prices), claude("claude-opus-5-5", prices)),
        USUAL);
  }

  private static ModelCard claude(String model, PriceList prices) {
    return new ModelCard(
        "anthropic",
        model,
        prices,
        1_000_000,
        128_000,
        Set.of(Ability.ACTIONS, Ability.THINKING, Ability.VISION),
        Privacy.PROVIDER);
  }

  /// Google's Gemini with the models and the prices its user configures.
  ///
  /// Source of the address: [API](https://ai.google.dev/api).
  public static ProviderSettings gemini(List<ModelCard> cards) {
    return new ProviderSettings(
        URI.create("https://generativelanguage.googleapis.com/v1beta"), cards, USUAL);
  }

  public ProviderSettings withBaseUrl(URI url) {
    return new ProviderSettings(url, cards, deadline);
  }

  public ProviderSettings withCards(List<ModelCard> all) {
    return new ProviderSettings(baseUrl, all, deadline);
  }

  public ProviderSettings withDeadline(Duration bound) {
    return new ProviderSettings(baseUrl, cards, bound);
  }

  /// What has to be on the allow-list of the transport.
  public String host() {
    return baseUrl.getAuthority();
  }
}
