package org.supercargo.engine;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.engine.action.ActionRegistry;
import org.supercargo.engine.action.Admission;
import org.supercargo.engine.action.AgentVocabulary;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.store.Lease;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.engine.store.StoredIntent;

/// Runs one agent: takes its lease, finishes what an earlier process left, and works on goals.
public final class AgentRuntime implements AutoCloseable {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final AgentSpec spec;
  private final String fileDigest;
  private final Wiring wiring;
  private final DomainJson json = new DomainJson();
  private final Journal journal;
  private final Bookkeeper books;
  private final Lease lease;
  private final Map<ChainId, Address> wallets;
  private final IntentExecutor executor;
  private final Thread heartbeat;

  private AgentRuntime(AgentFile file, Wiring wiring, Lease lease, Map<ChainId, Address> wallets) {
    this.spec = file.spec();
    this.fileDigest = file.digest();
    this.wiring = wiring;
    this.lease = lease;
    this.journal = new Journal(json, wiring.clock(), wiring.listener());
    this.books = new Bookkeeper(spec.id(), wiring.clock());
    this.wallets = Map.copyOf(wallets);
    this.executor =
        new IntentExecutor(
            spec,
            wiring.store(),
            lease,
            journal,
            books,
            wiring.signer(),
            wiring.chains(),
            wiring.venues(),
            wallets,
            wiring.clock(),
            wiring.pause(),
            wiring.patience());
    this.heartbeat = Thread.ofVirtual().name("lease " + spec.id()).unstarted(this::keepLease);
  }

  /// Takes the agent.
  ///
  /// @param owner names this process; the same owner may take its own agent again at once
  /// @throws SupercargoException of category TRANSIENT while another process has the agent
  public static AgentRuntime open(AgentFile file, Wiring wiring, String owner) {
    AgentId agent = file.spec().id();
    Lease lease =
        wiring
            .store()
            .acquire(agent, owner, wiring.clock().instant(), LEASE)
            .orElseThrow(() ->
                SupercargoException.transientFailure(
                    "Another process is running agent " + agent,
                    "Wait until it is done; if it died, its lease ends within "
                        + LEASE.toSeconds()
                        + " seconds.",
                    null));
    try {
      var runtime = new AgentRuntime(file, wiring, lease, wiring.signer().wallets(agent));
      runtime.heartbeat.start();
      return runtime;
    } catch (RuntimeException e) {
      wiring.store().release(lease);
      throw e;
    }
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

  /// Compares the books with the chains and books what came from or went outside.
  ///
  /// @return false when intents are open, because then a difference proves nothing
  public boolean reconcile() {
    if (!wiring.store().read(view -> view.openIntents(spec.id())).isEmpty()) {
      return false;
    }
    Map<Asset, BigInteger> onChain = new LinkedHashMap<>();
    for (Asset asset : spec.assets()) {
      Chain chain = wiring.chains().get(asset.chain());
      Address wallet = wallets.get(asset.chain());
      if (chain != null && wallet != null) {
        onChain.put(asset, chain.balance(wallet, asset).baseUnits());
      }
    }
    wiring
        .store()
        .transact(
            lease,
            transaction -> {
              boolean first =
                  transaction.balances(spec.id()).stream()
                      .noneMatch(balance -> balance.account().startsWith(Bookkeeper.WALLET));
              onChain.forEach((asset, balance) -> {
                BigInteger before = books.inBooks(transaction, asset);
                String booked = books.observed(transaction, asset, balance, first);
                if (!booked.isEmpty()) {
                  journal.append(
                      transaction,
                      spec.id(),
                      0,
                      new JournalEvent.BalanceObserved(
                          asset.chain(), asset.id(), balance, before, booked));
                }
              });
              return first;
            });
    return true;
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
      return Optional.of(abandon(tick));
    }
    return Optional.of(run(tick, started, events));
  }

  /// A tick cannot go on under other rules than it began with. Its intents are settled by the
  /// sweep.
  private TickReport abandon(TickId tick) {
    var ended =
        new JournalEvent.TickEnded(
            JournalEvent.Outcome.LIMIT_REACHED,
            "The agent file changed while the tick was interrupted; open intents were settled, the rest"
                + " was dropped.");
    wiring
        .store()
        .transact(
            lease,
            transaction -> {
              journal.append(transaction, spec.id(), tick.number(), ended);
              return tick;
            });
    return new TickReport(tick, ended.outcome(), ended.text(), true);
  }

  /// Works on a goal.
  public TickReport run(Goal goal) {
    long last = wiring.store().read(view -> view.lastTick(spec.id()));
    return run(new TickId(spec.id(), last + 1), started(goal), List.of());
  }

  private TickReport run(
      TickId tick, JournalEvent.TickStarted started, List<JournalEvent.OfTick> recorded) {
    var log = new LiveTickLog(json, recorded, wiring.store(), lease, journal, tick);
    JournalEvent.TickEnded ended = tick(tick, new Goal(started.goal()), log).run(started);
    return new TickReport(tick, ended.outcome(), ended.text(), !recorded.isEmpty());
  }

  private JournalEvent.TickStarted started(Goal goal) {
    return new JournalEvent.TickStarted(goal.text(), fileDigest, wiring.model().name());
  }

  private Tick tick(TickId tick, Goal goal, TickLog log) {
    return assemble(tick, goal, log, spec, wiring, books, json, executor::execute);
  }

  static Tick assemble(
      TickId tick,
      Goal goal,
      TickLog log,
      AgentSpec spec,
      Wiring wiring,
      Bookkeeper books,
      DomainJson json,
      java.util.function.Function<org.supercargo.api.intent.IntentId, ActionResult> execute) {
    var vocabulary = new AgentVocabulary(spec, wiring.addresses());
    var registry = ActionRegistry.of(wiring.plugins(), vocabulary);
    var planner =
        new ModelPlanner(
            spec, goal, wiring.model(), registry.specs(), log, books, json, wiring.pause());
    var admission = new Admission(registry, vocabulary, spec.limits(), goal.text());
    return new Tick(tick, spec, planner, admission, log, execute, wiring.clock());
  }

  @Override
  public void close() {
    heartbeat.interrupt();
    wiring.store().release(lease);
  }
}
