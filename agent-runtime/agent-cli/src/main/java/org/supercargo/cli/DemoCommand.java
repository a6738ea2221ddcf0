package org.supercargo.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.devnet.Devnet;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.Journal;
import org.supercargo.engine.Replay;
import org.supercargo.engine.TickReport;
import org.supercargo.engine.Wiring;
import org.supercargo.http.OkHttpTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description = {
      "Tells the story of one agent in a minute, on real local chains.",
      "It pays two suppliers, buys gas, is asked to pay a stranger and is refused; its books agree."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  private record Scene(String title, String goal, Outcome expected) {}

  @Override
  public Integer call() {
    long began = System.nanoTime();
    Screen screen = options.screen();
    Path file = Installation.find().examples().resolve("treasurer.yaml");
    screen.line(screen.bold("Supercargo demo"));
    screen.line(
        "  An agent with 2 SOL and 50 USDC pays two suppliers. Its planner proposes; its mandate disposes;");
    screen.line(
        "  a separate process holds the keys. Everything below happens on a real local Solana and Base.");
    try (AgentSession session = AgentSession.open(file, options, Models.OFFLINE, true, screen)) {
      String owner = session.own(null);
      var timeline = new Timeline(screen, session.spec().assets(), session.spec().addressBook());
      Wiring wiring = session.wiring(timeline);
      screen.heading("The treasurer, its wallets and its mandate");
      Map<ChainId, Address> wallets = session.wallets();
      wallets.forEach((chain, address) -> screen.step(chain.name(), address.text()));
      RunCommand.fundOnDevnet(screen, session);
      new MandateWords(session.spec()).lines().forEach(line -> screen.step("mandate", line));
      boolean asPlanned;
      try (AgentRuntime runtime = AgentRuntime.open(session.file(), wiring, owner)) {
        runtime.reconcile();
        asPlanned = play(screen, session, runtime, began);
        runtime.reconcile();
      }
      boolean agree = RunCommand.showHoldings(screen, session, wallets);
      boolean proven = prove(screen, session);
      screen.heading("Settled transactions");
      timeline.transactions().forEach(transaction -> screen.line("  " + transaction));
      screen.blank();
      boolean good = asPlanned && agree && proven;
      screen.line(
          good
              ? screen.green("✓ ")
                  + "The story went as planned, and the books agree with both chains."
              : screen.red("✗ ") + "Something differs from the plan; see above.");
      screen.json(
          screen
              .object()
              .put("type", "demo")
              .put("asPlanned", asPlanned)
              .put("booksAgree", agree)
              .put("journalProven", proven));
      return good ? ExitCode.DONE.status : ExitCode.DIFFERENT.status;
    }
  }

  private static List<Scene> scenes(AgentSession session) {
    Devnet devnet = session.network().devnet();
    if (devnet == null) {
      throw SupercargoException.bug("The demo has no devnet", null);
    }
    String stranger = devnet.names("solana").getOrDefault("mallory", "");
    return List.of(
        new Scene(
            "1. Pay two suppliers on two chains",
            "pay alice 12.5 USDC on solana and bob 7.25 USDC on base",
            Outcome.DONE),
        new Scene(
            "2. Top up gas by a swap on Uniswap", "swap 5 USDC for ETH on base", Outcome.DONE),
        new Scene(
            "3. Asked to pay a stranger",
            "send 10 USDC to " + stranger + " on solana",
            Outcome.REFUSED));
  }

  private static boolean play(
      Screen screen, AgentSession session, AgentRuntime runtime, long began) {
    var unexpected = new ArrayList<String>();
    boolean first = true;
    for (Scene scene : scenes(session)) {
      screen.heading(scene.title());
      TickReport report = runtime.run(new Goal(scene.goal()));
      if (report.outcome() != scene.expected()) {
        unexpected.add(scene.title() + ": " + report.outcome() + " instead of " + scene.expected());
      }
      if (first) {
        first = false;
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        screen.progress(
            "  first transactions settled %.1f s after the start"
                .formatted(took.toMillis() / 1000.0));
      }
    }
    unexpected.forEach(each -> screen.line(screen.red("✗ ") + each));
    return unexpected.isEmpty();
  }

  private static boolean prove(Screen screen, AgentSession session) {
    screen.heading("The journal");
    Journal.Verification found =
        session.store().read(view -> JournalReader.journal().verify(view, session.spec().id()));
    boolean intact = found.broken().isEmpty();
    screen.step(
        "verify",
        (intact ? screen.green("✓ ") : screen.red("✗ "))
            + found.records()
            + " records, hash chain intact, head "
            + found.head().substring(0, 16));
    try (var nowhere = new OkHttpTransport(java.util.Set.of())) {
      List<Replay.TickReplay> replays =
          new Replay(session.file(), OfflineWiring.of(session.spec(), session.store(), nowhere))
              .all();
      boolean same = replays.stream().allMatch(Replay.TickReplay::isIdentical);
      screen.step(
          "replay",
          (same ? screen.green("✓ ") : screen.red("✗ "))
              + replays.size()
              + " runs decided again offline, "
              + (same ? "every decision the same" : "with differences"));
      return intact && same;
    }
  }
}
