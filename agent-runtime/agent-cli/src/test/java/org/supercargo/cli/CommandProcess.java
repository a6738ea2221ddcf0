package org.supercargo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The real command in a process of its own, as the launcher starts it.
final class CommandProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration DEADLINE = Duration.ofMinutes(4);

  private final Process process;
  private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
  private final List<Thread> readers;

  private CommandProcess(Process process) {
    this.process = process;
    this.readers =
        List.of(
            reader(process.inputReader(StandardCharsets.UTF_8), output),
            reader(process.errorReader(StandardCharsets.UTF_8), errors));
  }

  /// What a finished command left.
  record Finished(int status, String output, String errors) {
    /// The JSON documents it printed, one a line.
    List<JsonNode> documents() {
      return output
          .lines()
          .filter(line -> line.startsWith("{"))
          .map(CommandProcess::parse)
          .toList();
    }

    Stream<JsonNode> documents(String type) {
      return documents().stream().filter(each -> each.path("type").asText().equals(type));
    }

    /// Journal events of one type.
    List<JsonNode> events(String type) {
      return documents().stream()
          .map(each -> each.path("event"))
          .filter(each -> each.path("type").asText().equals(type))
          .toList();
    }

    String story() {
      return "status " + status + "\n" + output + "\n" + errors;
    }
  }

  static CommandProcess start(Map<String, String> environment, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dsupercargo.home=" + home(),
                "-Dstdout.encoding=UTF-8",
                "-cp",
                home().resolve("agent-runtime/agent-cli/target/app").resolve("*").toString(),
                "org.supercargo.cli.Supercargo"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("SUPERCARGO_") || name.startsWith("DEEPSEEK_"));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new CommandProcess(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Finished run(Map<String, String> environment, String... arguments) {
    try (CommandProcess command = start(environment, arguments)) {
      return command.finish();
    }
  }

  static Path home() {
    return Path.of(System.getProperty("supercargo.home"));
  }

  long id() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Ends it as `kill -9` does and waits until it is gone.
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  boolean printed(Predicate<String> line) {
    return output.stream().anyMatch(line);
  }

  /// Waits for a line of output, or for the end.
  @Nullable String await(Predicate<String> line) {
    long until = System.nanoTime() + DEADLINE.toNanos();
    while (System.nanoTime() < until) {
      boolean over = !process.isAlive();
      for (String each : output) {
        if (line.test(each)) {
          return each;
        }
      }
      if (over) {
        return null;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return null;
  }

  /// Waits at most this long for the end.
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Finished finish() {
    if (!endsWithin(DEADLINE)) {
      kill();
      throw new AssertionError(
          "The command did not end within "
              + DEADLINE
              + ":\n"
              + String.join("\n", output)
              + "\n"
              + String.join("\n", errors));
    }
    try {
      for (Thread reader : readers) {
        reader.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Finished(process.exitValue(), String.join("\n", output), String.join("\n", errors));
  }

  private static Thread reader(BufferedReader from, ConcurrentLinkedQueue<String> into) {
    return Thread.ofVirtual()
        .start(() -> {
          try (from) {
            from.lines().forEach(into::add);
          } catch (UncheckedIOException | IOException e) {
            into.add("(output ended)");
          }
        });
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
