package org.supercargo.plugin.ollama;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.supercargo.api.SupercargoException;

/// One Ollama server.
///
/// @param name of the backend in agent files
/// @param server its address without a path
/// @param models at least one, the default first
/// @param deadline bound on one call, loading the model into memory included
/// @param idle how long nothing at all may arrive while a reply streams, loading included
/// @param streamed whether replies are asked for piece by piece
public record OllamaSettings(
    String name,
    URI server,
    List<LocalModel> models,
    Duration deadline,
    Duration idle,
    boolean streamed) {
  /// Source: [introduction](https://docs.ollama.com/api/introduction).
  public static final URI USUAL_SERVER = URI.create("http://127.0.0.1:11434");

  public OllamaSettings {
    requireNonNull(name, "name is null");
    models = List.copyOf(models);
    requirePositive(deadline, "deadline");
    requirePositive(idle, "idle");
    if (models.isEmpty()) {
      throw SupercargoException.user(
          "The Ollama server " + name + " has no models", "Configure at least one.");
    }
    boolean http = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
    if (!http
        || server.getHost() == null
        || server.getUserInfo() != null
        || server.getQuery() != null
        || !server.getPath().matches("/?")) {
      throw SupercargoException.user(
          "The address of the Ollama server " + name + " is not one",
          "Write http or https, a host and a port, such as " + USUAL_SERVER + ".");
    }
  }

  private static void requirePositive(Duration duration, String what) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " must be positive");
    }
  }

  /// Ollama on this machine, as it is installed.
  public static OllamaSettings local(List<LocalModel> models) {
    return new OllamaSettings(
        "ollama", USUAL_SERVER, models, Duration.ofMinutes(10), Duration.ofMinutes(3), true);
  }

  public OllamaSettings withServer(URI address) {
    return new OllamaSettings(name, address, models, deadline, idle, streamed);
  }

  public OllamaSettings withName(String backend) {
    return new OllamaSettings(backend, server, models, deadline, idle, streamed);
  }

  public OllamaSettings withTimes(Duration whole, Duration silence) {
    return new OllamaSettings(name, server, models, whole, silence, streamed);
  }

  public OllamaSettings withStreaming(boolean wanted) {
    return new OllamaSettings(name, server, models, deadline, idle, wanted);
  }

  /// What has to be on the allow-list of the transport.
  public String host() {
    return server.getAuthority();
  }

  URI path(String path) {
    return server.resolve(path);
  }
}
