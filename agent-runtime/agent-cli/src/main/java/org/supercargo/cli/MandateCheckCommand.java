package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.MandateInspection;
import org.supercargo.engine.file.Warning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows what an agent file allows and its owner hardly means.
@Command(
    name = "check",
    description = {
      "Looks for rules that never apply, bounds that bind nothing, and names and addresses that",
      "are easily mistaken. A file without warnings can still be a bad mandate: test it."
    })
final class MandateCheckCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The agent file.")
  @Nullable Path file;

  @Override
  public Integer call() {
    Screen screen = options.screen();
    AgentFile agent = AgentFile.readUnsealed(Objects.requireNonNull(file), Codecs.ALL);
    List<Warning> warnings = MandateInspection.of(agent, Instant.now());
    for (Warning warning : warnings) {
      screen.line(
          screen.yellow("! ") + agent.name() + ":" + warning.line() + ": " + warning.what() + ".");
      screen.line("  " + warning.advice());
      screen.json(json(screen, agent, warning));
    }
    if (warnings.isEmpty()) {
      screen.line(screen.green("✓ ") + agent.name() + ": no warnings");
    }
    screen.json(
        screen
            .object()
            .put("type", "inspection")
            .put("file", agent.name())
            .put("warnings", warnings.size()));
    return warnings.isEmpty() ? ExitCode.DONE.status : ExitCode.DIFFERENT.status;
  }

  /// Tells whoever runs the agent, who may not have checked its file.
  static void remind(Screen screen, AgentFile agent, Instant now) {
    for (Warning warning : MandateInspection.of(agent, now)) {
      screen.step(
          "mandate", screen.yellow("! ") + "line " + warning.line() + ": " + warning.what() + ".");
      screen.json(json(screen, agent, warning));
    }
  }

  private static ObjectNode json(Screen screen, AgentFile agent, Warning warning) {
    return screen
        .object()
        .put("type", "warning")
        .put("file", agent.name())
        .put("line", warning.line())
        .put("what", warning.what())
        .put("advice", warning.advice());
  }
}
