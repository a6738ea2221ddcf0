package org.supercargo.cli.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;
import org.supercargo.http.cassette.Cassette;
import org.supercargo.http.cassette.RecordedModel;
import org.supercargo.http.cassette.ReplayingHttp;
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

  ModelBackend open(Http http, Credentials credentials, InstantSource clock);

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
    public ModelBackend open(Http http, Credentials credentials, InstantSource clock) {
      return new OfflineModel();
    }
  }

  /// A provider with the chat completions protocol.
  ///
  /// @param wallet the chain of the wallet that it is asked and paid with; null for a key
  record Completions(Dialect dialect, @Nullable ChainId wallet) implements ModelSource {
    public Completions(Dialect dialect) {
      this(dialect, null);
    }

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
    public ModelBackend open(Http http, Credentials credentials, InstantSource clock) {
      return new OpenAiCompatibleModel(dialect, http, () -> secret(credentials), clock);
    }

    private String secret(Credentials credentials) {
      return wallet == null
          ? credentials.key(keyName())
          : credentials.proof(wallet, endpoint().baseUrl());
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
    public ModelBackend open(Http http, Credentials credentials, InstantSource clock) {
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
    public ModelBackend open(Http http, Credentials credentials, InstantSource clock) {
      return switch (protocol) {
        case ANTHROPIC ->
            LangChain4jModels.anthropic(settings, http, () -> credentials.key(keyName), clock);
        case GEMINI ->
            LangChain4jModels.gemini(settings, http, () -> credentials.key(keyName), clock);
      };
    }
  }

  /// A recorded session with any of the others: its own adapter, without its network and its key.
  ///
  /// @param provider whose session it was
  /// @param cassette the file; read when the backend is opened
  record Recorded(ModelSource provider, Path cassette) implements ModelSource {
    /// Adapters want a key that can be sent; this one goes nowhere.
    private static final String NO_KEY = "no-key-needed";

    private static final Credentials NOBODY =
        new Credentials() {
          @Override
          public String key(String variable) {
            return NO_KEY;
          }

          @Override
          public String proof(ChainId wallet, URI at) {
            return NO_KEY;
          }
        };

    @Override
    public String name() {
      return provider.name();
    }

    @Override
    public Set<String> hosts() {
      return Set.of();
    }

    @Override
    public List<ModelCard> cards() {
      return provider.cards();
    }

    @Override
    public String keyName() {
      return "";
    }

    @Override
    public ModelBackend open(Http http, Credentials credentials, InstantSource clock) {
      return open(new ReplayingHttp(Cassette.read(cassette)));
    }

    /// @param replay of this cassette, which backends of one session share
    public ModelBackend open(ReplayingHttp replay) {
      return new RecordedModel(replay, (http, clock) -> provider.open(http, NOBODY, clock));
    }
  }
}
