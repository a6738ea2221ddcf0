package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.GoalSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.devnet.Devnet;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.Holdings;
import org.supercargo.engine.OrderReport;
import org.supercargo.engine.OrderRound;
import org.supercargo.engine.TickReport;
import org.supercargo.engine.Wiring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = {
      "Gives an agent a goal in plain words and follows it to the end.",
      "What an earlier process left unfinished is finished first."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @Mixin RecordingOptions recordings = new RecordingOptions();

  @Parameters(paramLabel = "FILE", description = "The agent file.")
  @Nullable Path file;

  @Option(
      names = "--goal",
      paramLabel = "TEXT",
      description =
          "What the agent should do, in words or by the name of a goal in its file. Without it, only"
              + " unfinished work is finished.")
  @Nullable String goal;

  @Option(
      names = "--now",
      description = "Begin a goal that is off-peak in the agent file at peak hours too.")
  boolean now;

  @Option(
      names = "--orders",
      description = "Also look at every standing order once, and do what is due.")
  boolean orders;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A backend or backend/model, instead of those the agent file names; its budget and privacy"
              + " stay. See: supercargo models list")
  @Nullable String model;

  @Option(names = "--devnet", description = "Start private local chains for this run only.")
  boolean devnet;

  @Override
  public Integer call() {
    Screen screen = options.screen();
    try (AgentSession session =
        AgentSession.open(java.util.Objects.requireNonNull(file), options, model, devnet, screen)) {
      String owner = session.own(options.storeUrl());
      var timeline = new Timeline(screen, session.spec().assets(), session.spec().addressBook());
      try (ModelRecording recording = recordings.over(session.http(), session.models())) {
        Wiring wiring = session.wiring(timeline, recording.http());
        welcome(screen, session);
        fundOnDevnet(screen, session);
        try (AgentRuntime runtime = AgentRuntime.open(session.file(), wiring, owner)) {
          return work(screen, session, runtime, wanted(session)).status;
        }
      }
    }
  }

  private Optional<Goal> wanted(AgentSession session) {
    return Optional.ofNullable(goal)
        .map(words ->
            session
                .spec()
                .goal(words.strip())
                .map(GoalSpec::goal)
                .orElseGet(() -> new Goal(words)));
  }

  /// @return what came of the last order that acted, otherwise what was there before
  private static @Nullable TickReport workOnOrders(
      Screen screen, AgentRuntime runtime, @Nullable TickReport before) {
    OrderRound round = runtime.runOrders();
    TickReport report = round.resumed() == null ? before : round.resumed();
    for (OrderReport order : round.orders()) {
      screen.step("order", order.order() + (order.due() ? ": " : " waits: ") + order.reason());
      screen.json(
          screen
              .object()
              .put("type", "order")
              .put("order", order.order())
              .put("due", order.due())
              .put("price", order.price())
              .put("reason", order.reason()));
      report = order.tick() == null ? report : order.tick();
    }
    if (round.next() != null) {
      screen.step("", screen.dim("the next order is due at " + round.next()));
    }
    return report;
  }

  private ExitCode work(
      Screen screen, AgentSession session, AgentRuntime runtime, Optional<Goal> wanted) {
    if (runtime.recovered() > 0) {
      screen.step(
          "recover",
          screen.yellow("! ")
              + "the books were older than the signer's log; "
              + runtime.recovered()
              + " signatures are in them again");
    }
    if (!runtime.sweep().isEmpty()) {
      screen.step("resume", "followed up transactions of an earlier run");
    }
    runtime.reconcile();
    Optional<TickReport> resumed = runtime.resume();
    TickReport report = resumed.orElse(null);
    boolean sameGoal =
        resumed.isPresent() && wanted.isPresent() && isGoalOf(session, resumed.get(), wanted.get());
    Optional<Instant> waits = waitsUntil(session, runtime);
    if (wanted.isPresent() && !sameGoal && waits.isEmpty()) {
      report = runtime.run(wanted.get());
    } else if (sameGoal) {
      screen.step(
          "resume",
          "this finished the interrupted run of the same goal; run it again to do it again");
    }
    if (orders) {
      report = workOnOrders(screen, runtime, report);
    }
    runtime.reconcile();
    boolean agree = showHoldings(screen, session, runtime.wallets()) && runtime.alarm().isEmpty();
    runtime
        .alarm()
        .ifPresent(what -> {
          screen.step("ALARM", screen.red(what));
          screen.step(
              "",
              screen.dim(
                  "nothing more is done until: ./supercargo agent clear-alarm "
                      + session.spec().id()
                      + " --note \"what you found\""));
        });
    if (waits.isPresent() && !sameGoal) {
      tellWait(screen, waits.get());
    }
    if (report == null && waits.isPresent()) {
      return agree ? ExitCode.WAITS : ExitCode.DIFFERENT;
    }
    if (report == null) {
      screen.line(screen.dim("  nothing was left unfinished"));
      return agree ? ExitCode.DONE : ExitCode.DIFFERENT;
    }
    screen.json(
        screen
            .object()
            .put("type", "report")
            .put("tick", report.tick().toString())
            .put("outcome", report.outcome().name())
            .put("text", report.text())
            .put("resumed", report.resumed()));
    ExitCode code = ExitCode.of(report.outcome());
    return agree || code != ExitCode.DONE ? code : ExitCode.DIFFERENT;
  }

  /// Until when the goal of the agent file that was asked for waits.
  private Optional<Instant> waitsUntil(AgentSession session, AgentRuntime runtime) {
    return now
        ? Optional.empty()
        : Optional.ofNullable(goal)
            .flatMap(words -> session.spec().goal(words.strip()))
            .flatMap(runtime::waitsUntil);
  }

  private static void tellWait(Screen screen, Instant until) {
    screen.step(
        "waits",
        "the goal is off-peak, and its model charges for peak hours until "
            + until
            + screen.dim("; run it then, or with --now"));
    screen.json(screen.object().put("type", "waits").put("until", until.toString()));
  }

  private static boolean isGoalOf(AgentSession session, TickReport report, Goal goal) {
    return JournalReader.goals(session.store(), session.spec().id())
        .getOrDefault(report.tick().number(), "")
        .equals(goal.text());
  }

  private static void welcome(Screen screen, AgentSession session) {
    screen.line(
        screen.bold(session.spec().id().toString())
            + screen.dim(
                "  network "
                    + session.network().name()
                    + ", model "
                    + Models.words(session.spec().model())));
    session.wallets().forEach((chain, address) -> screen.step(chain.name(), address.text()));
    MandateCheckCommand.remind(screen, session.file(), Instant.now());
  }

  /// A new wallet on the local devnet gets the demonstration's treasury.
  static void fundOnDevnet(Screen screen, AgentSession session) {
    Devnet faucet = session.network().devnet();
    if (faucet == null) {
      return;
    }
    Map<ChainId, Address> wallets = session.wallets();
    for (String[] gift : Treasury.GIFTS) {
      ChainId chain = ChainId.find(gift[0]).orElseThrow();
      Address wallet = wallets.get(chain);
      Optional<Asset> asset =
          session.spec().assets(gift[1]).stream()
              .filter(each -> each.chain().equals(chain))
              .findFirst();
      if (wallet == null || asset.isEmpty()) {
        continue;
      }
      var held = session.network().chains().get(chain);
      if (held != null
          && held.balance(wallet, asset.get()).baseUnits().signum() == 0
          && session.store().read(view -> view.lastTick(session.spec().id())) == 0) {
        Amount amount = Amount.parse(gift[2], asset.get());
        faucet.fund(gift[0], wallet.text(), gift[1], amount.baseUnits());
        screen.step("faucet", "gave " + amount + " on " + gift[0]);
      }
    }
  }

  /// Prints every balance as the chain reports it now, beside the books.
  static boolean showHoldings(Screen screen, AgentSession session, Map<ChainId, Address> wallets) {
    List<Holdings> holdings =
        Holdings.read(session.spec(), session.store(), session.network().chains(), wallets);
    boolean agree = holdings.stream().allMatch(Holdings::agree);
    screen.heading("Balances, read from the chains just now, and the books");
    screen.table(
        List.of("chain", "asset", "on chain", "in books", ""),
        holdings.stream()
            .map(holding ->
                List.of(
                    holding.asset().chain().name(),
                    holding.asset().symbol(),
                    holding.amountOnChain().number(),
                    holding.amountInBooks().number(),
                    holding.agree() ? screen.green("✓") : screen.red("✗ " + difference(holding))))
            .toList(),
        List.of(2, 3));
    ObjectNode document = screen.object().put("type", "holdings").put("agree", agree);
    ArrayNode list = document.putArray("holdings");
    for (Holdings holding : holdings) {
      list.addObject()
          .put("chain", holding.asset().chain().name())
          .put("asset", holding.asset().symbol())
          .put("id", holding.asset().id().toString())
          .put("decimals", holding.asset().decimals())
          .put("onChain", holding.onChain().toString())
          .put("inBooks", holding.inBooks().toString());
    }
    screen.json(document);
    return agree;
  }

  private static String difference(Holdings holding) {
    BigInteger difference = holding.onChain().subtract(holding.inBooks());
    return String.format(Locale.ROOT, "%+d base units", difference);
  }

  /// What a new treasurer holds on the local devnet: 2 SOL and 50 USDC, and a little ether for gas.
  static final class Treasury {
    static final List<String[]> GIFTS =
        List.of(
            new String[] {"solana", "SOL", "2"},
            new String[] {"solana", "USDC", "30"},
            new String[] {"base", "USDC", "20"},
            new String[] {"base", "ETH", "0.0005"});

    private Treasury() {}
  }
}
