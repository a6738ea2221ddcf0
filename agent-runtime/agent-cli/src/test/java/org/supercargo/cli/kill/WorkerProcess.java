package org.supercargo.cli.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A [Worker], or another one that is killed, in a process of its own.
final class WorkerProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private WorkerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// @param settings of the worker, without their common beginning
  /// @param output where it prints
  static WorkerProcess start(Map<String, String> settings, Path output) {
    return start(Worker.class, settings, output);
  }

  /// @param worker whose main method runs
  static WorkerProcess start(Class<?> worker, Map<String, String> settings, Path output) {
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                worker.getName()));
    builder.environment().keySet().removeIf(name -> name.startsWith("SUPERCARGO_"));
    settings.forEach((name, value) -> builder.environment().put("WORKER_" + name, value));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    try {
      return new WorkerProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @return whether it ended within this time
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Ends it as `kill -9` does.
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /// Done when the process has ended, however it did.
  CompletableFuture<Process> end() {
    return process.onExit();
  }

  int status() {
    return process.exitValue();
  }

  String printed() {
    try {
      return Files.readString(output);
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
