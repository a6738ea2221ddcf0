package org.supercargo.plugin.ollama;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.model.Ability;

/// Reads which models an Ollama server has and what they can do.
///
/// Source: [list models](https://docs.ollama.com/api/tags), [show a
/// model](https://docs.ollama.com/api-reference/show-model-details).
public final class OllamaCatalogue {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int MOST_MODELS = 1000;

  private final URI server;
  private final Http http;

  public OllamaCatalogue(URI server, Http http) {
    this.server = requireNonNull(server, "server is null");
    this.http = requireNonNull(http, "http is null");
  }

  /// The models that can chat, in the server's order.
  ///
  /// @param mostContext tokens of context that memory is given for; a model with less keeps less
  /// @throws SupercargoException of category EXTERNAL when the server does not answer as published
  public List<LocalModel> read(int mostContext) {
    ObjectNode tags = ask("GET", "/api/tags", "");
    List<LocalModel> models = new ArrayList<>();
    for (JsonNode tag : tags.path("models")) {
      String name = Json.text(tag.path("name"));
      if (!name.isEmpty() && models.size() < MOST_MODELS) {
        String question = Json.write(Json.object().put("model", name));
        model(name, tag, ask("POST", "/api/show", question), mostContext).ifPresent(models::add);
      }
    }
    return models;
  }

  private static Optional<LocalModel> model(
      String name, JsonNode tag, ObjectNode shown, int mostContext) {
    Set<String> said = new java.util.HashSet<>();
    shown.path("capabilities").forEach(capability -> said.add(Json.text(capability)));
    if (!said.contains("completion")) {
      return Optional.empty();
    }
    Set<Ability> abilities = EnumSet.of(Ability.JSON);
    if (said.contains("tools")) {
      abilities.add(Ability.ACTIONS);
    }
    if (said.contains("thinking")) {
      abilities.add(Ability.THINKING);
    }
    if (said.contains("vision")) {
      abilities.add(Ability.VISION);
    }
    JsonNode info = shown.path("model_info");
    String architecture = Json.text(info.path("general.architecture"));
    int own = info.path(architecture + ".context_length").asInt(mostContext);
    int context = Math.clamp(own, 1, mostContext);
    boolean remote =
        tag.has("remote_host") || shown.has("remote_host") || LocalModel.of(name, 1).remote();
    return Optional.of(new LocalModel(name, context, context, abilities, remote));
  }

  private ObjectNode ask(String method, String path, String body) {
    HttpReply reply =
        http.send(
            new HttpRequest(
                method,
                server.resolve(path),
                Map.of("Content-Type", "application/json"),
                Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
                DEADLINE,
                true));
    Optional<ObjectNode> answer = Json.readObject(reply.text());
    if (reply.status() != 200 || answer.isEmpty()) {
      throw SupercargoException.external(
          "Ollama answered " + path + " with status " + reply.status() + " and not as published",
          "See whether " + server.getAuthority() + " is an Ollama server of this year.",
          null);
    }
    return answer.get();
  }
}
