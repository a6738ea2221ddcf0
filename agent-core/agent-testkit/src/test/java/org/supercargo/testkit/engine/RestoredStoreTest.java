package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// The store is put back to an older state while the signer keeps its log: what was signed comes
/// back into the books, and nothing is paid twice.
final class RestoredStoreTest {
  private static final Goal GOAL = new Goal("Pay the crew and buy some ether.");
  private static final int MOST_CRASHES = 400;
  private static final List<Integer> DISTANCES = List.of(1, 2, 3, 5, 13, 34, 1_000);

  private static ScriptedModel model() {
    return ScriptedModel.byTurn(
        Harbour.calls(
            Harbour.send("1", "alice", "2.5 USDC", "solana"),
            Harbour.swap("2", "25 USDC", "0.0099 ETH")),
        Harbour.calls(
            Harbour.send("3", "bob", "0.01 ETH", "base"),
            Harbour.send("4", "alice", "0.5 SOL", "solana")),
        Harbour.answer("Paid and bought."));
  }

  @Test
  void whatever_older_state_comes_back_nothing_is_paid_twice_and_nothing_signed_is_lost() {
    int crash = 1;
    int restores = 0;
    for (; crash <= MOST_CRASHES; crash++) {
      boolean crashed = true;
      for (int distance : DISTANCES) {
        var harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());
        List<AgentRuntime> opened = new ArrayList<>();
        crashed = runUntil(crash, harbour, opened);
        int position = Math.max(0, harbour.store.position() - distance);
        String story = "crash " + crash + ", " + distance + " writes lost";
        harbour.store.rewind(position);
        comeBack(harbour, opened, story);
        opened.forEach(AgentRuntime::close);
        nothingTwice(harbour, story);
        new Books(harbour, story).mustBeTrueAfterRestore();
        restores++;
      }
      if (!crashed) {
        break;
      }
    }
    assertThat(crash).as("crashes until a run went through").isBetween(80, MOST_CRASHES);
    assertThat(restores).isGreaterThan(500);
  }

  private static String pay(Harbour harbour, String payee, String amount) {
    ScriptedModel model =
        ScriptedModel.byTurn(
            Harbour.calls(Harbour.send("1", payee, amount, "base")), Harbour.answer("Paid."));
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      return runtime.run(GOAL).outcome().name();
    }
  }

  @Test
  void what_comes_back_counts_against_every_budget_at_once() {
    var harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());
    AgentRuntime lost = harbour.openWithBooks(model());
    int before = harbour.store.position();
    lost.run(GOAL);
    lost.close();
    var books = new Books(harbour, "recovered");
    var eth = harbour.asset("ETH", ChainId.BASE).id();
    var usdc = harbour.asset("USDC", ChainId.BASE).id();
    BigInteger fees = books.reserved("fees", eth);
    BigInteger sold = books.reserved("trade", usdc);
    assertThat(fees).isEqualTo(BigInteger.valueOf(6_000_000_000_000L));
    harbour.store.rewind(before);
    try (AgentRuntime runtime = harbour.open(model())) {
      assertThat(runtime.recovered()).as("signatures put back").isEqualTo(5);
      assertThat(books.reserved("fees", eth)).isEqualTo(fees);
      assertThat(books.reserved("trade", usdc)).isEqualTo(sold).isPositive();
      runtime.sweep();
      assertThat(runtime.resume()).as("a tick without a record").isEmpty();
    }
    books.mustBeTrueAfterRestore();
  }

  @Test
  void a_process_that_runs_while_the_store_is_put_back_signs_nothing_new() {
    var harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());
    ScriptedModel twice =
        ScriptedModel.inOrder(
            Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base")),
            Harbour.answer("Paid."),
            Harbour.calls(
                Harbour.send("1", "bob", "2 USDC", "base"),
                Harbour.send("2", "bob", "3 USDC", "base")),
            Harbour.answer("Paid again."));
    try (AgentRuntime runtime = harbour.openWithBooks(twice)) {
      int before = harbour.store.position();
      runtime.run(GOAL);
      harbour.store.rewind(before);
      assertThat(runtime.run(GOAL).outcome().name()).isEqualTo("UNRESOLVED");
    }
    assertThat(twice.requests().getLast().messages().toString())
        .contains("other bytes were signed for attempt 1")
        .contains("The books hold 0 signatures of 1");
    assertThat(harbour.signer.signatures()).isEqualTo(1);
    assertThat(harbour.base.landed()).hasSize(1);
  }

  @Test
  void books_that_were_put_back_and_went_on_from_there_are_refused() {
    var harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());
    ScriptedModel twice =
        ScriptedModel.inOrder(
            Harbour.calls(Harbour.send("1", "alice", "1 USDC", "solana")),
            Harbour.answer("Paid."),
            Harbour.calls(Harbour.send("1", "alice", "2 USDC", "solana")),
            Harbour.answer("Paid again."));
    try (AgentRuntime runtime = harbour.openWithBooks(twice)) {
      int before = harbour.store.position();
      runtime.run(GOAL);
      harbour.store.rewind(before);
      assertThat(runtime.run(GOAL).outcome().name())
          .as("a payment under the number of one that was signed")
          .isIn("UNRESOLVED", "REFUSED");
    }
    assertThat(harbour.signer.signatures()).isEqualTo(1);
    assertThatThrownBy(() -> harbour.open(ScriptedModel.inOrder()))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.EXTERNAL);
              assertThat(refusal.what()).contains("another intent captain:1:0");
              assertThat(refusal.advice()).contains("Restore the newest backup");
            });
  }

  @Test
  void what_was_open_and_never_signed_when_the_store_was_saved_is_not_brought_to_life_again() {
    var harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());
    ScriptedModel once =
        ScriptedModel.byTurn(
            Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base")), Harbour.answer("Refused."));
    AgentRuntime first =
        AgentRuntime.open(
            harbour.file,
            harbour.wiring(once, new CrashPoints("before a signature")),
            Harbour.OWNER);
    assertThatThrownBy(() -> first.run(GOAL)).isInstanceOf(CrashPoints.SimulatedCrash.class);
    first.close();
    int saved = harbour.store.position();
    ScriptedModel other =
        ScriptedModel.byTurn(
            Harbour.calls(Harbour.send("1", "alice", "2 USDC", "solana")), Harbour.answer("Paid."));
    try (AgentRuntime runtime = harbour.open(other)) {
      assertThat(runtime.run(GOAL).outcome().name()).isEqualTo("DONE");
    }
    harbour.store.rewind(saved);
    try (AgentRuntime runtime = harbour.open(once)) {
      assertThat(runtime.recovered()).isPositive();
      runtime.sweep();
      int open = harbour.store.read(view -> view.openIntents(Harbour.AGENT).size());
      assertThat(open).isZero();
      assertThat(runtime.reconcile()).isTrue();
    }
    assertThat(harbour.balance(Harbour.BOB_ON_BASE, harbour.asset("USDC", ChainId.BASE)).number())
        .isEqualTo("0");
  }

  @Test
  void a_signer_that_lost_its_log_is_not_worked_with() {
    var harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());
    assertThat(pay(harbour, "bob", "1 USDC")).isEqualTo("DONE");
    harbour.signer.forget(Harbour.AGENT);
    assertThatThrownBy(() -> harbour.open(ScriptedModel.inOrder()))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.EXTERNAL);
              assertThat(refusal.what()).contains("hold 1 signatures, and the signer remembers 0");
            });
  }

  private static boolean runUntil(int crash, Harbour harbour, List<AgentRuntime> opened) {
    try {
      AgentRuntime runtime =
          AgentRuntime.open(
              harbour.file, harbour.wiring(model(), new CrashPoints(crash)), Harbour.OWNER);
      opened.add(runtime);
      runtime.reconcile();
      runtime.run(GOAL);
      return false;
    } catch (CrashPoints.SimulatedCrash e) {
      return true;
    }
  }

  private static void comeBack(Harbour harbour, List<AgentRuntime> opened, String story) {
    AgentRuntime runtime = harbour.open(model());
    opened.add(runtime);
    runtime.sweep();
    runtime.resume();
    runtime.sweep();
    assertThat(runtime.reconcile()).as("%s: all is over", story).isTrue();
    if (harbour.signer.signatures() == 0
        && harbour.store.read(view -> view.lastTick(Harbour.AGENT)) == 0) {
      runtime.run(GOAL);
    }
  }

  private static void nothingTwice(Harbour harbour, String story) {
    atMost(harbour, Harbour.ALICE_ON_SOLANA, "USDC", "2.5", story);
    atMost(harbour, Harbour.ALICE_ON_SOLANA, "SOL", "0.5", story);
    atMost(harbour, Harbour.BOB_ON_BASE, "ETH", "0.01", story);
    Asset usdc = harbour.asset("USDC", ChainId.BASE);
    assertThat(harbour.balance(harbour.wallet(ChainId.BASE), usdc).number())
        .as("%s: USDC left after at most one swap", story)
        .isIn("200", "175");
  }

  private static void atMost(
      Harbour harbour, Address payee, String symbol, String number, String story) {
    Asset asset = harbour.asset(symbol, payee.chain());
    assertThat(harbour.balance(payee, asset).number())
        .as("%s: %s that %s received", story, symbol, payee)
        .isIn("0", number);
  }
}
