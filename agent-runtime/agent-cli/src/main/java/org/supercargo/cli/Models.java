package org.supercargo.cli;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.http.Http;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.plugin.llm.Dialect;
import org.supercargo.plugin.llm.LlmPlugin;
import org.supercargo.plugin.offline.OfflineModel;

/// Chooses the model an agent plans with.
final class Models {
  static final String AUTO = "auto";
  static final String OFFLINE = "offline";
  static final String DEEPSEEK = "deepseek";

  private Models() {}

  /// The backend's name after `auto` is settled: a key or an address of a model server means that
  /// one.
  static String settle(@Nullable String option, ModelSpec spec) {
    String wanted = option == null ? spec.backend() : option.toLowerCase(Locale.ROOT);
    if (!wanted.equals(AUTO)) {
      return wanted;
    }
    return present("DEEPSEEK_API_KEY") || present("SUPERCARGO_MODEL_URL") ? DEEPSEEK : OFFLINE;
  }

  /// Hosts the chosen model has to reach.
  static Set<String> hosts(String backend) {
    return backend.equals(DEEPSEEK) ? Set.of(deepSeek().host()) : Set.of();
  }

  static ModelBackend open(String backend, Http http) {
    return switch (backend) {
      case OFFLINE -> new OfflineModel();
      case DEEPSEEK ->
          new LlmPlugin(List.of(deepSeek()), http, Models::key, InstantSource.system())
              .models()
              .getFirst();
      default ->
          throw SupercargoException.user(
              "There is no model backend \"" + backend + "\"", "Use auto, offline or deepseek.");
    };
  }

  /// DeepSeek itself, or another server of its wire. One that is given without a key needs none.
  private static Dialect deepSeek() {
    Dialect dialect = Dialect.deepSeek();
    if (!present("SUPERCARGO_MODEL_URL")) {
      return dialect;
    }
    Dialect moved = dialect.withBaseUrl(URI.create(System.getenv("SUPERCARGO_MODEL_URL").strip()));
    return present("DEEPSEEK_API_KEY") ? moved : moved.withKeyName("");
  }

  private static String key(String name) {
    String key = System.getenv(name);
    return key == null ? "" : key.strip();
  }

  private static boolean present(String variable) {
    String value = System.getenv(variable);
    return value != null && !value.isBlank();
  }
}
