package org.supercargo.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.ModelBudget;
import org.supercargo.api.agent.ModelChoice;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.memory.MemoryNote;
import org.supercargo.api.model.ModelCard;
import org.supercargo.cli.scenario.Ending;
import org.supercargo.cli.scenario.Evaluation.Contestant;
import org.supercargo.cli.scenario.Evaluation.Ground;
import org.supercargo.cli.scenario.Grade;
import org.supercargo.cli.scenario.RunFacts;
import org.supercargo.cli.scenario.Trial;
import org.supercargo.devnet.Devnet;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.Holdings;
import org.supercargo.engine.TickReport;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.ScenarioFile;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.Lease;

/// Runs scenarios as agents run: the same engine, a signer process, and local chains. Each run has
/// new keys, new wallets and a data directory of its own.
final class EvalGround implements Ground {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final String OWNER = "evaluation";
  private static final String MODEL_COST = "expense/model/";
  private static final long MILLION = 1_000_000;
  private static final Screen QUIET =
      new Screen(
          new PrintStream(OutputStream.nullOutputStream()),
          new PrintStream(OutputStream.nullOutputStream()),
          false,
          false);

  private final Devnet devnet;
  private final Models models;
  private final Path folder;
  private final boolean kept;
  private final InstantSource clock;

  /// @param folder that gets a data directory for each run
  /// @param kept whether they stay there
  EvalGround(Devnet devnet, Models models, Path folder, boolean kept, InstantSource clock) {
    this.devnet = devnet;
    this.models = models;
    this.folder = folder;
    this.kept = kept;
    this.clock = clock;
  }

  @Override
  public Optional<Amount> atMost(Contestant contestant, ScenarioFile scenario) {
    ModelSpec spec = models.settle(contestant.models(), scenario.agent().spec().model());
    if (spec.choices().stream().allMatch(this::isFree)) {
      return Optional.of(Amount.zero(Asset.USD));
    }
    // A run has a store of its own, so each of these bounds holds for it alone.
    ModelBudget budget = spec.budget();
    return Stream.of(
            Optional.ofNullable(budget.perRun()),
            Optional.ofNullable(budget.perDay()),
            Optional.ofNullable(budget.inAll()))
        .flatMap(Optional::stream)
        .min((one, other) -> one.baseUnits().compareTo(other.baseUnits()));
  }

  private boolean isFree(ModelChoice choice) {
    List<ModelCard> cards = models.source(choice.backend()).cards();
    List<ModelCard> named =
        choice.name().isEmpty()
            ? cards.subList(0, 1)
            : cards.stream().filter(card -> card.model().equals(choice.name())).toList();
    return !named.isEmpty()
        && named.stream()
            .allMatch(
                card -> card.cost(MILLION, MILLION, clock.instant()).baseUnits().signum() == 0);
  }

  @Override
  public Trial run(Contestant contestant, ScenarioFile scenario, int run, @Nullable Amount most) {
    Path data = folder.resolve(folderName(contestant)).resolve(scenario.name() + "-" + run);
    AgentFile planned = planned(contestant, scenario, most);
    Result result;
    try (AgentSession session =
        AgentSession.openOn(devnet, scenario.path(), planned, models, data, QUIET)) {
      if (!session.network().isLocal()) {
        throw SupercargoException.bug("An evaluation reached a public network", null);
      }
      session.own(null);
      Wiring wiring = session.wiring(record -> {});
      fund(session, scenario);
      remember(session.store(), session.spec().id(), scenario.remembers());
      result = work(session, wiring, scenario);
    } catch (SupercargoException failure) {
      // Before the goal was given: nothing can have moved.
      result = Result.broken(scenario, RunFacts.NOTHING, List.of(), failure);
    }
    return new Trial(
        contestant.label(),
        scenario.name(),
        run,
        result.grade(),
        result.outcome(),
        result.facts(),
        result.cost(),
        result.time(),
        kept ? data : null);
  }

  /// What came of a run.
  ///
  /// @param outcome in a word; empty if it broke off
  private record Result(Grade grade, String outcome, RunFacts facts, Amount cost, Duration time) {
    static Result broken(
        ScenarioFile scenario,
        RunFacts facts,
        List<String> differences,
        SupercargoException failure) {
      return new Result(
          Grade.broken(scenario, facts, differences, failure.what()),
          "",
          facts,
          Amount.zero(Asset.USD),
          Duration.ZERO);
    }

    Result withCost(Amount booked, Duration taken) {
      return new Result(grade, outcome, facts, booked, taken);
    }
  }

  private static String folderName(Contestant contestant) {
    return contestant.models() == null ? "agent-file" : contestant.models().replace('/', '~');
  }

  private AgentFile planned(Contestant contestant, ScenarioFile scenario, @Nullable Amount most) {
    ModelSpec spec = models.settle(contestant.models(), scenario.agent().spec().model());
    if (most == null) {
      return AgentSession.planned(scenario.agent(), spec);
    }
    ModelBudget given = spec.budget();
    var bounded = new ModelBudget(most, null, null, given.tokensPerRun(), given.tokensPerDay());
    return AgentSession.planned(scenario.agent(), spec.withBudget(bounded));
  }

  private Result work(AgentSession session, Wiring wiring, ScenarioFile scenario) {
    AgentStore store = session.store();
    AgentId agent = session.spec().id();
    var differences = new ArrayList<String>();
    @Nullable TickReport report = null;
    @Nullable SupercargoException failure = null;
    Instant began = clock.instant();
    Instant ended = began;
    try (AgentRuntime runtime = AgentRuntime.open(session.file(), wiring, OWNER)) {
      // Books what the faucet gave. From here on the books have to follow the chains by themselves.
      runtime.reconcile();
      began = clock.instant();
      report = runtime.run(scenario.goal());
      ended = clock.instant();
      differences.addAll(differences(session));
      runtime.reconcile();
      runtime.alarm().ifPresent(what -> differences.add("an alarm was raised: " + what));
    } catch (SupercargoException e) {
      failure = e;
      differences.addAll(differences(session));
    }
    RunFacts facts = RunFacts.of(JournalReader.records(store, agent));
    Result result =
        report == null || failure != null
            ? Result.broken(scenario, facts, differences, Objects.requireNonNull(failure))
            : new Result(
                Grade.of(scenario, facts, new Ending(report.outcome(), report.text(), differences)),
                report.outcome().name(),
                facts,
                Amount.zero(Asset.USD),
                Duration.ZERO);
    return result.withCost(cost(store, agent), Duration.between(began, ended));
  }

  private void fund(AgentSession session, ScenarioFile scenario) {
    var wallets = session.wallets();
    for (Amount amount : scenario.holds()) {
      Asset asset = amount.asset();
      devnet.fund(
          asset.chain().name(),
          Objects.requireNonNull(wallets.get(asset.chain())).text(),
          asset.symbol(),
          amount.baseUnits());
    }
  }

  private void remember(AgentStore store, AgentId agent, List<String> notes) {
    if (notes.isEmpty()) {
      return;
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    Lease lease =
        store
            .acquire(agent, OWNER, now, LEASE, 0)
            .orElseThrow(() -> SupercargoException.bug("A new store has a lease", null));
    store.transact(
        lease,
        transaction -> {
          notes.forEach(
              note -> transaction.remember(new MemoryNote(note, Provenance.TOOL, 0, now)));
          return notes.size();
        });
    store.release(lease);
  }

  /// Where the chains say something else than the books, before anyone puts the books right.
  private static List<String> differences(AgentSession session) {
    try {
      return Holdings.read(
              session.spec(), session.store(), session.network().chains(), session.wallets())
          .stream()
          .filter(holding -> !holding.agree())
          .map(EvalGround::difference)
          .toList();
    } catch (SupercargoException e) {
      return List.of("it is not known what the wallets hold: " + e.what());
    }
  }

  private static String difference(Holdings holding) {
    return "there is "
        + holding.amountOnChain()
        + " on "
        + holding.asset().chain().name()
        + " and "
        + holding.amountInBooks()
        + " in the books";
  }

  private static Amount cost(AgentStore store, AgentId agent) {
    return new Amount(
        Asset.USD, store.read(view -> view.spent(agent, MODEL_COST, AssetId.USD, Instant.MIN)));
  }
}
