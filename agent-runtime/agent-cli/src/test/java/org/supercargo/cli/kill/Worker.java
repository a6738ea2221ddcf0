package org.supercargo.cli.kill;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Chain;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.cli.Voyage;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.Holdings;
import org.supercargo.engine.Pause;
import org.supercargo.engine.TickReport;
import org.supercargo.engine.Wiring;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.http.OkHttpTransport;
import org.supercargo.plugin.evm.EvmChain;
import org.supercargo.plugin.evm.EvmSettings;
import org.supercargo.plugin.solana.SolanaChain;
import org.supercargo.plugin.solana.SolanaSettings;
import org.supercargo.signer.socket.SignerClient;
import org.supercargo.store.SqlAgentStore;

/// A process that works on one goal after another, with the real engine, store, signer and chains,
/// until it dies or is told to finish.
///
/// It prints `goal N` before each goal, and `finished` with what it found when it was to finish.
public final class Worker {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SIGNER_DEADLINE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Map<String, String> settings;
  private final CrashPlan plan;

  private Worker(Map<String, String> settings) {
    this.settings = settings;
    this.plan = new CrashPlan(setting("CRASH"));
  }

  /// @param arguments none: everything comes from the environment, as [WorkerProcess] sets it
  public static void main(String[] arguments) {
    System.exit(new Worker(System.getenv()).run());
  }

  private String setting(String name) {
    return requireNonNull(settings.get("WORKER_" + name), "WORKER_" + name + " is not set");
  }

  private int run() {
    AgentFile file = AgentFile.read(Path.of(setting("AGENT")), Voyage.CODECS);
    var solanaRpc = URI.create(setting("SOLANA"));
    var baseRpc = URI.create(setting("BASE"));
    try (var http =
            new OkHttpTransport(
                Set.of("127.0.0.1:" + solanaRpc.getPort(), "127.0.0.1:" + baseRpc.getPort()));
        var store = new MortalStore(SqlAgentStore.open(setting("STORE")), plan);
        var signer =
            new SignerClient(Path.of(setting("SOCKET")), new DomainJson(), SIGNER_DEADLINE)) {
      Map<ChainId, Chain> chains = new LinkedHashMap<>();
      chains.put(
          ChainId.SOLANA,
          new MortalChain(new SolanaChain(solanaRpc, http, SolanaSettings.DEFAULT), plan));
      chains.put(
          ChainId.BASE,
          new MortalChain(
              new EvmChain(ChainId.BASE, baseRpc, http, EvmSettings.BASE.withConfirmations(1)),
              plan));
      Wiring wiring =
          Voyage.wiring(
              file.spec(),
              store,
              new MortalSigner(signer, plan),
              chains,
              baseRpc,
              http,
              InstantSource.system(),
              Pause.sleeping(),
              PATIENCE);
      return Boolean.parseBoolean(setting("FINISH"))
          ? finish(file, wiring)
          : work(file, wiring, Integer.parseInt(setting("GOALS")));
    }
  }

  /// Takes turns with other replicas: the agent is given back after each goal.
  private int work(AgentFile file, Wiring wiring, int goals) {
    for (int worked = 0; worked < goals; worked++) {
      try (AgentRuntime runtime = open(file, wiring)) {
        runtime.sweep();
        if (runtime.resume().isEmpty()) {
          long number = wiring.store().read(view -> view.lastTick(file.spec().id())) + 1;
          System.out.println("goal " + number);
          TickReport report = runtime.run(new Goal(Voyage.goal(number)));
          if (report.outcome() == JournalEvent.Outcome.REFUSED) {
            System.out.println("refused");
          }
        }
      } catch (SupercargoException e) {
        if (e.category() == SupercargoException.Category.BUG) {
          throw e;
        }
        // Another replica took over, or something outside does not answer: the next round tells.
        System.out.println("gave way: " + e.what());
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
    return 0;
  }

  private int finish(AgentFile file, Wiring wiring) {
    try (AgentRuntime runtime = open(file, wiring)) {
      Instant until = Instant.now().plus(PATIENCE);
      while (!wiring.store().read(view -> view.openIntents(file.spec().id())).isEmpty()) {
        runtime.sweep();
        if (Instant.now().isAfter(until)) {
          throw new IllegalStateException("intents stay open");
        }
      }
      runtime.resume();
      boolean reconciled = runtime.reconcile();
      boolean agree =
          Holdings.read(file.spec(), wiring.store(), wiring.chains(), runtime.wallets()).stream()
              .allMatch(Holdings::agree);
      System.out.println(
          "finished: reconciled "
              + reconciled
              + ", agree "
              + agree
              + ", alarm "
              + runtime.alarm().orElse("none")
              + ", ticks "
              + wiring.store().read(view -> view.lastTick(file.spec().id())));
      return 0;
    }
  }

  private AgentRuntime open(AgentFile file, Wiring wiring) {
    Instant until = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return AgentRuntime.open(file, wiring, setting("OWNER"));
      } catch (SupercargoException e) {
        if (e.category() != SupercargoException.Category.TRANSIENT
            || Instant.now().isAfter(until)) {
          throw e;
        }
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
  }
}
