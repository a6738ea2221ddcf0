package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.StoredIntent;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;
import org.supercargo.testkit.SeededFaults;

/// The process ends at every place there is, and nothing is lost or done twice.
final class CrashMatrixTest {
  private static final Goal GOAL = new Goal("Pay the crew and buy some ether.");
  private static final int MOST_CRASHES = 400;
  private static final int SEEDS = 300;
  private static final int SHORT_VALIDITY = 12;

  private static ScriptedModel model() {
    return ScriptedModel.byTurn(
        Harbour.calls(
            Harbour.send("1", "alice", "2.5 USDC", "solana"),
            Harbour.send("2", "bob", "0.01 ETH", "base")),
        Harbour.calls(
            Harbour.swap("3", "25 USDC", "0.0099 ETH"),
            Harbour.send("4", "alice", "0.5 SOL", "solana"),
            Harbour.send("5", "alice", "11 USDC", "base")),
        Harbour.answer("Paid and bought what the mandate allows."));
  }

  @Test
  void a_process_that_ends_at_any_point_pays_everyone_once_after_its_restart() {
    int number = 1;
    for (; number <= MOST_CRASHES; number++) {
      var harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());
      var points = new CrashPoints(number);
      List<AgentRuntime> opened = new ArrayList<>();
      boolean crashed = runUntilCrash(harbour, points, opened);
      if (crashed) {
        recoverOrStart(harbour, new CrashPoints(0), opened);
      }
      opened.forEach(AgentRuntime::close);
      String story = "crash " + number + " " + points.crash();
      everythingWasPaid(harbour, story);
      new Books(harbour, story).mustBeTrue();
      if (!crashed) {
        break;
      }
    }
    assertThat(number).as("crashes until a run went through").isBetween(100, MOST_CRASHES);
  }

  @Test
  void a_process_that_ends_again_and_again_pays_everyone_once() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      var random = new Random(seed);
      var harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());
      String story = crashOften(harbour, random, "seed " + seed);
      everythingWasPaid(harbour, story);
      new Books(harbour, story).mustBeTrue();
    }
  }

  @Test
  void faults_of_the_chains_never_pay_twice_and_never_go_unbooked() {
    Set<AttemptState> ends = EnumSet.noneOf(AttemptState.class);
    for (int seed = 1; seed <= SEEDS; seed++) {
      Harbour harbour = stormy(seed, 12);
      List<AgentRuntime> opened = new ArrayList<>();
      recoverOrStart(harbour, new CrashPoints(0), opened);
      opened.forEach(AgentRuntime::close);
      var books = new Books(harbour, "chain faults of seed " + seed);
      books.mustBeTrue();
      books.intents().stream()
          .flatMap(stored -> books.attempts(stored.id()).stream())
          .forEach(attempt -> ends.add(attempt.state()));
    }
    assertThat(ends)
        .as("how transactions ended over all seeds")
        .contains(AttemptState.LANDED, AttemptState.DEAD);
  }

  /// Faults of every kind, and transactions that expire while they are resent.
  private static Harbour stormy(int seed, int percent) {
    return new Harbour(
        Harbour.FILE,
        new SeededFaults(seed, percent, 25),
        new SeededFaults(~seed, percent, 25),
        SHORT_VALIDITY);
  }

  @Test
  void faults_and_crashes_together_never_pay_twice_and_never_go_unbooked() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Harbour harbour = stormy(seed, 8);
      String story = crashOften(harbour, new Random(seed), "faults and crashes of seed " + seed);
      new Books(harbour, story).mustBeTrue();
    }
  }

  private static String crashOften(Harbour harbour, Random random, String story) {
    List<AgentRuntime> opened = new ArrayList<>();
    var told = new StringBuilder(story);
    for (int life = 0; life < 12; life++) {
      var points = new CrashPoints(1 + random.nextInt(40));
      try {
        recoverOrStart(harbour, points, opened);
        break;
      } catch (CrashPoints.SimulatedCrash crash) {
        told.append(", ").append(crash.getMessage());
      }
    }
    recoverOrStart(harbour, new CrashPoints(0), opened);
    opened.forEach(AgentRuntime::close);
    return told.toString();
  }

  private static boolean runUntilCrash(
      Harbour harbour, CrashPoints points, List<AgentRuntime> opened) {
    try {
      recoverOrStart(harbour, points, opened);
      return false;
    } catch (CrashPoints.SimulatedCrash crash) {
      return true;
    }
  }

  /// What a process does when it starts: finish what is open, then work on the goal if no tick was
  /// ever begun for it.
  private static void recoverOrStart(
      Harbour harbour, CrashPoints points, List<AgentRuntime> opened) {
    AgentRuntime runtime =
        AgentRuntime.open(harbour.file, harbour.wiring(model(), points), Harbour.OWNER);
    opened.add(runtime);
    if (harbour.store.read(view -> view.lastTick(Harbour.AGENT)) == 0) {
      Patiently.until(runtime::reconcile);
      runtime.run(GOAL);
    } else {
      runtime.sweep();
      runtime.resume();
    }
    for (int sweeps = 0; sweeps < 10 && isOpen(harbour); sweeps++) {
      runtime.sweep();
    }
  }

  private static boolean isOpen(Harbour harbour) {
    return !harbour.store.read(view -> view.openIntents(Harbour.AGENT)).isEmpty();
  }

  private static void everythingWasPaid(Harbour harbour, String story) {
    assertThat(new Books(harbour, story).intents())
        .as("%s: intents the mandate allowed", story)
        .extracting(StoredIntent::state)
        .containsExactly(
            IntentState.SETTLED, IntentState.SETTLED, IntentState.SETTLED, IntentState.SETTLED);
    received(harbour, Harbour.ALICE_ON_SOLANA, "USDC", "2.5", story);
    received(harbour, Harbour.ALICE_ON_SOLANA, "SOL", "0.5", story);
    received(harbour, Harbour.BOB_ON_BASE, "ETH", "0.01", story);
    received(harbour, Harbour.ALICE_ON_BASE, "USDC", "0", story);
    Asset usdc = harbour.asset("USDC", ChainId.BASE);
    assertThat(harbour.balance(harbour.wallet(ChainId.BASE), usdc).number())
        .as("%s: USDC left after the swap", story)
        .isEqualTo("175");
  }

  private static void received(
      Harbour harbour, Address payee, String symbol, String number, String story) {
    Asset asset = harbour.asset(symbol, payee.chain());
    assertThat(harbour.balance(payee, asset).number())
        .as("%s: %s that %s received", story, symbol, payee)
        .isEqualTo(number);
  }
}
