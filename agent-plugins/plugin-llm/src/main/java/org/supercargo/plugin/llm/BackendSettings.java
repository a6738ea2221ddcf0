package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.Effort;
import org.supercargo.api.model.ModelCard;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.api.model.Privacy;

/// One backend as a configuration file describes it: a preset and what differs from it. Whatever is
/// null is as in the preset.
///
/// @param name the backend's name in agent files
/// @param models those to offer, the default first; empty for the preset's
/// @param effort how much to think where a request does not say
public record BackendSettings(
    String name,
    Preset preset,
    @Nullable URI baseUrl,
    @Nullable String keyName,
    List<Model> models,
    @Nullable Boolean stream,
    @Nullable Boolean strict,
    @Nullable Effort effort,
    @Nullable Duration deadline,
    @Nullable Duration idle,
    @Nullable String userId,
    @Nullable String extraBody) {
  private static final int CONTEXT = 32_768;
  private static final int LONGEST_REPLY = 8_192;

  public BackendSettings {
    requireNonNull(name, "name is null");
    requireNonNull(preset, "preset is null");
    models = List.copyOf(models);
  }

  /// One model. Whatever is null is as the preset has it for this model, or else cautious: a
  /// context of 32768 tokens, replies of 8192, no privacy, and a price of zero only on this
  /// machine.
  ///
  /// @param prices a list that has the model in it
  public record Model(
      String name,
      @Nullable PriceList prices,
      @Nullable Integer contextTokens,
      @Nullable Integer longestReply,
      @Nullable Set<Ability> abilities,
      @Nullable Privacy privacy) {
    public static Model named(String name) {
      return new Model(name, null, null, null, null, null);
    }
  }

  /// The preset as it is, under its own name.
  public static BackendSettings of(Preset preset) {
    return new BackendSettings(
        preset.word(), preset, null, null, List.of(), null, null, null, null, null, null, null);
  }

  /// @throws SupercargoException of category USER when a model has no price, is retired, is said to
  ///   be asked encrypted where nothing encrypts, or the address cannot be used
  public Dialect dialect() {
    Dialect base = preset.dialect().withName(name);
    var endpoint =
        new Endpoint(
            or(baseUrl, base.endpoint().baseUrl()), or(keyName, base.endpoint().keyName()));
    ExtraFields extra = base.extra();
    Dialect made =
        base.withEndpoint(endpoint)
            .withStream(or(stream, base.wire().stream()))
            .withStrict(or(strict, base.wire().strict()))
            .withThinking(base.thinking().withUsual(or(effort, base.thinking().usual())))
            .withWaiting(or(deadline, base.waiting().deadline()), or(idle, base.waiting().idle()))
            .withExtra(
                extra.withUserId(or(userId, extra.userId())).withOwn(or(extraBody, extra.own())));
    // What a provider promises, another server with its wire does not.
    boolean elsewhere = !endpoint.host().equals(base.endpoint().host());
    Dialect placed = elsewhere ? made.withCards(unpromised(made)) : made;
    return models.isEmpty()
        ? placed
        : placed.withCards(models.stream().map(model -> card(model, placed)).toList());
  }

  private static List<ModelCard> unpromised(Dialect made) {
    Privacy privacy = made.endpoint().isThisMachine() ? Privacy.OWN_MACHINE : Privacy.PROVIDER;
    return made.cards().stream()
        .map(card ->
            new ModelCard(
                card.backend(),
                card.model(),
                card.prices(),
                card.contextTokens(),
                card.longestReply(),
                card.abilities(),
                privacy))
        .toList();
  }

  private ModelCard card(Model model, Dialect made) {
    Optional<ModelCard> known = made.card(model.name());
    boolean own = made.endpoint().isThisMachine();
    PriceList prices =
        model.prices() != null
            ? model.prices()
            : known.map(ModelCard::prices).orElseGet(() -> unpriced(model.name(), own));
    return new ModelCard(
        name,
        model.name(),
        prices,
        or(model.contextTokens(), known.map(ModelCard::contextTokens).orElse(CONTEXT)),
        or(model.longestReply(), known.map(ModelCard::longestReply).orElse(LONGEST_REPLY)),
        or(
            model.abilities(),
            known.map(ModelCard::abilities).orElse(EnumSet.of(Ability.ACTIONS, Ability.JSON))),
        or(
            model.privacy(),
            known.map(ModelCard::privacy).orElse(own ? Privacy.OWN_MACHINE : Privacy.PROVIDER)));
  }

  /// Free on this machine. Elsewhere an unknown price is not a price of zero, and the card refuses
  /// a list without its model.
  private static PriceList unpriced(String model, boolean own) {
    return new PriceList(
        own ? "own machine" : "none",
        LocalDate.EPOCH,
        own ? Map.of(model, PriceList.Price.of("0", "0", "0")) : Map.of(),
        PeakHours.NEVER);
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
