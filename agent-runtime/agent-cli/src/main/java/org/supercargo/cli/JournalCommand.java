package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.engine.Journal;
import org.supercargo.engine.Replay;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.KnownAssets;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.http.OkHttpTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "journal",
    description = "Everything an agent did: show it, verify it, replay it.",
    subcommands = {
      JournalCommand.Show.class,
      JournalCommand.Verify.class,
      JournalCommand.ReplayTicks.class
    })
final class JournalCommand {

  @Command(name = "show", description = "Prints an agent's journal.")
  static final class Show implements Callable<Integer> {
    @Mixin ReadingOptions options = new ReadingOptions();

    @Parameters(paramLabel = "AGENT", description = "The agent's name.")
    @Nullable String agent;

    @Option(names = "--run", paramLabel = "N", description = "Only this run.")
    @Nullable Long run;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      var id = new AgentId(Objects.requireNonNull(agent));
      try (AgentStore store = options.store()) {
        var timeline = new Timeline(screen, KnownAssets.ALL, AddressBook.EMPTY);
        List<JournalRecord> records =
            JournalReader.records(store, id).stream()
                .filter(record -> run == null || record.tick() == run)
                .toList();
        requireSome(records, id);
        for (JournalRecord record : records) {
          if (screen.isJson()) {
            screen.json((ObjectNode) screen.domain().tree(record));
          } else {
            screen.line(
                screen.dim(
                    "%5d  %s  run %d  %s  %s"
                        .formatted(
                            record.sequence(),
                            record.at(),
                            record.tick(),
                            record.hash().substring(0, 12),
                            record.event().getClass().getSimpleName())));
            timeline.show(record.event());
          }
        }
      }
      return ExitCode.DONE.status;
    }
  }

  private static void requireSome(List<JournalRecord> records, AgentId agent) {
    if (records.isEmpty()) {
      throw SupercargoException.user(
          "There is no journal of " + agent + " here",
          "See ./supercargo agent list, or name another --data or --network.");
    }
  }

  @Command(
      name = "verify",
      description = "Recomputes the hash chain. Any changed, missing or inserted byte is found.")
  static final class Verify implements Callable<Integer> {
    @Mixin ReadingOptions options = new ReadingOptions();

    @Parameters(paramLabel = "AGENT", description = "The agent's name.")
    @Nullable String agent;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      var id = new AgentId(Objects.requireNonNull(agent));
      try (AgentStore store = options.store()) {
        Journal.Verification found = store.read(view -> JournalReader.journal().verify(view, id));
        if (found.records() == 0 && found.broken().isEmpty()) {
          requireSome(List.of(), id);
        }
        String broken = found.broken().map(Journal.Break::reason).orElse("");
        screen.json(
            screen
                .object()
                .put("type", "verification")
                .put("agent", id.value())
                .put("records", found.records())
                .put("head", found.head())
                .put("intact", broken.isEmpty())
                .put("broken", broken));
        screen.line(
            broken.isEmpty()
                ? screen.green("✓ ")
                    + found.records()
                    + " records hang together; head "
                    + found.head()
                : screen.red("✗ ")
                    + broken
                    + "; "
                    + found.records()
                    + " records before it are intact");
        return broken.isEmpty() ? ExitCode.DONE.status : ExitCode.DIFFERENT.status;
      }
    }
  }

  @Command(
      name = "replay",
      description = {
        "Runs every recorded tick again from the journal alone, without model, signer or network,",
        "and compares each decision with the recorded one."
      })
  static final class ReplayTicks implements Callable<Integer> {
    @Mixin ReadingOptions options = new ReadingOptions();

    @Parameters(paramLabel = "FILE", description = "The agent file the journal was made with.")
    @Nullable Path file;

    @Override
    public Integer call() {
      Screen screen = options.screen();
      AgentFile agent = AgentFile.read(Objects.requireNonNull(file), Codecs.ALL);
      // No host is granted: a replay that reached for the network would fail, not reach it.
      try (AgentStore store = options.store();
          var http = new OkHttpTransport(Set.of())) {
        List<Replay.TickReplay> replays =
            new Replay(agent, OfflineWiring.of(agent.spec(), store, http)).all();
        boolean same = !replays.isEmpty();
        for (Replay.TickReplay replay : replays) {
          same &= replay.isIdentical();
          screen.json(
              screen
                  .object()
                  .put("type", "replay")
                  .put("tick", replay.tick().toString())
                  .put("events", replay.events())
                  .put("identical", replay.isIdentical())
                  .put("difference", replay.difference()));
          screen.line(
              (replay.isIdentical() ? screen.green("✓ ") : screen.red("✗ "))
                  + "run "
                  + replay.tick().number()
                  + ", "
                  + replay.events()
                  + " events"
                  + (replay.isIdentical()
                      ? ", every decision the same"
                      : ": " + replay.difference())
                  + screen.dim("  " + replay.goal()));
        }
        if (replays.isEmpty()) {
          throw SupercargoException.user(
              "There is no run of " + agent.spec().id() + " here", "Run the agent first.");
        }
        return same ? ExitCode.DONE.status : ExitCode.DIFFERENT.status;
      }
    }
  }
}
