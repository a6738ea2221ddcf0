package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// The owner stops the signer: nothing is signed, nothing is decided, and nothing is lost.
final class StopTest {
  private final Harbour harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());

  private static ScriptedModel payBob() {
    return ScriptedModel.byTurn(
        Harbour.calls(
            Harbour.send("1", "bob", "1 USDC", "base"),
            Harbour.send("2", "alice", "2 USDC", "solana")),
        Harbour.answer("Done."));
  }

  private Outcome run() {
    try (AgentRuntime runtime = harbour.openWithBooks(payBob())) {
      return runtime.run(new Goal("Pay the crew.")).outcome();
    }
  }

  private String sweep() {
    try (AgentRuntime runtime = harbour.open(ScriptedModel.inOrder())) {
      return runtime.sweep().toString();
    }
  }

  @Test
  void a_stopped_signer_leaves_what_was_begun_open_and_it_goes_on_after_the_stop() {
    harbour.signer.stop();
    assertThat(run()).isEqualTo(Outcome.UNRESOLVED);
    assertThat(sweep()).contains("Unresolved").contains("The signer is stopped");
    assertThat(new Books(harbour, "stopped").intents())
        .extracting(stored -> stored.state())
        .containsExactly(IntentState.EXECUTING, IntentState.EXECUTING);
    assertThat(harbour.signer.signatures()).isZero();
    harbour.signer.resume();
    assertThat(sweep()).doesNotContain("Unresolved");
    assertThat(harbour.balance(Harbour.BOB_ON_BASE, harbour.asset("USDC", ChainId.BASE)).number())
        .isEqualTo("1");
    new Books(harbour, "stopped and resumed").mustBeTrue();
  }

  @Test
  void a_stop_between_two_payments_stops_the_second() {
    harbour.signer.beforeSignature(1, harbour.signer::stop);
    assertThat(run()).isEqualTo(Outcome.UNRESOLVED);
    assertThat(harbour.signer.signatures()).isEqualTo(1);
    assertThat(harbour.base.landed()).as("what was signed before").hasSize(1);
    assertThat(harbour.solana.landed()).isEmpty();
    harbour.signer.resume();
    sweep();
    assertThat(harbour.solana.landed()).hasSize(1);
    new Books(harbour, "stopped between").mustBeTrue();
  }

  @Test
  void what_was_signed_is_followed_to_its_end_while_the_signer_is_stopped() {
    harbour.signer.beforeSignature(1, harbour.signer::stop);
    run();
    assertThat(new Books(harbour, "stopped").intents().getFirst().state())
        .isEqualTo(IntentState.SETTLED);
  }
}
