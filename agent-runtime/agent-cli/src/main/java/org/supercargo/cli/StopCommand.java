package org.supercargo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.Stop;
import org.supercargo.signer.StopSwitch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "stop",
    description = {
      "Stops signing at once, for one agent or for all, on every network in --data.",
      "It works on the signers' own files, whether the runtime, the store or a signer answers or"
          + " not, and lasts over restarts until \"resume\"."
    })
final class StopCommand implements Callable<Integer> {
  @Mixin Target target = new Target();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "For the record.",
      defaultValue = "")
  String reason = "";

  @Override
  public Integer call() {
    Screen screen = target.options.screen();
    for (Path home : target.homes()) {
      Stop stop =
          target.at(home).engage(target.agent(), System.getProperty("user.name", "?"), reason);
      screen.step("stopped", screen.red("■ ") + target.words() + " in " + home);
      screen.json(
          screen
              .object()
              .put("type", "stopped")
              .put("home", home.toString())
              .put("at", stop.at().toString())
              .put("reason", stop.reason()));
    }
    screen.line(screen.dim("  nothing more is signed; what was signed before may still land"));
    return ExitCode.DONE.status;
  }

  @Command(
      name = "resume",
      description = "Lifts a stop. Intents that were open go on when their agent runs next.")
  static final class Resume implements Callable<Integer> {
    @Mixin Target target = new Target();

    @Override
    public Integer call() {
      Screen screen = target.options.screen();
      for (Path home : target.homes()) {
        boolean stopped = target.at(home).state(target.agent()).isPresent();
        target.at(home).release(target.agent());
        if (stopped) {
          screen.step("resumed", target.words() + " in " + home);
        }
        screen.json(
            screen
                .object()
                .put("type", "resumed")
                .put("home", home.toString())
                .put("wasStopped", stopped));
      }
      return ExitCode.DONE.status;
    }
  }

  /// Whom it is about.
  static final class Target {
    @Mixin CommonOptions options = new CommonOptions();

    @Parameters(paramLabel = "AGENT", arity = "0..1", description = "The agent's name.")
    @Nullable String name;

    @Option(names = "--all", description = "Every agent.")
    boolean all;

    Optional<AgentId> agent() {
      if (all == (name != null)) {
        throw SupercargoException.user("It is not clear what to stop", "Name an agent, or --all.");
      }
      return Optional.ofNullable(name).map(AgentId::new);
    }

    String words() {
      return agent().map(agent -> "agent " + agent).orElse("everything");
    }

    StopSwitch at(Path home) {
      return new StopSwitch(home, new DomainJson(), InstantSource.system());
    }

    /// The homes of all signers below the data directory.
    List<Path> homes() {
      agent();
      Path data = options.dataDirectory();
      try (Stream<Path> networks = Files.list(data)) {
        List<Path> homes =
            networks
                .map(network -> network.resolve("signer"))
                .filter(Files::isDirectory)
                .sorted()
                .toList();
        if (!homes.isEmpty()) {
          return homes;
        }
      } catch (IOException e) {
        throw SupercargoException.user(
            "The data in " + data + " cannot be read: " + e.getMessage(), "Name it with --data.");
      }
      throw SupercargoException.user(
          "There is no signer below " + data, "Name the directory of the agents with --data.");
    }
  }
}
