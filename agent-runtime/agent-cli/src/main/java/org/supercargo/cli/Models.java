package org.supercargo.cli;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.ModelChoice;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.http.Http;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.cli.model.Credentials;
import org.supercargo.cli.model.MeasurementsFile;
import org.supercargo.cli.model.ModelSource;
import org.supercargo.cli.model.ModelsFile;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.http.cassette.Cassette;
import org.supercargo.http.cassette.ReplayingHttp;
import org.supercargo.plugin.llm.Dialect;
import org.supercargo.plugin.llm.ModelCatalogue;
import org.supercargo.plugin.llm.Preset;

/// The models this installation knows: those that are built in, and those of `models.yaml`.
final class Models {
  static final String AUTO = "auto";
  static final String OFFLINE = "offline";
  static final String DEEPSEEK = "deepseek";

  /// Keys of the environment, for commands that run no agent.
  static final Credentials KEYS =
      new Credentials() {
        @Override
        public String key(String variable) {
          return Models.key(variable);
        }

        @Override
        public String proof(ChainId wallet, URI at) {
          throw SupercargoException.user(
              at.getHost() + " is asked with an agent's wallet, and this command runs no agent",
              "Ask it by ./supercargo run, or name a key in models.yaml.");
        }
      };

  private final Map<String, ModelSource> sources;
  private final MeasurementsFile measurements;

  private Models(Map<String, ModelSource> sources, MeasurementsFile measurements) {
    this.sources = sources;
    this.measurements = measurements;
  }

  /// @throws SupercargoException of category USER when `models.yaml` is wrong
  static Models of(CommonOptions options) {
    return in(options.dataDirectory());
  }

  /// @param data the data directory
  static Models in(Path data) {
    var sources = new LinkedHashMap<String, ModelSource>();
    add(sources, new ModelSource.Offline());
    add(sources, new ModelSource.Completions(deepSeek()));
    add(sources, new ModelSource.Completions(Preset.VENICE.dialect()));
    ModelsFile.withKeysOnly().stream().filter(Models::hasKey).forEach(each -> add(sources, each));
    ModelsFile.read(data.resolve(ModelsFile.NAME)).forEach(source -> add(sources, source));
    return new Models(sources, new MeasurementsFile(data.resolve(MeasurementsFile.NAME)));
  }

  private static void add(Map<String, ModelSource> sources, ModelSource source) {
    sources.put(source.name(), source);
  }

  /// DeepSeek itself, or another server of its wire. One that is given without a key needs none.
  private static Dialect deepSeek() {
    Dialect dialect = Preset.DEEPSEEK.dialect();
    if (!present("SUPERCARGO_MODEL_URL")) {
      return dialect;
    }
    Dialect moved = dialect.withBaseUrl(URI.create(System.getenv("SUPERCARGO_MODEL_URL").strip()));
    return present("DEEPSEEK_API_KEY") ? moved : moved.withKeyName("");
  }

  List<ModelSource> sources() {
    return List.copyOf(sources.values());
  }

  MeasurementsFile measurements() {
    return measurements;
  }

  /// What an agent plans with after `auto` and an override are settled. An override replaces the
  /// file's choices and keeps everything else: budget, privacy, quality.
  ///
  /// @param override one or more of `backend` or `backend/model`, with commas between
  ModelSpec settle(@Nullable String override, ModelSpec spec) {
    List<ModelChoice> wanted = override == null ? spec.choices() : choices(override);
    return new ModelSpec(
        wanted.stream().map(Models::settled).toList(),
        spec.routing(),
        spec.privacy(),
        spec.quality(),
        spec.longestReply(),
        spec.budget());
  }

  static List<ModelChoice> choices(String text) {
    var choices = new ArrayList<ModelChoice>();
    for (String each : text.split(",", -1)) {
      if (each.isBlank()) {
        throw SupercargoException.user(
            "\"" + text + "\" names no model",
            "Write backend/model, such as deepseek/deepseek-flash.");
      }
      choices.add(ModelChoice.parse(each.strip()));
    }
    return choices;
  }

  /// A key or an address of a model server means that one.
  private static ModelChoice settled(ModelChoice choice) {
    if (!choice.backend().equals(AUTO)) {
      return choice;
    }
    String backend =
        present("DEEPSEEK_API_KEY") || present("SUPERCARGO_MODEL_URL") ? DEEPSEEK : OFFLINE;
    return new ModelChoice(backend, "", choice.effort());
  }

  /// What people are shown.
  static String words(ModelSpec settled) {
    String names =
        settled.choices().stream().map(ModelChoice::toString).collect(Collectors.joining(", "));
    return settled.choices().size() == 1
        ? names
        : names + " (" + settled.routing().name().toLowerCase(java.util.Locale.ROOT) + ")";
  }

  /// Hosts the chosen models have to reach.
  Set<String> hosts(ModelSpec settled) {
    var hosts = new HashSet<String>();
    backends(settled).forEach(source -> hosts.addAll(source.hosts()));
    return hosts;
  }

  /// The chosen models and no others.
  ///
  /// @throws SupercargoException of category USER for a model that is not here
  ModelPool pool(ModelSpec settled, Http http) {
    return pool(settled, http, http, KEYS);
  }

  /// @param http reads the lists of models that some providers have
  /// @param asked takes the models' own calls, and nothing else
  ModelPool pool(ModelSpec settled, Http http, Http asked, Credentials credentials) {
    var opened = new ArrayList<ModelBackend>();
    var replays = new HashMap<Path, ReplayingHttp>();
    for (ModelSource source : backends(settled)) {
      opened.add(open(complete(source, settled, http), asked, credentials, replays));
    }
    var pool =
        new ModelPool(opened, measurements.read(), InstantSource.system(), new SecureRandom());
    pool.require(settled);
    return pool;
  }

  /// Backends of one recorded session take turns at its one cassette.
  private static ModelBackend open(
      ModelSource source, Http asked, Credentials credentials, Map<Path, ReplayingHttp> replays) {
    return switch (source) {
      case ModelSource.Recorded recorded ->
          recorded.open(
              replays.computeIfAbsent(
                  recorded.cassette(), file -> new ReplayingHttp(Cassette.read(file))));
      case ModelSource.Offline _,
          ModelSource.Completions _,
          ModelSource.Ollama _,
          ModelSource.Foreign _ ->
          source.open(asked, credentials, InstantSource.system());
    };
  }

  private List<ModelSource> backends(ModelSpec settled) {
    return settled.choices().stream()
        .map(ModelChoice::backend)
        .distinct()
        .map(this::source)
        .toList();
  }

  /// @throws SupercargoException of category USER when there is none of that name
  ModelSource source(String name) {
    ModelSource source = sources.get(name);
    if (source == null) {
      throw SupercargoException.user(
          "There is no model backend \"" + name + "\"",
          "Known: "
              + String.join(", ", sources.keySet())
              + ". Others are described in models.yaml in the data directory.");
    }
    return source;
  }

  /// Venice has more models than are known here; its own list is read when one of those is wanted.
  private static ModelSource complete(ModelSource source, ModelSpec settled, Http http) {
    boolean known =
        settled.choices().stream()
            .filter(choice -> choice.backend().equals(source.name()) && !choice.name().isEmpty())
            .allMatch(choice ->
                source.cards().stream().anyMatch(card -> card.model().equals(choice.name())));
    return known ? source : live(source, http);
  }

  /// With the provider's own list of models, where it has one with prices; they stand behind those
  /// that are known here, which the default stays the first of.
  static ModelSource live(ModelSource source, Http http) {
    return switch (source) {
      case ModelSource.Offline offline -> offline;
      case ModelSource.Ollama ollama -> ollama;
      case ModelSource.Foreign foreign -> foreign;
      case ModelSource.Recorded recorded -> recorded;
      case ModelSource.Completions completions -> {
        Dialect dialect = completions.dialect();
        if (!dialect.endpoint().host().equals(Preset.VENICE.dialect().host())) {
          yield completions;
        }
        var listed =
            new ModelCatalogue(
                    dialect, http, () -> key(completions.keyName()), InstantSource.system())
                .read();
        var cards = new ArrayList<>(dialect.cards());
        listed.stream()
            .filter(card -> cards.stream().noneMatch(known -> known.model().equals(card.model())))
            .forEach(cards::add);
        yield new ModelSource.Completions(dialect.withCards(cards), completions.wallet());
      }
    };
  }

  /// The backends that are paid in advance from a wallet on this chain.
  List<Dialect> paidFrom(ChainId chain) {
    return sources.values().stream()
        .filter(ModelSource.Completions.class::isInstance)
        .map(ModelSource.Completions.class::cast)
        .filter(source -> chain.equals(source.wallet()))
        .map(ModelSource.Completions::dialect)
        .toList();
  }

  /// The keys of all models, which no recording may contain; empty where there is none.
  List<Supplier<String>> keys() {
    return sources.values().stream()
        .map(ModelSource::keyName)
        .filter(name -> !name.isEmpty())
        .distinct()
        .map(name -> (Supplier<String>) () -> key(name))
        .toList();
  }

  static boolean hasKey(ModelSource source) {
    return source.keyName().isEmpty() || present(source.keyName());
  }

  static String key(String name) {
    String key = System.getenv(name);
    return key == null ? "" : key.strip();
  }

  private static boolean present(String variable) {
    return !key(variable).isEmpty();
  }
}
