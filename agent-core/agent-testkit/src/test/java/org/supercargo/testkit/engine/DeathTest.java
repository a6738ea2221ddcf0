package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.store.Attempt;
import org.supercargo.engine.store.AttemptState;
import org.supercargo.engine.store.StoredIntent;
import org.supercargo.testkit.ChainFaults.Submission;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// Transactions that can never land any more: another one takes their place, but not for ever.
final class DeathTest {
  private static final int SHORT_VALIDITY = 12;
  private static final int MOST_DEATHS = 3;

  private final ScriptedFaults onSolana = new ScriptedFaults();
  private Harbour harbour =
      new Harbour(Harbour.FILE, onSolana, new ScriptedFaults(), SHORT_VALIDITY);

  private Outcome pay(String amount) {
    ScriptedModel model =
        ScriptedModel.byTurn(
            Harbour.calls(Harbour.send("1", "alice", amount, "solana")), Harbour.answer("Done."));
    try (AgentRuntime runtime = harbour.openWithBooks(model)) {
      return runtime.run(new Goal("Pay alice.")).outcome();
    }
  }

  private static void loseSubmissions(ScriptedFaults faults, int count) {
    var lost = new Submission[count];
    Arrays.fill(lost, Submission.DROPPED);
    faults.submissions(lost);
  }

  private Books books(String story) {
    return new Books(harbour, story);
  }

  private String aliceHas() {
    return harbour.balance(Harbour.ALICE_ON_SOLANA, harbour.asset("USDC", ChainId.SOLANA)).number();
  }

  @Test
  void after_a_death_another_transaction_pays_and_pays_once() {
    Map<AttemptState, Integer> most = new EnumMap<>(AttemptState.class);
    for (int lost = 0; lost <= 12; lost++) {
      var faults = new ScriptedFaults();
      harbour = new Harbour(Harbour.FILE, faults, new ScriptedFaults(), SHORT_VALIDITY);
      loseSubmissions(faults, lost);
      String story = lost + " submissions lost";
      Outcome outcome = pay("10 USDC");
      assertThat(aliceHas()).as(story).isEqualTo(outcome == Outcome.DONE ? "10" : "0");
      List<AttemptState> states = states(story);
      assertThat(states.subList(0, states.size() - 1))
          .as("%s: attempts before the last", story)
          .allMatch(state -> state == AttemptState.DEAD);
      assertThat(harbour.signer.signatures()).as(story).isEqualTo(states.size());
      most.merge(states.getLast(), states.size(), Math::max);
      books(story).mustBeTrue();
    }
    assertThat(most)
        .as("how many attempts it took at the most, by how the last one ended")
        .isEqualTo(Map.of(AttemptState.LANDED, MOST_DEATHS, AttemptState.DEAD, MOST_DEATHS));
  }

  private List<AttemptState> states(String story) {
    StoredIntent intent = books(story).intents().getFirst();
    return books(story).attempts(intent.id()).stream().map(Attempt::state).toList();
  }

  @Test
  void after_three_deaths_it_is_given_up_and_its_budget_is_free() {
    loseSubmissions(onSolana, 400);
    assertThat(pay("10 USDC")).isEqualTo(Outcome.FAILED);
    StoredIntent intent = books("deaths").intents().getFirst();
    assertThat(intent.state()).isEqualTo(IntentState.FAILED);
    assertThat(states("deaths"))
        .containsExactly(AttemptState.DEAD, AttemptState.DEAD, AttemptState.DEAD);
    assertThat(books("deaths").records())
        .extracting(record -> record.event())
        .filteredOn(JournalEvent.IntentFinished.class::isInstance)
        .singleElement()
        .asString()
        .contains("its transactions never landed and never can");
    assertThat(books("deaths").reserved("fees", harbour.solana.nativeAsset().id())).isZero();
    books("deaths").mustBeTrue();
  }

  @Test
  void a_new_attempt_counts_again_in_the_signers_own_sums_because_it_cannot_see_a_death() {
    String file = Harbour.FILE.replace("[40 USDC per 24h, $500 per 24h]", "15 USDC per 24h");
    harbour =
        new Harbour(
            file.replace("[USDC, SOL, ETH]", "USDC").replace(", 1 SOL, 0.1 ETH]", "]"),
            onSolana,
            new ScriptedFaults(),
            SHORT_VALIDITY);
    loseSubmissions(onSolana, 3);
    assertThat(pay("10 USDC")).isEqualTo(Outcome.REFUSED);
    assertThat(states("no budget for a second signature"))
        .containsExactly(AttemptState.DEAD, AttemptState.REFUSED);
    assertThat(aliceHas()).isEqualTo("0");
    books("no budget for a second signature").mustBeTrue();
  }
}
