package org.supercargo.engine;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.GoalSpec;
import org.supercargo.api.agent.ModelChoice;
import org.supercargo.api.agent.StandingOrder;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.plan.Planner;
import org.supercargo.engine.action.ActionRegistry;
import org.supercargo.engine.action.Admission;
import org.supercargo.engine.action.AgentVocabulary;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.model.Need;
import org.supercargo.engine.model.Router;
import org.supercargo.engine.signing.Standing;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.engine.store.StoredIntent;

/// Runs one agent: takes its lease, finishes what an earlier process left, and works on goals.
public final class AgentRuntime implements AutoCloseable {
  /// Bytes of a first question, to tell which model it would go to.
  private static final long USUAL_PROMPT = 12_000;

  private static final Duration LEASE = Duration.ofSeconds(15);

  private final AgentSpec spec;
  private final String fileDigest;
  private final Wiring wiring;
  private final DomainJson json = new DomainJson();
  private final Journal journal;
  private final Bookkeeper books;
  private final Lease lease;
  private final Map<ChainId, Address> wallets;
  private final Execution execution;
  private final MarketFacts market;
  private final IntentExecutor executor;
  private final Thread heartbeat;
  private int recovered;

  private AgentRuntime(AgentFile file, Wiring wiring, Lease lease, Map<ChainId, Address> wallets) {
    this.spec = file.spec();
    this.fileDigest = file.digest();
    this.wiring = wiring;
    this.lease = lease;
    this.journal = new Journal(json, wiring.clock(), wiring.listener());
    this.books = new Bookkeeper(spec.id(), wiring.clock());
    this.wallets = Map.copyOf(wallets);
    this.execution =
        new Execution(
            spec,
            wiring.store(),
            lease,
            journal,
            wiring.chains(),
            wiring.venues(),
            wiring.hosts(),
            this.wallets,
            wiring.clock());
    this.market = market(spec, wiring, this.wallets);
    this.executor =
        new IntentExecutor(
            execution, books, wiring.signer(), market, wiring.pause(), wiring.patience());
    this.heartbeat = Thread.ofVirtual().name("lease " + spec.id()).unstarted(this::keepLease);
  }

  /// Takes the agent.
  ///
  /// @param owner names this process; the same owner may take its own agent again at once
  /// @throws SupercargoException of category TRANSIENT while another process has the agent
  public static AgentRuntime open(AgentFile file, Wiring wiring, String owner) {
    AgentId agent = file.spec().id();
    wiring.models().require(file.spec().model());
    Lease lease = acquire(agent, wiring, owner, 0);
    try {
      Standing standing = wiring.signer().enter(agent, lease.fence());
      boolean wasPutBack = standing.fence() >= lease.fence();
      if (wasPutBack) {
        // The store was put back: others have seen newer fences than it gives.
        lease = acquire(agent, wiring, owner, standing.fence());
      }
      var runtime = new AgentRuntime(file, wiring, lease, wiring.signer().wallets(agent));
      runtime.heartbeat.start();
      runtime.settleIn(standing, wasPutBack);
      if (wasPutBack) {
        // Only now: until it has entered, its death leaves the sign that the books were put back.
        runtime.settleIn(wiring.signer().enter(agent, lease.fence()), true);
      }
      return runtime;
    } catch (RuntimeException e) {
      wiring.store().release(lease);
      throw e;
    }
  }

  private static Lease acquire(AgentId agent, Wiring wiring, String owner, long above) {
    return wiring
        .store()
        .acquire(agent, owner, wiring.clock().instant(), LEASE, above)
        .orElseThrow(() ->
            SupercargoException.transientFailure(
                "Another process is running agent " + agent,
                "Wait until it is done; if it died, its lease ends within "
                    + LEASE.toSeconds()
                    + " seconds.",
                null));
  }

  private static MarketFacts market(AgentSpec spec, Wiring wiring, Map<ChainId, Address> wallets) {
    return new MarketFacts(spec, wiring.chains(), wallets, wiring.prices());
  }

  /// Takes note of the address book, and of signatures that the books have lost.
  private void settleIn(Standing standing, boolean wasPutBack) {
    execution.transact(
        transaction -> transaction.knowPayees(Judging.payees(spec), execution.now()));
    var numbering = new Numbering(wiring.store(), spec.id());
    recovered += new Recovery(execution, numbering, wiring.signer()).recover(standing, wasPutBack);
  }

  /// How many signatures were put back into the books when the agent was taken.
  public int recovered() {
    return recovered;
  }

  private void keepLease() {
    try {
      while (true) {
        Thread.sleep(LEASE.dividedBy(3));
        renewLease();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StaleLeaseException _) {
      // Whoever acts next with this lease is refused by its fence; there is nothing to keep.
    }
  }

  private void renewLease() {
    try {
      wiring.store().renew(lease, wiring.clock().instant(), LEASE);
    } catch (SupercargoException e) {
      if (e.category() != SupercargoException.Category.TRANSIENT) {
        throw e;
      }
      // The lease outlasts a renewal that failed; the next one may succeed.
    }
  }

  /// The agent's accounts, as the signer names them.
  public Map<ChainId, Address> wallets() {
    return wallets;
  }

  /// Drives every open intent to its end.
  ///
  /// @return what came of them, oldest first
  public List<ActionResult> sweep() {
    var results = new ArrayList<ActionResult>();
    for (StoredIntent open : wiring.store().read(view -> view.openIntents(spec.id()))) {
      results.add(executor.execute(open.id()));
    }
    return results;
  }

  /// Compares the books with the chains and books what came from or went outside. What went out
  /// without a transaction of ours raises an alarm.
  ///
  /// @return false when intents are open, because then a difference proves nothing
  public boolean reconcile() {
    return new Reconciler(execution, books).reconcile();
  }

  /// What does not add up, until the owner has looked. The agent proposes nothing meanwhile.
  public Optional<String> alarm() {
    return wiring.store().read(view -> view.alarm(spec.id()));
  }

  /// Finishes a tick that an earlier process left unfinished, if there is one.
  public Optional<TickReport> resume() {
    long last = wiring.store().read(view -> view.lastTick(spec.id()));
    if (last == 0) {
      return Optional.empty();
    }
    var tick = new TickId(spec.id(), last);
    List<JournalEvent.OfTick> events =
        wiring.store().read(view -> journal.eventsOfTick(view, spec.id(), last));
    if (events.isEmpty()
        || events.getLast() instanceof JournalEvent.TickEnded
        || !(events.getFirst() instanceof JournalEvent.TickStarted started)) {
      return Optional.empty();
    }
    if (!started.agentFile().equals(fileDigest)) {
      return Optional.of(
          abandon(
              tick,
              events.getLast(),
              "The agent file changed while the tick was interrupted; open intents were settled,"
                  + " the rest was dropped."));
    }
    if (hasLostIntents(tick)) {
      return Optional.of(
          abandon(
              tick,
              events.getLast(),
              "The books were put back to an older state; what was signed since was settled, the"
                  + " rest of the tick was dropped."));
    }
    return Optional.of(run(tick, started, events, true));
  }

  /// Whether the tick signed for intents that its own record no longer holds. A planner that went
  /// on from there would propose them again.
  private boolean hasLostIntents(TickId tick) {
    return wiring
        .store()
        .read(view -> journal.executionEvents(view, spec.id(), tick.number()))
        .stream()
        .anyMatch(JournalEvent.IntentRecovered.class::isInstance);
  }

  /// A tick cannot go on under other rules, or from another record, than it began with. Its intents
  /// are settled by the sweep.
  ///
  /// @param last what was recorded of it last
  private TickReport abandon(TickId tick, JournalEvent.OfTick last, String reason) {
    var ended = new JournalEvent.TickEnded(JournalEvent.Outcome.LIMIT_REACHED, reason);
    wiring
        .store()
        .transact(
            lease,
            transaction -> {
              if (last instanceof JournalEvent.ModelAsked asked) {
                books.lostModelCall(transaction, asked);
              }
              journal.append(transaction, spec.id(), tick.number(), ended);
              return tick;
            });
    return new TickReport(tick, ended.outcome(), ended.text(), true);
  }

  /// Until when a goal waits because the model that would plan it charges for peak hours; empty if
  /// it can be begun now. A scheduler asks again then.
  public Optional<Instant> waitsUntil(GoalSpec goal) {
    if (!goal.offPeak()) {
      return Optional.empty();
    }
    var need = new Need(true, false, USUAL_PROMPT, 0, wiring.clock().instant());
    return new Router(spec.model(), wiring.models()).dearUntil(need);
  }

  /// Works on a goal.
  public TickReport run(Goal goal) {
    long last = wiring.store().read(view -> view.lastTick(spec.id()));
    return run(new TickId(spec.id(), last + 1), started(goal), List.of(), false);
  }

  /// Looks at every standing order once, in the agent file's order, and acts on those that are due.
  /// No model is asked. A tick that was interrupted is finished first, because a newer one would
  /// hide it. What is not due leaves no trace.
  ///
  /// An order has had its turn once its tick began, whatever came of it.
  public OrderRound runOrders() {
    @Nullable TickReport resumed = resume().orElse(null);
    var desk =
        new OrderDesk(
            execution,
            new OrderPrices(spec.mandate().quoteAge(), wiring.venues(), wiring.prices()));
    List<OrderReport> reports = spec.orders().stream().map(order -> run(order, desk)).toList();
    return new OrderRound(resumed, reports, desk.next().orElse(null), desk.watchesPrices());
  }

  private OrderReport run(StandingOrder order, OrderDesk desk) {
    OrderDesk.Look look = desk.look(order);
    Instant moment = look.moment();
    if (moment == null) {
      return new OrderReport(order.name(), false, look.price(), look.reason(), null);
    }
    long last = wiring.store().read(view -> view.lastTick(spec.id()));
    var tick = new TickId(spec.id(), last + 1);
    var started =
        new JournalEvent.TickStarted(
            OrderPlanner.words(order).text(), fileDigest, OrderPlanner.NO_MODEL);
    List<JournalEvent.OfTick> begun = desk.begin(tick, started, order, look, moment);
    return new OrderReport(
        order.name(), true, look.price(), look.reason(), run(tick, started, begun, false));
  }

  private TickReport run(
      TickId tick,
      JournalEvent.TickStarted started,
      List<JournalEvent.OfTick> recorded,
      boolean resumed) {
    var log = new LiveTickLog(json, recorded, wiring.store(), lease, journal, tick);
    JournalEvent.TickEnded ended = tick(tick, new Goal(started.goal()), log).run(started);
    return new TickReport(tick, ended.outcome(), ended.text(), resumed);
  }

  private JournalEvent.TickStarted started(Goal goal) {
    return new JournalEvent.TickStarted(goal.text(), fileDigest, models(spec));
  }

  private static String models(AgentSpec spec) {
    return spec.model().choices().stream().map(ModelChoice::toString).collect(joining(", "));
  }

  private Tick tick(TickId tick, Goal goal, TickLog log) {
    return assemble(
        tick, goal, log, spec, wiring, books, json, market, this::alarm, executor::execute);
  }

  static Tick assemble(
      TickId tick,
      Goal goal,
      TickLog log,
      AgentSpec spec,
      Wiring wiring,
      Bookkeeper books,
      DomainJson json,
      MarketFacts market,
      Supplier<Optional<String>> alarms,
      Function<IntentId, ActionResult> execute) {
    var vocabulary = new AgentVocabulary(spec, wiring.addresses());
    var registry = ActionRegistry.of(wiring.plugins(), vocabulary);
    var calls =
        new ModelCalls(
            spec.model(),
            spec.limits().modelCalls(),
            wiring.models(),
            log,
            books,
            new ModelMeter(spec.id(), spec.model()),
            json,
            wiring.pause(),
            wiring.clock());
    var work = new Work();
    var memory = new Recollection(tick, wiring.store(), log, wiring.clock());
    Planner planner =
        log.order()
            .<Planner>map(checked -> new OrderPlanner(spec, checked, goal, log))
            .orElseGet(() ->
                new ModelPlanner(spec, goal, registry.specs(), calls, log, work, memory, json));
    var admission = new Admission(registry, vocabulary, spec.limits(), goal.text());
    return new Tick(
        tick, spec, planner, admission, log, execute, market, alarms, work, wiring.clock());
  }

  @Override
  public void close() {
    heartbeat.interrupt();
    wiring.store().release(lease);
  }
}
