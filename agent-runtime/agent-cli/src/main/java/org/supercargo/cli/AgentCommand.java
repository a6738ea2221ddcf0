package org.supercargo.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Asset;
import org.supercargo.engine.Alarms;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.store.AgentStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "agent",
    description = "Shows agents, and holds them to scenarios.",
    subcommands = {
      AgentCommand.ListAgents.class,
      AgentCommand.Show.class,
      EvalCommand.class,
      AgentCommand.ClearAlarm.class
    })
final class AgentCommand {

  @Command(name = "list", description = "Agents that have run, with their runs and open intents.")
  static final class ListAgents implements Callable<Integer> {
    @Mixin ReadingOptions options = new ReadingOptions();

    @Override
    public Integer call() {
      Screen screen = options.screen();
      try (AgentStore store = options.store()) {
        var rows = new ArrayList<List<String>>();
        for (AgentId agent : store.agents()) {
          long runs = store.read(view -> view.lastTick(agent));
          int open = store.read(view -> view.openIntents(agent)).size();
          String alarm = store.read(view -> view.alarm(agent)).orElse("");
          rows.add(
              List.of(
                  agent.value(),
                  Long.toString(runs),
                  Integer.toString(open),
                  alarm.isEmpty() ? "" : screen.red(alarm)));
          screen.json(
              screen
                  .object()
                  .put("type", "agent")
                  .put("agent", agent.value())
                  .put("runs", runs)
                  .put("openIntents", open)
                  .put("alarm", alarm));
        }
        screen.table(List.of("agent", "runs", "open intents", "alarm"), rows, List.of(1, 2));
      }
      return ExitCode.DONE.status;
    }
  }

  @Command(name = "show", description = "Reads an agent file and says what it means.")
  static final class Show implements Callable<Integer> {
    @Mixin CommonOptions options = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "The agent file.")
    @Nullable Path file;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      AgentFile agent = AgentFile.read(Objects.requireNonNull(file), Codecs.ALL);
      AgentSpec spec = agent.spec();
      screen.line(screen.bold(spec.id().value()) + "  " + spec.purpose());
      screen.step("file", "sha256 " + agent.digest());
      String model = Models.words(Models.of(options).settle(null, spec.model()));
      screen.step("model", model);
      screen.step("plugins", String.join(", ", spec.plugins()));
      new AgentWords(spec).tell(screen::step);
      spec.wallets()
          .forEach((chain, key) -> screen.step("wallet", chain.name() + " key \"" + key + "\""));
      screen.step(
          "assets",
          spec.assets().stream()
              .map(asset -> asset.symbol() + " (" + asset.chain().name() + ")")
              .collect(Collectors.joining(", ")));
      spec.addressBook()
          .entries()
          .forEach((name, addresses) ->
              addresses.forEach(address ->
                  screen.step("payee", name + " on " + address.chain().name() + "  " + address)));
      new MandateWords(spec).lines().forEach(line -> screen.step("mandate", line));
      screen.json(
          screen
              .object()
              .put("type", "agent")
              .put("agent", spec.id().value())
              .put("digest", agent.digest())
              .put("model", model)
              .set("assets", screen.domain().tree(spec.assets().stream().map(Asset::id).toList())));
      return ExitCode.DONE.status;
    }
  }

  @Command(
      name = "clear-alarm",
      description = {
        "Lets an agent go on after its owner has found out why value was missing.",
        "See what the alarm says with \"agent list\"."
      })
  static final class ClearAlarm implements Callable<Integer> {
    @Mixin ReadingOptions options = new ReadingOptions();

    @Parameters(paramLabel = "AGENT", description = "The agent's name.")
    @Nullable String agent;

    @Option(
        names = "--note",
        paramLabel = "TEXT",
        required = true,
        description = "What was found, for the journal.")
    @Nullable String note;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      var id = new AgentId(Objects.requireNonNull(agent));
      try (AgentStore store = options.store()) {
        String alarm =
            store
                .read(view -> view.alarm(id))
                .orElseThrow(() ->
                    SupercargoException.user(
                        "The agent " + id + " has no alarm", "There is nothing to clear."));
        new Alarms(store, InstantSource.system()).clear(id, Objects.requireNonNull(note));
        screen.step("cleared", alarm);
        screen.json(
            screen
                .object()
                .put("type", "alarm-cleared")
                .put("agent", id.value())
                .put("alarm", alarm));
      }
      return ExitCode.DONE.status;
    }
  }
}
