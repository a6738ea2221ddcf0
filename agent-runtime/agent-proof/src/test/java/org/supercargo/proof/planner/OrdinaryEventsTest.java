package org.supercargo.proof.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.Goal;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.StaleLeaseException;
import org.supercargo.proof.Settings;
import org.supercargo.proof.owner.Auditor;
import org.supercargo.proof.owner.Loss;
import org.supercargo.proof.signer.Role;
import org.supercargo.store.SqlAgentStore;
import org.supercargo.testkit.store.InMemoryAgentStore;

/// Budgets are lost by ordinary events, not only by attackers: restarts, replicas, a payee who asks
/// for another coin, a store that is a network away. The planner always asks for more than there
/// is, and the signer signs whatever it is given.
class OrdinaryEventsTest {
  private static final int REPLICAS = 10;

  @TempDir private Path folder;
  private final RandomGenerator random = new SplittableRandom(Settings.ofProperties().seed());
  private Ship ship = new Ship(Role.TREASURER, false, false, Optional.empty());
  private Witness witness = new Witness(ship);
  private final AtomicInteger calls = new AtomicInteger();

  /// The stores there are without a server.
  enum Books {
    IN_MEMORY {
      @Override
      AgentStore open(Path folder) {
        return new InMemoryAgentStore();
      }
    },
    SQLITE {
      @Override
      AgentStore open(Path folder) {
        return SqlAgentStore.sqlite(folder.resolve("agents.db"));
      }
    };

    abstract AgentStore open(Path folder);
  }

  private ActionCall send(String payee, String amount, String chain) {
    return new ActionCall(
        "call " + calls.incrementAndGet(),
        "send",
        "{\"payee\":\"%s\",\"amount\":\"%s\",\"chain\":\"%s\"}".formatted(payee, amount, chain));
  }

  /// More than a day's budget of the suppliers, and more than one's own.
  private List<ActionCall> tooMuch() {
    var wishes = new ArrayList<ActionCall>();
    for (int i = 0; i < 5; i++) {
      wishes.add(
          send(i % 2 == 0 ? "alice" : "bob", (10 + random.nextInt(15)) + ".5 USDC", "solana"));
    }
    return wishes;
  }

  private void run(AgentStore store, String owner, List<ActionCall> wishes) {
    var model = new ObedientModel();
    model.wish(wishes);
    try (AgentRuntime runtime = ship.open(store, model, witness, _ -> {}, owner)) {
      runtime.sweep();
      runtime.run(new Goal("Do what is due."));
    }
  }

  private Loss loss() {
    Loss loss = Auditor.audit(ship.word().treasurer(), witness.taken(), List.of());
    loss.add(witness.unexplained(), "left without a word");
    return loss;
  }

  private void mustHaveSpentAllAndNoMore() {
    Loss loss = loss();
    System.out.printf("%d payments, %s base units over%n", witness.taken().size(), loss.total());
    assertThat(loss.why()).as("seed %s", Settings.ofProperties().seed()).isEmpty();
    assertThat(witness.taken()).as("payments that were made").hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aRestartAfterEveryPaymentForgetsNoBudget(Books books) {
    try (AgentStore store = books.open(folder)) {
      for (int i = 0; i < 12; i++) {
        run(store, "planner", tooMuch());
        ship.clock().advance(Duration.ofMinutes(random.nextInt(20)));
      }
    }
    mustHaveSpentAllAndNoMore();
  }

  /// The process dies where it stands: nothing is closed, and the next one waits for the lease.
  @ParameterizedTest
  @EnumSource
  void aProcessThatDiesInTheMiddleLeavesItsBudgetBehind(Books books) {
    var died = new ArrayList<AgentRuntime>();
    try (AgentStore store = books.open(folder)) {
      for (int i = 0; i < 8; i++) {
        var model = new ObedientModel();
        model.wish(tooMuch());
        AgentRuntime runtime = ship.open(store, model, witness, _ -> {}, "process " + i);
        died.add(runtime);
        runtime.sweep();
        runtime.run(new Goal("Do what is due."));
        ship.clock().advance(Duration.ofSeconds(16));
      }
      died.forEach(AgentRuntime::close);
    }
    mustHaveSpentAllAndNoMore();
  }

  @ParameterizedTest
  @EnumSource
  void tenReplicasShareOneBudget(Books books) throws Exception {
    try (AgentStore store = books.open(folder)) {
      together(store);
    }
    mustHaveSpentAllAndNoMore();
  }

  @ParameterizedTest
  @EnumSource
  void tenReplicasShareOneBudgetInAStoreOneMillisecondAway(Books books) throws Exception {
    try (AgentStore store = new SlowStore(books.open(folder), Duration.ofMillis(1))) {
      together(store);
    }
    mustHaveSpentAllAndNoMore();
  }

  /// The negative control: without a mandate the same replicas spend far too much.
  @Test
  void withTheMandateOffTheReplicasOverspend() throws Exception {
    ship = new Ship(Role.TREASURER, true, false, Optional.empty());
    witness = new Witness(ship);
    try (AgentStore store = Books.IN_MEMORY.open(folder)) {
      together(store);
    }
    assertThat(loss().isNothing()).as("nothing was lost").isFalse();
  }

  /// Each wants all there is, and takes its turn as soon as it gets one.
  private void together(AgentStore store) throws Exception {
    var replicas = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < REPLICAS; i++) {
      String owner = "replica " + i;
      List<ActionCall> wishes = tooMuch();
      replicas.add(() -> patiently(store, owner, wishes));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var turn : threads.invokeAll(replicas)) {
        assertThat(turn.get()).as("turns of a replica").isPositive();
      }
    }
  }

  /// @return after how many tries it was done
  private int patiently(AgentStore store, String owner, List<ActionCall> wishes) {
    for (int tries = 1; ; tries++) {
      try {
        run(store, owner, wishes);
        return tries;
      } catch (StaleLeaseException e) {
        // Another one took over; what it left open is that one's now.
        return tries;
      } catch (SupercargoException e) {
        if (e.category() != SupercargoException.Category.TRANSIENT) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPayeeWhoAsksForAnotherCoinGetsNoOtherBudget(Books books) {
    try (AgentStore store = books.open(folder)) {
      run(store, "planner", tooMuch());
      run(
          store,
          "planner",
          List.of(
              send("alice", "1000 EURC", "base"),
              send("alice", "1000 USDT", "base"),
              send("alice", "20 USDC", "base"),
              send("bob", "21 USDC", "base"),
              send("alice", "22 USDC", "base"),
              send("bob", "23 USDC", "base"),
              send("alice", "0.19 SOL", "solana"),
              send("bob", "0.18 SOL", "solana"),
              send("alice", "90 TIDE", "solana"),
              send("bob", "0.01 WETH", "base")));
    }
    mustHaveSpentAllAndNoMore();
  }
}
