package org.supercargo.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running local Solana and local Base, with a faucet. Closing it stops both chains; so does the
/// death of this process, because the chains' own standard input then ends.
public final class Devnet implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_DEADLINE = Duration.ofSeconds(90);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(8);
  private static final Duration FAUCET_DEADLINE = Duration.ofSeconds(20);

  private final @Nullable Process process;
  private final JsonNode ready;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Devnet(@Nullable Process process, JsonNode ready) {
    this.process = process;
    this.ready = ready;
  }

  /// Which ports to use and how fast blocks become final.
  ///
  /// @param randomPorts take free ports instead of 8899, 8900, 8545 and 8901
  /// @param finalitySlots slots until a Solana block counts as final, 1 to 32
  public record Options(boolean randomPorts, int finalitySlots) {
    /// Free ports and quick finality, for tests and demonstrations.
    public static final Options PRIVATE = new Options(true, 4);

    public Options {
      if (finalitySlots < 1 || finalitySlots > 32) {
        throw new IllegalArgumentException("finality takes 1 to 32 slots");
      }
    }
  }

  /// Installs what is missing, starts both chains and waits until they answer.
  ///
  /// @throws DevnetException saying what to do when Node.js is missing, a port is taken, or the
  ///   chains do not come up within 90 seconds
  public static Devnet start(Options options, Consumer<String> progress) {
    NodeInstallation installation = NodeInstallation.find();
    installation.install(progress);
    progress.accept("Starting a local Solana and a local Base");
    var command = new ArrayList<>(List.of("node", "src/main.mjs", "--json", "--stop-on-stdin-eof"));
    if (options.randomPorts()) {
      command.add("--random-ports");
    }
    command.addAll(List.of("--finality-slots", Integer.toString(options.finalitySlots())));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(installation.folder().toFile())
              .redirectError(ProcessBuilder.Redirect.PIPE)
              .start();
      return new Devnet(process, awaitReady(process));
    } catch (IOException e) {
      throw new DevnetException("The local chains could not be started", e);
    }
  }

  /// Connects to a devnet that someone else started.
  ///
  /// @return null when no faucet answers there
  public static @Nullable Devnet connect(URI faucet) {
    try {
      HttpResponse<String> reply =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(2))
              .build()
              .send(
                  HttpRequest.newBuilder(faucet.resolve("/info"))
                      .timeout(Duration.ofSeconds(3))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      JsonNode info = JSON.readTree(reply.body());
      return info.path("ready").asBoolean() ? new Devnet(null, info) : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static JsonNode awaitReady(Process process) throws IOException {
    var errors = new ConcurrentLinkedQueue<String>();
    drainAside(process.errorReader(StandardCharsets.UTF_8), errors);
    var watchdog =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(START_DEADLINE);
                process.destroyForcibly();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    watchdog.interrupt();
    if (line == null) {
      process.destroyForcibly();
      throw new DevnetException(
          "The local chains did not start:\n" + String.join("\n", errors), null);
    }
    drainAside(output, new ConcurrentLinkedQueue<>());
    return JSON.readTree(line);
  }

  /// On a platform thread: a read from a pipe would keep a virtual one's carrier for as long as the
  /// process lives.
  private static void drainAside(BufferedReader reader, Queue<String> into) {
    Thread.ofPlatform().daemon().name("devnet output").start(() -> drain(reader, into));
  }

  private static void drain(BufferedReader reader, Queue<String> into) {
    try (reader) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (into.size() < 200) {
          into.add(line);
        }
      }
    } catch (IOException e) {
      into.add("(output ended: " + e.getMessage() + ")");
    }
  }

  public URI solanaRpc() {
    return URI.create(ready.at("/solana/rpc").asText());
  }

  public URI solanaWebSocket() {
    return URI.create(ready.at("/solana/ws").asText());
  }

  public URI baseRpc() {
    return URI.create(ready.at("/base/rpc").asText());
  }

  public URI faucet() {
    return URI.create(ready.at("/faucet").asText());
  }

  /// Names with their address on `solana` or `base`.
  public Map<String, String> names(String chain) {
    var names = new LinkedHashMap<String, String>();
    ready
        .path("names")
        .properties()
        .forEach(entry -> names.put(entry.getKey(), entry.getValue().path(chain).asText()));
    return names;
  }

  /// Token addresses by symbol on `solana` or `base`.
  public Map<String, String> tokens(String chain) {
    var tokens = new LinkedHashMap<String, String>();
    ready
        .path("tokens")
        .path(chain)
        .properties()
        .forEach(entry -> tokens.put(entry.getKey(), entry.getValue().asText()));
    return tokens;
  }

  /// The line the chains printed when they were ready, as JSON.
  public String description() {
    return ready.toString();
  }

  /// Gives `address` base units of an asset out of nothing.
  ///
  /// @param chain `solana` or `base`
  /// @param asset a symbol such as `USDC`, or a token's address
  public void fund(String chain, String address, String asset, BigInteger baseUnits) {
    String body =
        JSON.createObjectNode()
            .put("chain", chain)
            .put("address", address)
            .put("asset", asset)
            .put("baseUnits", baseUnits.toString())
            .toString();
    try {
      HttpResponse<String> reply =
          http.send(
              HttpRequest.newBuilder(faucet().resolve("/fund"))
                  .timeout(FAUCET_DEADLINE)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() != 200) {
        throw new DevnetException("The faucet refused " + body + ": " + reply.body(), null);
      }
    } catch (IOException e) {
      throw new DevnetException("The faucet at " + faucet() + " did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevnetException("Interrupted while funding", e);
    }
  }

  /// Waits until the chains end by themselves, for whoever shows them in the foreground.
  public void await() throws InterruptedException {
    if (process != null) {
      process.waitFor();
    }
  }

  @Override
  public void close() {
    http.close();
    if (process == null) {
      return;
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
    } catch (IOException | TimeoutException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
