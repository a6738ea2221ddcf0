package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.key.PrivateFiles;

/// Stops a signer, or one agent of it, by a file in the signer's home: `stopped`, or
/// `stopped-AGENT`.
///
/// The file is all there is: it works while the signer hangs or does not run, lasts over restarts,
/// and `touch` makes one as well. The signer looks for it when it is asked, when the signature is
/// made, and again before the signature leaves, so that nothing whose last look came after
/// [#engage] has returned gets out; that look and the leaving are one step of microseconds. Ask for
/// the signer's health afterwards: its answer waits for what was under way.
///
/// Whatever is there under that name stops: an empty file, a directory, a link to nowhere, or a
/// file that cannot be looked at.
///
/// Safe for use by several threads and processes.
public final class StopSwitch {
  private static final String NAME = "stopped";
  private static final int LONGEST = 65_536;

  private final Path home;
  private final DomainJson json;
  private final InstantSource clock;

  /// @param home of the signer
  public StopSwitch(Path home, DomainJson json, InstantSource clock) {
    this.home = home;
    this.json = json;
    this.clock = clock;
  }

  /// Stops the signer or one agent, and returns when that outlasts a power failure. One that is
  /// stopped already stays stopped as it was.
  ///
  /// @param agent empty to stop everything
  /// @param by who stops it, for the record
  /// @return the stop that is in force
  /// @throws SupercargoException of category USER if the file cannot be written
  public Stop engage(Optional<AgentId> agent, String by, String reason) {
    PrivateFiles.directory(home);
    var stop = new Stop(agent.orElse(null), by, clock.instant(), reason);
    try {
      PrivateFiles.writeNew(file(agent), (json.writeIndented(stop) + "\n").getBytes(UTF_8));
      return stop;
    } catch (SupercargoException e) {
      // Someone was faster, or the disk is full; an empty file stops as well.
      touch(file(agent));
      return state(agent).orElseThrow(() -> e);
    }
  }

  private static void touch(Path file) {
    try {
      Files.createFile(file, PrivateFiles.FILE);
      PrivateFiles.forceDirectoryOf(file);
    } catch (IOException e) {
      // Whether there is one now is looked up next.
    }
  }

  /// Lifts a stop. Nothing happens if there is none.
  ///
  /// @param agent empty for the stop of everything
  /// @throws SupercargoException of category USER if the file cannot be removed
  public void release(Optional<AgentId> agent) {
    Path file = file(agent);
    try {
      if (Files.deleteIfExists(file)) {
        PrivateFiles.forceDirectoryOf(file);
      }
    } catch (IOException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The stop " + file + " cannot be lifted: " + PrivateFiles.reason(e),
          "Remove it by hand, as the user whose it is.",
          e);
    }
  }

  /// The stop of everything or of one agent, if there is one.
  ///
  /// @param agent empty for the stop of everything
  public Optional<Stop> state(Optional<AgentId> agent) {
    return isEngaged(agent) ? Optional.of(read(agent)) : Optional.empty();
  }

  /// Whether there is a stop of everything or of one agent. Costs one look at the directory.
  boolean isEngaged(Optional<AgentId> agent) {
    // Only what is known not to be there does not stop.
    return !Files.notExists(file(agent), LinkOption.NOFOLLOW_LINKS);
  }

  private Stop read(Optional<AgentId> agent) {
    Path file = file(agent);
    try {
      byte[] content = PrivateFiles.read(file, LONGEST);
      Stop read = json.read(new String(content, UTF_8), Stop.class);
      return new Stop(agent.orElse(null), read.by(), read.at(), read.reason());
    } catch (SupercargoException e) {
      return new Stop(agent.orElse(null), "unknown", changed(file), "there is a file " + file);
    }
  }

  private static Instant changed(Path file) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private Path file(Optional<AgentId> agent) {
    return home.resolve(agent.map(id -> NAME + "-" + id).orElse(NAME));
  }
}
