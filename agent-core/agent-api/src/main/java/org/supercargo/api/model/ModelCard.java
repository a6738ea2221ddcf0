package org.supercargo.api.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Amount;

/// What is known of a model before it is asked.
///
/// @param model the provider's name for it
/// @param prices a list that has the model in it
/// @param contextTokens how much a request and its reply may have together
/// @param longestReply how many tokens a reply may have at the most, reasoning included
public record ModelCard(
    String backend,
    String model,
    PriceList prices,
    int contextTokens,
    int longestReply,
    Set<Ability> abilities,
    Privacy privacy) {
  public ModelCard {
    requireNonNull(backend, "backend is null");
    requireNonNull(model, "model is null");
    requireNonNull(privacy, "privacy is null");
    if (contextTokens < 1 || longestReply < 1) {
      throw new IllegalArgumentException("contextTokens and longestReply must be positive");
    }
    if (!prices.knows(model)) {
      throw SupercargoException.user(
          "The price list of " + backend + " has no price for the model \"" + model + "\"",
          "Configure its prices per million tokens; zero if it is free.");
    }
    abilities = Set.copyOf(abilities);
  }

  /// A model on this machine that costs nothing.
  public static ModelCard free(String backend, String model) {
    var price = PriceList.Price.of("0", "0", "0");
    return new ModelCard(
        backend,
        model,
        new PriceList("free", LocalDate.EPOCH, Map.of(model, price), PeakHours.NEVER),
        1_000_000,
        100_000,
        EnumSet.of(Ability.ACTIONS, Ability.JSON),
        Privacy.OWN_MACHINE);
  }

  /// How agent files name it: `backend/model`, or the backend alone if its model has no name.
  public String reference() {
    return model.isEmpty() ? backend : backend + "/" + model;
  }

  /// What a call of this size costs at the most if it is made at `moment`.
  public Amount cost(long input, long output, Instant moment) {
    return prices.atMost(model, input, output, moment, moment);
  }
}
