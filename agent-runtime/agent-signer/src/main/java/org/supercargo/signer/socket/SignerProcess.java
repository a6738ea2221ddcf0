package org.supercargo.signer.socket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.SignerMain;

/// A signer that runs as a child of this process and ends with it, however this process ends.
///
/// The child gets no environment but PATH, LANG and TMPDIR, cannot be attached to, leaves no heap
/// dump, core or crash report behind, and makes no file that others may open. Where the system has
/// `setsid` it is in a session of its own: an interrupt at the terminal reaches this process alone,
/// which ends the signer in good order by closing its input.
public final class SignerProcess implements AutoCloseable {
  private static final List<String> ENVIRONMENT = List.of("PATH", "LANG", "TMPDIR");
  private static final List<String> FLAGS =
      List.of(
          "-Xmx128m",
          "-Xshare:auto",
          "-XX:+UseSerialGC",
          "-XX:+DisableAttachMechanism",
          "-XX:-UsePerfData",
          "-XX:-HeapDumpOnOutOfMemoryError",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:+SuppressFatalErrorMessage");

  /// A longer log takes longer to verify than the second compiler takes to start.
  private static final long LONG_LOG = 32 << 20;

  // $0 is the name in complaints of the shell.
  private static final List<String> LAUNCHER =
      List.of(
          "/bin/sh",
          "-c",
          "ulimit -c 0; umask 077; unset PWD OLDPWD SHLVL;"
              + " command -v setsid >/dev/null 2>&1 && exec setsid \"$@\"; exec \"$@\"",
          "signer");
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final Process process;

  private SignerProcess(Process process) {
    this.process = process;
  }

  /// What to start.
  ///
  /// @param java the `java` executable
  /// @param classPath of the signer alone, such as `lib/signer/*`
  /// @param home the signer's home
  /// @param socket where it will listen
  /// @param agents the owner's agent files
  /// @param createMissingKeys whether keys that agents name are made when there are none; meant for
  ///   local chains
  /// @param patience how long the start may take
  public record Settings(
      Path java,
      String classPath,
      Path home,
      Path socket,
      List<Path> agents,
      boolean createMissingKeys,
      Duration patience) {
    public Settings {
      agents = List.copyOf(agents);
    }

    private List<String> command() {
      var command = new ArrayList<>(LAUNCHER);
      command.add(java.toString());
      command.addAll(FLAGS);
      if (home.resolve("signatures.log").toFile().length() < LONG_LOG) {
        command.add("-XX:TieredStopAtLevel=1");
      }
      command.addAll(List.of("-cp", classPath, SignerMain.class.getName(), "serve"));
      command.addAll(List.of("--home", home.toString(), "--socket", socket.toString()));
      agents.forEach(file -> command.addAll(List.of("--agent", file.toString())));
      if (createMissingKeys) {
        command.add("--create-missing-keys");
      }
      command.add("--until-stdin-closes");
      return command;
    }
  }

  /// Starts a signer and waits until it serves.
  ///
  /// @param notices gets each line the signer tells its operator, as long as it runs
  /// @throws SupercargoException of category USER with the signer's own complaint if it ends at
  ///   once; of category EXTERNAL if it does not start in time
  public static SignerProcess start(Settings settings, Consumer<String> notices) {
    requireExecutable(settings.java());
    var builder = new ProcessBuilder(settings.command());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(ENVIRONMENT);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The signer cannot be started: " + e.getMessage(),
          "Check that there is a /bin/sh.",
          e);
    }
    var complaints = new ArrayBlockingQueue<String>(1);
    Thread errors = Thread.ofVirtual().start(() -> errors(process, complaints, notices));
    var ready = new ArrayBlockingQueue<Optional<String>>(1);
    Thread.ofVirtual().start(() -> output(process, ready, notices));
    boolean started = false;
    try {
      Optional<String> first = ready.poll(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
      if (first == null) {
        throw SupercargoException.external(
            "The signer did not start within " + settings.patience().toSeconds() + " s",
            "Look at what it printed, and at the load of the machine.",
            null);
      }
      if (first.isEmpty()) {
        errors.join(STOPPING);
        String complaint = complaints.poll();
        throw SupercargoException.user(
            "The signer did not start"
                + (complaint == null ? "" : ": " + complaint.replaceFirst("\\.$", "")),
            "");
      }
      started = true;
      return new SignerProcess(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SupercargoException.transientFailure("The start of the signer was interrupted", "", e);
    } finally {
      if (!started) {
        process.destroyForcibly();
      }
    }
  }

  private static void output(
      Process process, BlockingQueue<Optional<String>> ready, Consumer<String> notices) {
    boolean told = false;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!told && line.startsWith(SignerMain.READY)) {
          told = ready.offer(Optional.of(line));
        } else {
          notices.accept(line);
        }
      }
    } catch (IOException e) {
      // The process is gone, which is what the next line says.
    }
    ready.offer(Optional.empty());
  }

  /// Keeps the first line, in which a signer that does not start says why.
  private static void errors(
      Process process, BlockingQueue<String> complaints, Consumer<String> notices) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      reader
          .lines()
          .forEach(line -> {
            complaints.offer(line);
            notices.accept(line);
          });
    } catch (IOException | UncheckedIOException e) {
      // The process is gone.
    }
  }

  private static void requireExecutable(Path java) {
    if (!Files.isExecutable(java)) {
      throw SupercargoException.user(
          "The signer cannot be started: " + java + " is no program",
          "Check the path of the java executable.");
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /// Ends the signer, which removes its socket, and waits for its end.
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Already closed or already gone.
    }
    boolean interrupted = false;
    try {
      if (process.waitFor(STOPPING)) {
        return;
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    process.destroyForcibly();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
