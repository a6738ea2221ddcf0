package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.Privacy;

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
    cards = named(name, wire, cards);
    for (ModelCard card : cards) {
      requireNoEmptyPromise(card, name, wire);
      @Nullable String instead = retired.get(card.model());
      if (instead != null) {
        throw SupercargoException.user(retiredWords(card.model()), instead);
      }
    }
  }

  private static List<ModelCard> named(String name, Wire wire, List<ModelCard> cards) {
    return cards.stream()
        .map(card ->
            new ModelCard(
                name,
                card.model(),
                card.prices(),
                card.contextTokens(),
                card.longestReply(),
                abilities(card, wire),
                card.privacy()))
        .toList();
  }

  /// What can be done by this wire. Encrypted, a provider holds a reply to no form.
  private static Set<Ability> abilities(ModelCard card, Wire wire) {
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    abilities.addAll(card.abilities());
    if (card.privacy() == Privacy.ENCRYPTED) {
      abilities.removeAll(EnumSet.of(Ability.JSON, Ability.STRICT_ACTIONS, Ability.VISION));
      abilities.add(Ability.ATTESTATION);
    } else if (wire.strict() && abilities.contains(Ability.ACTIONS)) {
      abilities.add(Ability.STRICT_ACTIONS);
    }
    return abilities;
  }

  private static void requireNoEmptyPromise(ModelCard card, String name, Wire wire) {
    if (card.privacy() == Privacy.ENCRYPTED && !wire.encrypts()) {
      throw SupercargoException.user(
          "The model \"" + card.model() + "\" of " + name + " would be sent readable requests",
          "Only models in Venice's enclaves can be asked encrypted; name another privacy.");
    }
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
    return withEndpoint(new Endpoint(url, endpoint.keyName(), endpoint.proof()));
  }

  /// For a wallet that has paid in advance, without a key.
  public Dialect withWallet() {
    return withEndpoint(endpoint.withWallet());
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

  /// @param wanted false to send readable requests to the enclaves: its models are then no more
  ///   than [Privacy#ATTESTED]
  public Dialect withEncryption(boolean wanted) {
    List<ModelCard> kept = wanted ? cards : cards.stream().map(card -> attestedOnly(card)).toList();
    return new Dialect(
        name, endpoint, wire.withEncryption(wanted), thinking, extra, waiting, kept, retired);
  }

  private static ModelCard attestedOnly(ModelCard card) {
    return card.privacy() != Privacy.ENCRYPTED
        ? card
        : new ModelCard(
            card.backend(),
            card.model(),
            card.prices(),
            card.contextTokens(),
            card.longestReply(),
            card.abilities(),
            Privacy.ATTESTED);
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
