package org.supercargo.cli.model;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;
import org.supercargo.plugin.langchain4j.LangChain4jModels;
import org.supercargo.plugin.langchain4j.ProviderSettings;
import org.supercargo.plugin.llm.Dialect;
import org.supercargo.plugin.llm.Endpoint;
import org.supercargo.plugin.llm.OpenAiCompatibleModel;
import org.supercargo.plugin.offline.OfflineModel;
import org.supercargo.plugin.ollama.OllamaModel;
import org.supercargo.plugin.ollama.OllamaSettings;

/// A backend that can be opened: what it offers is known before any network is.
public sealed interface ModelSource {
  /// The backend's name in agent files.
  String name();

  /// Hosts it has to reach.
  Set<String> hosts();

  /// Its models, the default first.
  List<ModelCard> cards();

  /// The environment variable with its key; empty when it needs none.
  String keyName();

  /// @param keys gives the value of an environment variable; asked anew at each call
  ModelBackend open(Http http, UnaryOperator<String> keys, InstantSource clock);

  /// The model that reads goals by the actions' own phrases.
  record Offline() implements ModelSource {
    @Override
    public String name() {
      return OfflineModel.NAME;
    }

    @Override
    public Set<String> hosts() {
      return Set.of();
    }

    @Override
    public List<ModelCard> cards() {
      return new OfflineModel().cards();
    }

    @Override
    public String keyName() {
      return "";
    }

    @Override
    public ModelBackend open(Http http, UnaryOperator<String> keys, InstantSource clock) {
      return new OfflineModel();
    }
  }

  /// A provider with the chat completions protocol.
  record Completions(Dialect dialect) implements ModelSource {
    @Override
    public String name() {
      return dialect.name();
    }

    @Override
    public Set<String> hosts() {
      return Set.of(dialect.host());
    }

    @Override
    public List<ModelCard> cards() {
      return dialect.cards();
    }

    @Override
    public String keyName() {
      return endpoint().keyName();
    }

    private Endpoint endpoint() {
      return dialect.endpoint();
    }

    @Override
    public ModelBackend open(Http http, UnaryOperator<String> keys, InstantSource clock) {
      return new OpenAiCompatibleModel(dialect, http, () -> keys.apply(keyName()), clock);
    }
  }

  /// Ollama by its own protocol.
  record Ollama(OllamaSettings settings) implements ModelSource {
    @Override
    public String name() {
      return settings.name();
    }

    @Override
    public Set<String> hosts() {
      return Set.of(settings.host());
    }

    @Override
    public List<ModelCard> cards() {
      // Cards need no network; this transport is never used.
      return new OllamaModel(settings, request -> unused(), InstantSource.system()).cards();
    }

    private static HttpReply unused() {
      throw SupercargoException.bug("A list of models asked the network", null);
    }

    @Override
    public String keyName() {
      return "";
    }

    @Override
    public ModelBackend open(Http http, UnaryOperator<String> keys, InstantSource clock) {
      return new OllamaModel(settings, http, clock);
    }
  }

  /// A provider with a protocol of its own, through LangChain4j.
  ///
  /// @param settings whose cards have this backend's name
  record Foreign(String name, Protocol protocol, ProviderSettings settings, String keyName)
      implements ModelSource {
    /// Whose protocol it is.
    public enum Protocol {
      ANTHROPIC,
      GEMINI
    }

    @Override
    public Set<String> hosts() {
      return Set.of(settings.host());
    }

    @Override
    public List<ModelCard> cards() {
      return settings.cards();
    }

    @Override
    public ModelBackend open(Http http, UnaryOperator<String> keys, InstantSource clock) {
      return switch (protocol) {
        case ANTHROPIC ->
            LangChain4jModels.anthropic(settings, http, () -> keys.apply(keyName), clock);
        case GEMINI -> LangChain4jModels.gemini(settings, http, () -> keys.apply(keyName), clock);
      };
    }
  }
}
