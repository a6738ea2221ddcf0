package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ModelCard;

/// How one provider speaks the chat completions protocol, where it lives, and what it offers.
///
/// [Preset] has those of known providers, [BackendSettings] makes one from a configuration.
///
/// @param name the backend's name in agent files
/// @param cards its priced models, the default first; the cards' backend is `name`
/// @param retired models the provider no longer has, each with what to use instead
public record Dialect(
    String name,
    Endpoint endpoint,
    Wire wire,
    Thinking thinking,
    ExtraFields extra,
    Waiting waiting,
    List<ModelCard> cards,
    Map<String, String> retired) {
  public Dialect {
    requireNonNull(name, "name is null");
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(wire, "wire is null");
    requireNonNull(thinking, "thinking is null");
    requireNonNull(extra, "extra is null");
    requireNonNull(waiting, "waiting is null");
    retired = Map.copyOf(retired);
    cards = named(name, wire.strict(), cards);
    for (ModelCard card : cards) {
      @Nullable String instead = retired.get(card.model());
      if (instead != null) {
        throw SupercargoException.user(retiredWords(card.model()), instead);
      }
    }
  }

  private static List<ModelCard> named(String name, boolean strict, List<ModelCard> cards) {
    return cards.stream()
        .map(card ->
            new ModelCard(
                name,
                card.model(),
                card.prices(),
                card.contextTokens(),
                card.longestReply(),
                strict && card.abilities().contains(Ability.ACTIONS)
                    ? Set.copyOf(
                        Stream.concat(card.abilities().stream(), Stream.of(Ability.STRICT_ACTIONS))
                            .toList())
                    : card.abilities(),
                card.privacy()))
        .toList();
  }

  /// The first card's model.
  ///
  /// @throws SupercargoException of category USER when there is no card
  public String defaultModel() {
    requireModels();
    return cards.getFirst().model();
  }

  void requireModels() {
    if (cards.isEmpty()) {
      throw SupercargoException.user(
          "No model of " + name + " is configured",
          "Name one with its prices per million tokens; zero if it is free.");
    }
  }

  Optional<ModelCard> card(String model) {
    return cards.stream().filter(card -> card.model().equals(model)).findFirst();
  }

  /// Why a model cannot be asked.
  String unknown(String model) {
    @Nullable String instead = retired.get(model);
    return instead == null
        ? "the price list of " + name + " has no price for the model \"" + model + "\""
        : retiredWords(model) + ". " + instead;
  }

  private static String retiredWords(String model) {
    return "The provider no longer has the model \"" + model + "\"";
  }

  /// The host, and the port where the address names one, that an allow-list has to grant.
  public String host() {
    return endpoint.host();
  }

  public Dialect withName(String called) {
    return new Dialect(called, endpoint, wire, thinking, extra, waiting, cards, retired);
  }

  public Dialect withEndpoint(Endpoint place) {
    return new Dialect(name, place, wire, thinking, extra, waiting, cards, retired);
  }

  public Dialect withBaseUrl(URI url) {
    return withEndpoint(new Endpoint(url, endpoint.keyName()));
  }

  /// @param keyed empty for a server that wants no key
  public Dialect withKeyName(String keyed) {
    return withEndpoint(new Endpoint(endpoint.baseUrl(), keyed));
  }

  public Dialect withWire(Wire variant) {
    return new Dialect(name, endpoint, variant, thinking, extra, waiting, cards, retired);
  }

  public Dialect withStream(boolean wanted) {
    return withWire(wire.withStream(wanted));
  }

  public Dialect withStrict(boolean wanted) {
    return withWire(wire.withStrict(wanted));
  }

  public Dialect withThinking(Thinking manner) {
    return new Dialect(name, endpoint, wire, manner, extra, waiting, cards, retired);
  }

  public Dialect withExtra(ExtraFields fields) {
    return new Dialect(name, endpoint, wire, thinking, fields, waiting, cards, retired);
  }

  public Dialect withWaiting(Duration deadline, Duration idle) {
    var bounds = new Waiting(deadline, idle);
    return new Dialect(name, endpoint, wire, thinking, extra, bounds, cards, retired);
  }

  /// @param models the default first
  public Dialect withCards(List<ModelCard> models) {
    return new Dialect(name, endpoint, wire, thinking, extra, waiting, models, retired);
  }
}
