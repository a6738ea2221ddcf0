package org.supercargo.devnet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The devnet's folder with its npm packages, installed once for each lock file.
record NodeInstallation(Path folder) {
  private static final int OLDEST_NODE = 20;
  private static final Duration INSTALL_DEADLINE = Duration.ofMinutes(10);
  private static final Duration VERSION_DEADLINE = Duration.ofSeconds(20);

  /// Finds `deploy/devnet` in `home`, or above the working directory.
  static NodeInstallation find() {
    String home = System.getProperty("supercargo.home", System.getenv("SUPERCARGO_HOME"));
    Path start = (home == null ? Path.of("") : Path.of(home)).toAbsolutePath();
    for (Path candidate = start; candidate != null; candidate = candidate.getParent()) {
      Path folder = candidate.resolve("deploy").resolve("devnet");
      if (Files.isRegularFile(folder.resolve("package-lock.json"))) {
        return new NodeInstallation(folder);
      }
    }
    throw new DevnetException(
        "deploy/devnet was not found in or above "
            + start
            + ". Run from a Supercargo checkout or set SUPERCARGO_HOME.",
        null);
  }

  /// Installs the packages unless those of this lock file are there already.
  void install(Consumer<String> progress) {
    requireNode();
    Path modules = folder.resolve("node_modules");
    Path marker = modules.resolve(".supercargo-lock");
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".install.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var held = channel.lock()) {
      String wanted = digest(folder.resolve("package-lock.json"));
      if (held.isValid() && Files.exists(marker) && Files.readString(marker).equals(wanted)) {
        return;
      }
      progress.accept("Installing the local chains from npm (once, about 220 MB)");
      run(List.of("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"), INSTALL_DEADLINE);
      Files.writeString(marker, wanted);
    } catch (IOException e) {
      throw new DevnetException("The packages in " + folder + " could not be installed", e);
    }
  }

  private void requireNode() {
    String version = run(List.of("node", "--version"), VERSION_DEADLINE).strip();
    int major;
    try {
      major = Integer.parseInt(version.substring(1).split("\\.", 2)[0]);
    } catch (RuntimeException e) {
      throw new DevnetException("\"node --version\" printed " + version, e);
    }
    if (major < OLDEST_NODE) {
      throw new DevnetException(
          "The local chains need Node.js " + OLDEST_NODE + " or newer; this is " + version, null);
    }
  }

  private String run(List<String> command, Duration deadline) {
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new DevnetException(
          command.getFirst()
              + " was not found. The local chains need Node.js "
              + OLDEST_NODE
              + " or newer with npm; install it and put it on the PATH.",
          e);
    }
    try (InputStream output = process.getInputStream()) {
      process.getOutputStream().close();
      var killer = Thread.ofVirtual().start(() -> killAfter(process, deadline));
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      killer.interrupt();
      if (status != 0) {
        throw new DevnetException(
            "\"" + String.join(" ", command) + "\" in " + folder + " failed:\n" + text, null);
      }
      return text;
    } catch (IOException e) {
      throw new DevnetException("\"" + String.join(" ", command) + "\" failed", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new DevnetException("Interrupted while waiting for " + command.getFirst(), e);
    }
  }

  private static void killAfter(Process process, Duration deadline) {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String digest(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
