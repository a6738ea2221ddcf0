package org.supercargo.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.supercargo.api.SupercargoException;

/// Where Supercargo itself is: the checkout or unpacked distribution, and the Java that runs it.
record Installation(Path home, Path java) {
  static Installation find() {
    String named = System.getProperty("supercargo.home", System.getenv("SUPERCARGO_HOME"));
    Path start = (named == null ? Path.of("") : Path.of(named)).toAbsolutePath().normalize();
    for (Path candidate = start; candidate != null; candidate = candidate.getParent()) {
      if (Files.isDirectory(candidate.resolve("agent-runtime"))
          && Files.isDirectory(candidate.resolve("deploy"))) {
        return new Installation(candidate, Path.of(System.getProperty("java.home"), "bin", "java"));
      }
    }
    throw SupercargoException.user(
        "Supercargo's own files were not found in or above " + start,
        "Start it with the supercargo launcher, or set SUPERCARGO_HOME.");
  }

  /// The signer's own class path, apart from this process's.
  Path signerJars() {
    Path jars =
        home.resolve("agent-runtime").resolve("agent-signer").resolve("target").resolve("app");
    if (!Files.isDirectory(jars)) {
      throw SupercargoException.user(
          "The signer is not built: " + jars + " is missing", "Run mvn -DskipTests package.");
    }
    return jars;
  }

  /// What a signer is started with: its own jars, and those that reach keys elsewhere only if one
  /// of its keys is elsewhere.
  ///
  /// @param signerHome of the signer
  String signerClassPath(Path signerHome) {
    return linksKeys(signerHome) ? signerClassPathForLinks() : plain(signerJars());
  }

  /// With the jars that reach keys elsewhere.
  String signerClassPathForLinks() {
    Path elsewhere =
        home.resolve("agent-runtime").resolve("agent-signer-kms").resolve("target").resolve("app");
    if (!Files.isDirectory(elsewhere)) {
      throw SupercargoException.user(
          "What reaches keys elsewhere is not built: " + elsewhere + " is missing",
          "Run mvn -DskipTests package.");
    }
    return plain(signerJars()) + File.pathSeparator + plain(elsewhere);
  }

  private static String plain(Path jars) {
    return jars.resolve("*").toString();
  }

  private static boolean linksKeys(Path signerHome) {
    Path keys = signerHome.resolve("keys");
    if (!Files.isDirectory(keys)) {
      return false;
    }
    try (DirectoryStream<Path> links = Files.newDirectoryStream(keys, "*.link.json")) {
      return links.iterator().hasNext();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path examples() {
    return home.resolve("examples");
  }
}
