package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.Alarms;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// What leaves the wallet behind the agent's back raises an alarm that says why, and stops effects.
final class AlarmTest {
  private static final Goal GOAL = new Goal("Pay the crew.");

  private final ScriptedFaults onSolana = new ScriptedFaults();
  private final Harbour harbour = new Harbour(onSolana, new ScriptedFaults());

  private Outcome run(ActionCall... calls) {
    return run(ScriptedModel.byTurn(Harbour.calls(calls), Harbour.answer("Done.")));
  }

  private Outcome run(ScriptedModel model) {
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      return runtime.run(GOAL).outcome();
    }
  }

  private String alarm() {
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      runtime.sweep();
      assertThat(runtime.reconcile()).isTrue();
      return runtime.alarm().orElse("");
    }
  }

  private String bobHas() {
    return harbour.balance(Harbour.BOB_ON_BASE, harbour.asset("USDC", ChainId.BASE)).number();
  }

  @Test
  void a_foreign_use_of_the_key_on_a_chain_that_counts_is_told_by_the_count() {
    run(Harbour.send("1", "bob", "1 USDC", "base"));
    harbour.someoneElsePaysFrom(ChainId.BASE);
    assertThat(alarm())
        .contains("1 USDC left the wallet on base without a transaction of this agent")
        .contains("The wallet has sent 1 transactions on base that are not in these books")
        .contains("somebody else uses its key");
  }

  @Test
  void a_foreign_use_of_the_key_elsewhere_is_told_by_what_is_missing() {
    run(Harbour.send("1", "alice", "1 USDC", "solana"));
    harbour.someoneElsePaysFrom(ChainId.SOLANA);
    assertThat(alarm())
        .contains("1 USDC left the wallet on solana without a transaction of this agent")
        .contains("its key may be used elsewhere");
  }

  @Test
  void a_foreign_use_of_the_very_number_of_ours_is_told_at_once_and_holds_the_payment_back() {
    run(Harbour.send("1", "bob", "1 USDC", "base"));
    harbour.signer.beforeSignature(2, () -> harbour.someoneElsePaysFrom(ChainId.BASE));
    assertThat(run(Harbour.send("1", "bob", "2 USDC", "base"))).isEqualTo(Outcome.UNRESOLVED);
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      assertThat(runtime.alarm())
          .hasValueSatisfying(
              alarm -> assertThat(alarm).contains("took the number", "somebody else uses its key"));
      assertThat(runtime.sweep().toString()).contains("It waits for an alarm");
    }
    assertThat(bobHas()).isEqualTo("1");
    new Alarms(harbour.store, harbour.clock).clear(Harbour.AGENT, "It was me.");
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      assertThat(runtime.sweep().toString()).contains("Settled");
    }
    assertThat(bobHas()).isEqualTo("3");
  }

  @Test
  void what_is_taken_by_an_allowance_is_told_by_what_is_missing() {
    run(Harbour.swap("1", "25 USDC", "0.0101 ETH"));
    harbour.base.takeByAllowance(
        harbour.wallet(ChainId.BASE), Harbour.EXCHANGE, harbour.amount("25", "USDC", ChainId.BASE));
    assertThat(alarm())
        .contains("25 USDC left the wallet on base without a transaction of this agent")
        .contains("someone holds an allowance");
  }

  @Test
  void a_transaction_that_a_node_called_dead_and_that_landed_is_told_by_its_name() {
    run(Harbour.send("1", "alice", "1 USDC", "solana"));
    onSolana.hide(2).claimDeath(1);
    run(Harbour.send("1", "alice", "3 USDC", "solana"));
    assertThat(
            harbour
                .balance(Harbour.ALICE_ON_SOLANA, harbour.asset("USDC", ChainId.SOLANA))
                .number())
        .as("paid twice, because the node lied")
        .isEqualTo("7");
    String dead =
        new Books(harbour, "a lie")
            .records().stream()
                .map(record -> record.event())
                .filter(JournalEvent.TransactionDead.class::isInstance)
                .map(event -> ((JournalEvent.TransactionDead) event).transaction().text())
                .findFirst()
                .orElseThrow();
    assertThat(alarm())
        .contains("3 USDC left the wallet on solana without a transaction of this agent")
        .contains("transaction " + dead + " of captain:2:0 landed although it was proved dead");
  }

  @Test
  void deposits_raise_no_alarm() {
    run(Harbour.send("1", "bob", "1 USDC", "base"));
    harbour.base.credit(harbour.wallet(ChainId.BASE), harbour.amount("70", "USDC", ChainId.BASE));
    harbour.solana.credit(
        harbour.wallet(ChainId.SOLANA), harbour.amount("0.5", "SOL", ChainId.SOLANA));
    assertThat(alarm()).isEmpty();
    assertThat(run(Harbour.send("1", "bob", "2 USDC", "base"))).isEqualTo(Outcome.DONE);
    new Books(harbour, "deposits").mustBeTrue();
  }

  @Test
  void an_alarm_stops_effects_until_the_owner_has_looked_and_reading_goes_on() {
    run(Harbour.send("1", "bob", "1 USDC", "base"));
    harbour.someoneElsePaysFrom(ChainId.BASE);
    alarm();
    ScriptedModel model =
        ScriptedModel.byTurn(
            Harbour.calls(
                new ActionCall("1", "balance", "{\"asset\":\"SOL\",\"chain\":\"solana\"}"),
                Harbour.send("2", "bob", "2 USDC", "base"),
                Harbour.send("3", "alice", "2 USDC", "solana")),
            Harbour.answer("Stopped."));
    assertThat(run(model)).isEqualTo(Outcome.REFUSED);
    assertThat(model.requests().getLast().messages().toString())
        .contains("2 SOL")
        .contains("Nothing is done until the owner has looked at an alarm");
    assertThat(bobHas()).isEqualTo("1");
    assertThat(harbour.solana.landed()).isEmpty();

    new Alarms(harbour.store, harbour.clock)
        .clear(Harbour.AGENT, "It was me, with the key on paper.");
    assertThat(
            run(
                Harbour.send("1", "bob", "3 USDC", "base"),
                Harbour.send("2", "alice", "3 USDC", "solana")))
        .isEqualTo(Outcome.DONE);
    assertThat(bobHas()).isEqualTo("4");
    harbour.clock.advance(Duration.ofMinutes(1));
    assertThat(alarm()).isEmpty();
    assertThat(new Books(harbour, "alarm").records())
        .extracting(record -> record.event())
        .filteredOn(JournalEvent.AlarmCleared.class::isInstance)
        .containsExactly(new JournalEvent.AlarmCleared("It was me, with the key on paper."));
  }
}
