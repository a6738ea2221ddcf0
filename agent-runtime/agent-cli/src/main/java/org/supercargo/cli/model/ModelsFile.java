package org.supercargo.cli.model;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.model.Effort;
import org.supercargo.cli.yaml.YamlEntry;
import org.supercargo.cli.yaml.YamlJson;
import org.supercargo.plugin.llm.BackendSettings;
import org.supercargo.plugin.llm.Dialect;
import org.supercargo.plugin.llm.Preset;

/// The owner's `models.yaml`: backends beside those that are built in.
///
/// Keys of providers are never in it, only the names of environment variables that hold them.
public final class ModelsFile {
  /// What the file is called in the data directory.
  public static final String NAME = "models.yaml";

  /// A recorded session, from which a backend answers instead of its provider.
  static final String CASSETTE = "cassette";

  /// The chain of the agent's wallet that a provider is asked and paid with, instead of a key.
  private static final String WALLET = "wallet";

  private static final Set<String> BACKEND =
      Set.of(
          "preset",
          "url",
          "key",
          "models",
          "stream",
          "strict",
          "effort",
          "deadline",
          "idle",
          "user-id",
          "extra",
          WALLET,
          CASSETTE);

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,4})(s|m|h)");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final int LONGEST_PLAIN_WORD = 20;

  /// How keys of known providers begin, and the header that carries one.
  private static final Pattern SECRET =
      Pattern.compile("(?:sk[-_]|AIza|[Bb]earer ).*", Pattern.DOTALL);

  private static final String OFFLINE = "offline";

  private ModelsFile() {}

  /// The file's backends in its order; none when there is no file.
  ///
  /// @throws SupercargoException of category USER with file, line and what to do
  public static List<ModelSource> read(Path file) {
    return Files.exists(file)
        ? backends(YamlEntry.read(file), file.toAbsolutePath().resolveSibling(""))
        : List.of();
  }

  /// What is offered without a file to an owner who has a provider's key: those with known prices.
  public static List<ModelSource> withKeysOnly() {
    return List.of(ProviderEntry.builtInAnthropic());
  }

  static List<ModelSource> parse(String text) {
    return parse(text, Path.of(""));
  }

  /// @param folder where the file would be
  static List<ModelSource> parse(String text, Path folder) {
    return backends(YamlEntry.parse(NAME, text), folder);
  }

  private static List<ModelSource> backends(YamlEntry root, Path folder) {
    refuseKeys(root);
    YamlEntry backends = root.required(root.fields(Set.of("backends")), "backends");
    var sources = new ArrayList<ModelSource>();
    backends.entries().forEach((name, place) -> sources.add(backend(name, place, folder)));
    return sources;
  }

  private static ModelSource backend(String name, YamlEntry place, Path folder) {
    if (!WORD.matcher(name).matches() || name.equals("auto") || name.equals(OFFLINE)) {
      throw place.error(
          "\"" + name + "\" cannot be a backend's name",
          "Use lower-case letters, digits and dashes, but not auto and offline.");
    }
    Map<String, YamlEntry> fields = place.entries();
    YamlEntry preset = place.required(fields, "preset");
    @Nullable Path cassette =
        value(fields, CASSETTE, entry -> entry.read(text -> folder.resolve(text).normalize()));
    ModelSource provider = provider(name, place, preset);
    return cassette == null ? provider : new ModelSource.Recorded(provider, cassette);
  }

  private static ModelSource provider(String name, YamlEntry place, YamlEntry preset) {
    try {
      return switch (preset.text()) {
        case "ollama" -> ProviderEntry.ollama(name, place);
        case "anthropic" -> ProviderEntry.anthropic(name, place);
        case "gemini" -> ProviderEntry.gemini(name, place);
        default -> completions(name, place, preset.read(ModelsFile::preset));
      };
    } catch (SupercargoException e) {
      throw place.error(e);
    } catch (IllegalArgumentException e) {
      throw place.error(String.valueOf(e.getMessage()), "Mend the backend.");
    }
  }

  private static ModelSource completions(String name, YamlEntry place, Preset preset) {
    Map<String, YamlEntry> fields = place.fields(BACKEND);
    var settings =
        new BackendSettings(
            name,
            preset,
            value(fields, "url", entry -> entry.read(URI::create)),
            value(fields, "key", ModelsFile::variable),
            models(fields),
            value(fields, "stream", YamlEntry::truth),
            value(fields, "strict", YamlEntry::truth),
            value(fields, "effort", ModelsFile::effort),
            value(fields, "deadline", ModelsFile::time),
            value(fields, "idle", ModelsFile::time),
            value(fields, "user-id", YamlEntry::text),
            value(fields, "extra", ModelsFile::extra));
    @Nullable ChainId wallet = value(fields, WALLET, entry -> wallet(entry, preset, fields));
    Dialect dialect = settings.dialect();
    var source =
        new ModelSource.Completions(wallet == null ? dialect : dialect.withWallet(), wallet);
    source.dialect().defaultModel();
    return source;
  }

  private static ChainId wallet(YamlEntry entry, Preset preset, Map<String, YamlEntry> fields) {
    if (preset != Preset.VENICE) {
      throw entry.error("only Venice knows wallets", "Name the variable of a key with key.");
    }
    if (fields.containsKey("key")) {
      throw entry.error("a backend is asked with a wallet or with a key", "Keep one of them.");
    }
    return ChainId.find(entry.text())
        .filter(chain -> chain.equals(ChainId.BASE) || chain.equals(ChainId.SOLANA))
        .orElseThrow(() ->
            entry.error("\"" + entry.text() + "\" has no wallets here", "Use base or solana."));
  }

  static List<BackendSettings.Model> models(Map<String, YamlEntry> fields) {
    @Nullable YamlEntry models = fields.get("models");
    return models == null ? List.of() : models.items().stream().map(ModelEntry::read).toList();
  }

  static <T> @Nullable T value(
      Map<String, YamlEntry> fields, String key, Function<YamlEntry, T> reader) {
    @Nullable YamlEntry entry = fields.get(key);
    return entry == null ? null : reader.apply(entry);
  }

  private static Preset preset(String word) {
    try {
      return Preset.named(word);
    } catch (SupercargoException e) {
      throw SupercargoException.user(
          e.what(), e.advice().replaceAll("\\.$", "") + ", anthropic, gemini.");
    }
  }

  /// The name of an environment variable, and certainly no key. What was written is not repeated.
  static String variable(YamlEntry entry) {
    String text = entry.text();
    if (!VARIABLE.matcher(text).matches()
        || (text.length() > LONGEST_PLAIN_WORD && text.indexOf('_') < 0)) {
      throw entry.error(
          "this is not the name of an environment variable; a key itself must not stand here",
          "Put the key into a variable and write the variable's name, such as VENICE_API_KEY.");
    }
    return text;
  }

  private static void refuseKeys(YamlEntry entry) {
    if (entry.isText()) {
      if (SECRET.matcher(entry.text()).matches()) {
        throw entry.error(
            "this looks like a key",
            "Take it out, have the provider replace it, and name an environment variable instead.");
      }
    } else if (entry.isList()) {
      entry.items().forEach(ModelsFile::refuseKeys);
    } else {
      entry.entries().values().forEach(ModelsFile::refuseKeys);
    }
  }

  private static Effort effort(YamlEntry entry) {
    return switch (entry.text()) {
      case "none" -> Effort.NONE;
      case "low" -> Effort.LOW;
      case "high" -> Effort.HIGH;
      case "max" -> Effort.MAX;
      default ->
          throw entry.error("\"" + entry.text() + "\" is no effort", "Use none, low, high or max.");
    };
  }

  static Duration time(YamlEntry entry) {
    Matcher matcher = TIME.matcher(entry.text());
    if (!matcher.matches()) {
      throw entry.error(
          "\"" + entry.text() + "\" is not a length of time",
          "Write a whole number and s, m or h, such as 60s.");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  private static String extra(YamlEntry entry) {
    entry.entries();
    return YamlJson.of(entry).toString();
  }
}
