package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;

/// Reads the text models a provider offers now, with their prices, abilities and privacy. Asked
/// once, when a program starts.
///
/// Models without a price, out of order or only for some customers are left out. A model that is
/// dearer beyond some length is offered up to that length.
///
/// Source: [models](https://docs.venice.ai/api-reference/endpoint/models/list).
public final class ModelCatalogue {
  private static final int SHORTEST = 1_024;
  private static final int LONGEST = 100_000_000;

  private static final Map<String, Ability> ABILITIES =
      Map.of(
          "supportsFunctionCalling", Ability.ACTIONS,
          "supportsResponseSchema", Ability.JSON,
          "supportsReasoning", Ability.THINKING,
          "supportsVision", Ability.VISION,
          "supportsTeeAttestation", Ability.ATTESTATION);

  private final Dialect dialect;
  private final Http http;
  private final ProviderCalls calls;
  private final InstantSource clock;

  /// @param clock dates the prices
  public ModelCatalogue(Dialect dialect, Http http, Supplier<String> key, InstantSource clock) {
    this.dialect = requireNonNull(dialect, "dialect is null");
    this.http = requireNonNull(http, "http is null");
    this.calls = new ProviderCalls(dialect, requireNonNull(key, "key is null"));
    this.clock = requireNonNull(clock, "clock is null");
  }

  /// In the provider's order; for [Dialect#withCards].
  ///
  /// @throws SupercargoException of category EXTERNAL when the answer is no list of models
  /// @throws org.supercargo.api.http.HttpFailure when there is no whole answer
  public List<ModelCard> read() {
    HttpReply reply = http.send(calls.get(dialect.endpoint().textModels()));
    JsonNode models =
        reply.status() != 200
            ? Json.object().path("data")
            : Json.readObject(reply.text()).orElseGet(Json::object).path("data");
    if (!models.isArray()) {
      throw SupercargoException.external(
          dialect.name() + " did not list its models (status " + reply.status() + ")",
          "Configure the models to use with their prices.",
          null);
    }
    List<ModelCard> cards = new ArrayList<>();
    models.forEach(model -> card(model).ifPresent(cards::add));
    return cards;
  }

  private Optional<ModelCard> card(JsonNode model) {
    String id = Json.text(model.path("id"));
    JsonNode spec = model.path("model_spec");
    Optional<PriceList.Price> price = price(spec.path("pricing"));
    int context = count(spec.path("availableContextTokens"));
    if (id.isEmpty()
        || price.isEmpty()
        || context < SHORTEST
        || spec.path("offline").asBoolean()
        || spec.path("beta").asBoolean()) {
      return Optional.empty();
    }
    int dearer = count(spec.path("pricing").path("extended").path("context_token_threshold"));
    int offered = dearer == 0 ? context : Math.min(context, dearer);
    int longest = count(spec.path("maxCompletionTokens"));
    return Optional.of(
        new ModelCard(
            dialect.name(),
            id,
            prices(id, price.get()),
            offered,
            longest == 0 ? offered : Math.min(longest, offered),
            abilities(spec.path("capabilities")),
            privacy(spec)));
  }

  private PriceList prices(String id, PriceList.Price price) {
    return new PriceList(
        dialect.endpoint().textModels().toString(),
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
        Map.of(id, price),
        PeakHours.NEVER);
  }

  /// Tokens from the cache cost what all others cost where no price of theirs is listed, and
  /// writing to a cache counts as input at its own, dearer price.
  private static Optional<PriceList.Price> price(JsonNode pricing) {
    Optional<BigDecimal> input = dollars(pricing.path("input"));
    Optional<BigDecimal> output = dollars(pricing.path("output"));
    if (input.isEmpty() || output.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal cached = dollars(pricing.path("cache_input")).orElse(input.get());
    BigDecimal written = dollars(pricing.path("cache_write")).orElse(input.get());
    return Optional.of(new PriceList.Price(cached, input.get().max(written), output.get()));
  }

  private static Optional<BigDecimal> dollars(JsonNode price) {
    JsonNode usd = price.path("usd");
    return usd.isNumber() && usd.decimalValue().signum() >= 0
        ? Optional.of(usd.decimalValue())
        : Optional.empty();
  }

  private static Set<Ability> abilities(JsonNode flags) {
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    ABILITIES.forEach((flag, ability) -> {
      if (flags.path(flag).asBoolean()) {
        abilities.add(ability);
      }
    });
    return abilities;
  }

  /// A model that can be encrypted end to end is no more than attested where requests go out
  /// readable.
  private Privacy privacy(JsonNode spec) {
    JsonNode flags = spec.path("capabilities");
    if (flags.path("supportsTeeAttestation").asBoolean()) {
      return flags.path("supportsE2EE").asBoolean() && dialect.wire().encrypts()
          ? Privacy.ENCRYPTED
          : Privacy.ATTESTED;
    }
    return switch (Json.text(spec.path("privacy"))) {
      case "private" -> Privacy.PRIVATE;
      case "anonymized" -> Privacy.ANONYMISED;
      default -> Privacy.PROVIDER;
    };
  }

  private static int count(JsonNode node) {
    return node.canConvertToInt() ? Math.clamp(node.asInt(), 0, LONGEST) : 0;
  }
}
