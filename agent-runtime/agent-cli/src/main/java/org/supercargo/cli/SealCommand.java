package org.supercargo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.Ed25519Key;
import org.supercargo.engine.file.Seal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "seal",
    description = {
      "Signs an agent file with its owner's key.",
      "A file that names an owner counts only with the seal beside it, and never again in an older"
          + " version."
    })
final class SealCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();
  @Mixin ApproverKeys keys = new ApproverKeys();

  @Parameters(paramLabel = "FILE", description = "The agent file.")
  @Nullable Path file;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      required = true,
      description = "The name of the owner's key.")
  @Nullable String name;

  @Option(
      names = "--version-number",
      paramLabel = "N",
      description = "Default: one more than that of the seal beside the file.")
  @Nullable Long version;

  @Override
  public Integer call() {
    Screen screen = options.screen();
    Path path = Objects.requireNonNull(file);
    AgentFile unsealed = AgentFile.readUnsealed(path, Codecs.ALL);
    Ed25519Key owner = owner(path, unsealed);
    Path place = path.resolveSibling(path.getFileName() + Seal.SUFFIX);
    long number = version == null ? Seal.versionBeside(path) + 1 : version;
    Seal seal =
        Seal.make(
            unsealed,
            owner,
            number,
            payload -> keys.sign(options, Objects.requireNonNull(name), payload, screen));
    write(place, seal.json());
    screen.step("sealed", unsealed.spec().id() + ", version " + number + ", in " + place);
    screen.json(
        screen
            .object()
            .put("type", "seal")
            .put("agent", unsealed.spec().id().value())
            .put("version", number)
            .put("sha256", unsealed.digest()));
    return ExitCode.DONE.status;
  }

  private static Ed25519Key owner(Path path, AgentFile file) {
    Ed25519Key owner = file.spec().owner() == null ? null : new Ed25519Key(file.spec().owner());
    if (owner == null) {
      throw SupercargoException.user(
          path + " names no owner",
          "Add \"owner: ed25519:...\" with the key that \"approver list\" shows, then seal it.");
    }
    return owner;
  }

  /// Whole or not at all: half a seal would stop the agent.
  private static void write(Path place, String text) {
    try {
      Path fresh = place.resolveSibling(place.getFileName() + ".new");
      Files.writeString(fresh, text);
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw SupercargoException.user(
          place + " cannot be written: " + e.getMessage(), "Check its directory's permissions.");
    }
  }
}
