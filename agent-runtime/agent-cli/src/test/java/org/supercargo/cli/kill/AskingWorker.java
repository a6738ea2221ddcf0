package org.supercargo.cli.kill;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalRecord;
import org.supercargo.api.model.Ability;
import org.supercargo.api.model.PeakHours;
import org.supercargo.api.model.PriceList;
import org.supercargo.cli.Voyage;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.Journal;
import org.supercargo.engine.Pause;
import org.supercargo.engine.TickReport;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.model.ModelPool;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.plugin.llm.BackendSettings;
import org.supercargo.plugin.llm.OpenAiCompatibleModel;
import org.supercargo.plugin.llm.Preset;
import org.supercargo.store.SqlAgentStore;
import org.supercargo.testkit.FakeSigner;

/// A process that asks a priced model on behalf of one agent, with the real engine, store, wire and
/// HTTP client, until it dies, its work is done, or the model budget is used up.
///
/// It moves nothing, so it needs no chain and no real signer.
public final class AskingWorker {
  /// What it prints, with how the last run ended, when the budget lets it ask nothing more.
  static final String USED_UP = "used up: ";

  /// What it prints when its goals are worked on and there is budget left.
  static final String GOALS_DONE = "goals done";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONTEXT = 500_000;
  private static final int LONGEST_REPLY = 8_000;

  private final Map<String, String> settings;
  private final CrashPlan plan;

  private AskingWorker(Map<String, String> settings) {
    this.settings = settings;
    this.plan = new CrashPlan(setting("CRASH"));
  }

  /// @param arguments none: everything comes from the environment, as [AskingAgent] sets it
  public static void main(String[] arguments) {
    System.exit(new AskingWorker(System.getenv()).run());
  }

  private String setting(String name) {
    return requireNonNull(settings.get("WORKER_" + name), "WORKER_" + name + " is not set");
  }

  /// Something to read without end.
  public static final class Shelf implements Plugin {
    @Override
    public String name() {
      return "shelf";
    }

    @Action("Reads one page of the ship's log")
    public String page(@Param("which page, from 1") long number) {
      return "Page " + number + ": fair wind, nothing in sight.";
    }
  }

  private int run() {
    AgentFile file = AgentFile.read(Path.of(setting("AGENT")), Voyage.CODECS);
    var provider = URI.create(setting("MODEL"));
    InstantSource clock = InstantSource.system();
    try (var http = new OkHttpTransport(Set.of("127.0.0.1:" + provider.getPort()));
        var store = new MortalStore(SqlAgentStore.open(setting("STORE")), plan)) {
      var signer =
          FakeSigner.judging(clock)
              .withAgent(file.spec())
              .withKey(file.spec().id(), ChainId.BASE, "asking");
      var model =
          new MortalModel(
              new OpenAiCompatibleModel(
                  settings(provider).dialect(), http, () -> "sk-no-real-key", clock),
              plan);
      var pool = new ModelPool(List.of(model), List.of(), clock, new SecureRandom());
      return work(
          file,
          new Wiring(
              store,
              new MortalSigner(signer, plan),
              Map.of(),
              Map.of(),
              List.of(),
              List.of(new Shelf()),
              pool,
              Voyage.CODECS,
              clock,
              Pause.sleeping(),
              PATIENCE,
              record -> {}),
          model);
    }
  }

  /// The provider's price list, as its customer has written it down.
  private static BackendSettings settings(URI provider) {
    var prices =
        new PriceList(
            "a test",
            LocalDate.EPOCH,
            Map.of(
                "near", PriceList.Price.of("0.003", "0.03", "0.15"),
                "far", PriceList.Price.of("0.006", "0.06", "0.3")),
            PeakHours.NEVER);
    return new BackendSettings(
        "port",
        Preset.DEEPSEEK,
        provider,
        "PORT_KEY",
        List.of(model("near", prices), model("far", prices)),
        true,
        null,
        null,
        PATIENCE,
        PATIENCE,
        null,
        null);
  }

  private static BackendSettings.Model model(String name, PriceList prices) {
    return new BackendSettings.Model(
        name, prices, CONTEXT, LONGEST_REPLY, EnumSet.of(Ability.ACTIONS, Ability.JSON), null);
  }

  private int work(AgentFile file, Wiring wiring, MortalModel model) {
    int goals = Integer.parseInt(setting("GOALS"));
    AgentId agent = file.spec().id();
    try (AgentRuntime runtime = AgentRuntime.open(file, wiring, "asking worker")) {
      runtime.resume();
      if (Boolean.parseBoolean(setting("ONLY_ONE"))) {
        if (wiring.store().read(view -> view.lastTick(agent)) == 0) {
          runtime.run(new Goal("Read the ship's log."));
        }
        System.out.println(USED_UP + lastEnding(wiring, agent));
        return 0;
      }
      for (int worked = 0; worked < goals; worked++) {
        long number = wiring.store().read(view -> view.lastTick(agent)) + 1;
        int before = model.calls();
        TickReport report = runtime.run(new Goal("Read the ship's log, part " + number + "."));
        System.out.println("goal " + number + ": " + report.outcome() + " " + report.text());
        // What is too dear in a long run may still be paid in a new one, which begins short.
        if (report.text().startsWith("BUDGET: ") && model.calls() == before) {
          System.out.println(USED_UP + report.text());
          return 0;
        }
      }
      System.out.println(GOALS_DONE);
      return 0;
    }
  }

  private static String lastEnding(Wiring wiring, AgentId agent) {
    var journal = new Journal(new DomainJson(), wiring.clock(), wiring.listener());
    return wiring.store().read(view -> journal.records(view, agent)).stream()
        .map(JournalRecord::event)
        .filter(JournalEvent.TickEnded.class::isInstance)
        .map(event -> ((JournalEvent.TickEnded) event).text())
        .reduce("nothing has ended", (earlier, later) -> later);
  }
}
