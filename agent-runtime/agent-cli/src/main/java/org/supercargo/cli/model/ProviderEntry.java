package org.supercargo.cli.model;

import static org.supercargo.cli.model.ModelsFile.value;

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
import org.supercargo.cli.yaml.YamlEntry;
import org.supercargo.plugin.langchain4j.ProviderSettings;
import org.supercargo.plugin.llm.BackendSettings;
import org.supercargo.plugin.ollama.LocalModel;
import org.supercargo.plugin.ollama.OllamaSettings;

/// Backends of `models.yaml` with a protocol of their own.
final class ProviderEntry {
  private static final Set<String> OLLAMA =
      Set.of("preset", "url", "models", "stream", "deadline", "idle", ModelsFile.CASSETTE);
  private static final Set<String> FOREIGN =
      Set.of("preset", "url", "key", "models", "deadline", ModelsFile.CASSETTE);
  private static final int CONTEXT = 32_768;
  private static final int LONGEST_REPLY = 8_192;

  private ProviderEntry() {}

  static ModelSource ollama(String name, YamlEntry place) {
    Map<String, YamlEntry> fields = place.fields(OLLAMA);
    YamlEntry models = place.required(fields, "models");
    OllamaSettings settings =
        OllamaSettings.local(
                models.items().stream().map(item -> local(item, ModelEntry.read(item))).toList())
            .withName(name);
    @Nullable URI url = value(fields, "url", entry -> entry.read(URI::create));
    @Nullable Boolean stream = value(fields, "stream", YamlEntry::truth);
    @Nullable Duration deadline = value(fields, "deadline", ModelsFile::time);
    @Nullable Duration idle = value(fields, "idle", ModelsFile::time);
    return new ModelSource.Ollama(
        settings
            .withServer(url == null ? settings.server() : url)
            .withStreaming(stream == null ? settings.streamed() : stream)
            .withTimes(
                deadline == null ? settings.deadline() : deadline,
                idle == null ? settings.idle() : idle));
  }

  private static LocalModel local(YamlEntry place, BackendSettings.Model given) {
    if (given.prices() != null || given.privacy() != null) {
      throw place.error(
          "a model of Ollama has no prices, and its privacy follows from where it runs",
          "Leave both out.");
    }
    @Nullable Integer context = given.contextTokens();
    @Nullable Integer longest = given.longestReply();
    @Nullable Set<Ability> abilities = given.abilities();
    LocalModel model = LocalModel.of(given.name(), context == null ? CONTEXT : context);
    LocalModel bounded = longest == null ? model : model.withLongestReply(longest);
    return abilities == null ? bounded : bounded.withAbilities(abilities);
  }

  static ModelSource anthropic(String name, YamlEntry place) {
    return foreign(
        name,
        place,
        ModelSource.Foreign.Protocol.ANTHROPIC,
        ProviderSettings.anthropic(),
        "ANTHROPIC_API_KEY");
  }

  static ModelSource gemini(String name, YamlEntry place) {
    return foreign(
        name,
        place,
        ModelSource.Foreign.Protocol.GEMINI,
        ProviderSettings.gemini(List.of()),
        "GEMINI_API_KEY");
  }

  private static ModelSource foreign(
      String name,
      YamlEntry place,
      ModelSource.Foreign.Protocol protocol,
      ProviderSettings usual,
      String usualKey) {
    Map<String, YamlEntry> fields = place.fields(FOREIGN);
    List<BackendSettings.Model> models = ModelsFile.models(fields);
    List<ModelCard> cards =
        models.isEmpty()
            ? usual.cards().stream()
                .map(card -> card(name, BackendSettings.Model.named(card.model()), usual))
                .toList()
            : models.stream().map(model -> card(name, model, usual)).toList();
    if (cards.isEmpty()) {
      throw place.error("no model is named", "Name models with their prices.");
    }
    @Nullable URI url = value(fields, "url", entry -> entry.read(URI::create));
    @Nullable String key = value(fields, "key", ModelsFile::variable);
    @Nullable Duration deadline = value(fields, "deadline", ModelsFile::time);
    ProviderSettings settings =
        usual
            .withCards(cards)
            .withBaseUrl(url == null ? usual.baseUrl() : url)
            .withDeadline(deadline == null ? usual.deadline() : deadline);
    return new ModelSource.Foreign(name, protocol, settings, key == null ? usualKey : key);
  }

  private static ModelCard card(String name, BackendSettings.Model given, ProviderSettings usual) {
    Optional<ModelCard> known =
        usual.cards().stream().filter(card -> card.model().equals(given.name())).findFirst();
    var prices = given.prices();
    @Nullable Integer context = given.contextTokens();
    @Nullable Integer longest = given.longestReply();
    @Nullable Set<Ability> abilities = given.abilities();
    @Nullable Privacy privacy = given.privacy();
    return new ModelCard(
        name,
        given.name(),
        prices != null
            ? prices
            : known.map(ModelCard::prices).orElseThrow(() -> unpriced(name, given.name())),
        context == null ? known.map(ModelCard::contextTokens).orElse(CONTEXT) : context,
        longest == null ? known.map(ModelCard::longestReply).orElse(LONGEST_REPLY) : longest,
        abilities == null
            ? known.map(ModelCard::abilities).orElse(EnumSet.of(Ability.ACTIONS))
            : abilities,
        privacy == null ? known.map(ModelCard::privacy).orElse(Privacy.PROVIDER) : privacy);
  }

  private static SupercargoException unpriced(String backend, String model) {
    return SupercargoException.user(
        backend + " has no price for the model \"" + model + "\"",
        "Configure its prices per million tokens.");
  }

  /// Claude as its provider prices it, for an owner who has a key and no file.
  static ModelSource builtInAnthropic() {
    return new ModelSource.Foreign(
        "anthropic",
        ModelSource.Foreign.Protocol.ANTHROPIC,
        ProviderSettings.anthropic(),
        "ANTHROPIC_API_KEY");
  }
}
