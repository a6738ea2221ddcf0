package org.supercargo.testkit.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;
import org.supercargo.api.model.Usage;

/// A model with a price that answers what a function says, and bills what it used.
final class PricedModel implements ModelBackend {
  private final ModelCard card;
  private final Function<ChatRequest, ChatReply> script;
  private final List<ChatRequest> requests = new ArrayList<>();

  /// @param price of a million tokens, in or out, in USD
  PricedModel(String name, String price, Privacy privacy, Function<ChatRequest, ChatReply> script) {
    this(name, price, privacy, PeakHours.NEVER, script);
  }

  /// @param price of a million tokens, in or out, in USD, outside peak hours
  PricedModel(
      String name,
      String price,
      Privacy privacy,
      PeakHours peakHours,
      Function<ChatRequest, ChatReply> script) {
    this.card =
        new ModelCard(
            name,
            "one",
            new PriceList(
                "a test",
                LocalDate.EPOCH,
                Map.of("one", PriceList.Price.of(price, price, price)),
                peakHours),
            100_000,
            50_000,
            EnumSet.of(Ability.ACTIONS, Ability.JSON, Ability.ATTESTATION),
            privacy);
    this.script = script;
  }

  @Override
  public String name() {
    return card.backend();
  }

  @Override
  public List<ModelCard> cards() {
    return List.of(card);
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    requests.add(request);
    return script.apply(request);
  }

  /// What a call of this size is billed.
  Usage used(long input, long output) {
    return new Usage(input, 0, output, 0, card.cost(input, output, java.time.Instant.EPOCH));
  }

  List<ChatRequest> requests() {
    return List.copyOf(requests);
  }
}
