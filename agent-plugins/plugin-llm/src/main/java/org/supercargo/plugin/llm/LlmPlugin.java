package org.supercargo.plugin.llm;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.http.Http;
import org.supercargo.api.model.ModelBackend;

/// Language models behind the chat completions protocol, one for each dialect.
public final class LlmPlugin implements Plugin {
  private final List<ModelBackend> models;

  /// @param keys gives the key kept under a [Endpoint#keyName()]; asked anew at each call
  /// @throws SupercargoException of category USER when two dialects have the same name
  public LlmPlugin(
      List<Dialect> dialects, Http http, UnaryOperator<String> keys, InstantSource clock) {
    requireDistinctNames(dialects);
    models =
        dialects.stream()
            .<ModelBackend>map(dialect ->
                new OpenAiCompatibleModel(
                    dialect, http, () -> keys.apply(dialect.endpoint().keyName()), clock))
            .toList();
  }

  private static void requireDistinctNames(List<Dialect> dialects) {
    Set<String> names = new HashSet<>();
    for (Dialect dialect : dialects) {
      if (!names.add(dialect.name())) {
        throw SupercargoException.user(
            "Two models are called " + dialect.name(), "Give each its own name.");
      }
    }
  }

  @Override
  public String name() {
    return "llm";
  }

  @Override
  public List<ModelBackend> models() {
    return models;
  }
}
