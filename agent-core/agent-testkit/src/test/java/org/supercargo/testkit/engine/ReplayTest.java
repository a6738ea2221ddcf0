package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.agent.Goal;
import org.supercargo.engine.AgentRuntime;
import org.supercargo.engine.DivergenceException;
import org.supercargo.engine.Replay;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.store.AgentStore;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.testkit.FakeCodec;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// A replay takes what came from outside from the journal and computes every decision again.
final class ReplayTest {
  private final Harbour harbour = new Harbour(new ScriptedFaults(), new ScriptedFaults());

  @BeforeEach
  void twoTicks() {
    try (AgentRuntime runtime =
        harbour.openWithBooks(
            ScriptedModel.inOrder(
                Harbour.calls(
                    new ActionCall("1", "balance", "{\"asset\":\"SOL\",\"chain\":\"solana\"}"),
                    Harbour.send("2", "alice", "2.5 USDC", "solana"),
                    Harbour.send("3", "alice", "10.5 USDC", "base"),
                    new ActionCall("4", "dance", "{}")),
                Harbour.answer("Paid once."),
                Harbour.calls(Harbour.send("1", "bob", "0.01 ETH", "base")),
                Harbour.answer("Paid again.")))) {
      runtime.run(new Goal("Pay alice."));
      runtime.run(new Goal("Pay bob."));
    }
  }

  private List<Replay.TickReplay> replay(AgentStore store) {
    return replay(store, harbour.file);
  }

  private List<Replay.TickReplay> replay(AgentStore store, AgentFile file) {
    // A model without a script: whoever asks it anything fails the test.
    return new Replay(
            file,
            harbour.wiring(store, harbour.signer, ScriptedModel.inOrder(), new CrashPoints(0)))
        .all();
  }

  private static UnaryOperator<List<JournalRow>> rows(UnaryOperator<JournalRow> change) {
    return rows -> rows.stream().map(change).toList();
  }

  private static JournalRow withPayload(JournalRow row, String payload) {
    return new JournalRow(
        row.agent(), row.sequence(), row.tick(), row.at(), row.type(), payload, row.hash());
  }

  @Test
  void every_tick_comes_to_the_same_decisions_and_nothing_happens_again() {
    var before = harbour.store.read(view -> view.lastJournalRow(Harbour.AGENT)).orElseThrow();
    int signatures = harbour.signer.signatures();
    assertThat(replay(harbour.store))
        .hasSize(2)
        .allSatisfy(tick -> assertThat(tick.difference()).isEmpty())
        .extracting(Replay.TickReplay::goal)
        .containsExactly("Pay alice.", "Pay bob.");
    assertThat(harbour.store.read(view -> view.lastJournalRow(Harbour.AGENT)).orElseThrow())
        .isEqualTo(before);
    assertThat(harbour.signer.signatures()).isEqualTo(signatures);
  }

  /// What of the first tick is changed in the journal, and what it is changed to.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          IntentJudged   | "type":"Allow","rule":"crew"  | "type":"Allow","rule":"else"
          IntentJudged   | "baseUnits":"2500000"         | "baseUnits":"2400000"
          IntentJudged   | "type":"Deny","rule":"default deny","reason":"rule | "type":"Deny","rule":"default deny","reason":"no
          IntentJudged   | USD crew":"0"                 | USD crew":"499000000000000"
          IntentProposed | "baseUnits":"2500000"         | "baseUnits":"9500000"
          IntentProposed | captain:1:0                   | captain:1:1
          ModelReplied   | 10.5 USDC                     | 10.4 USDC
          ModelReplied   | Paid once.                    | Paid twice.
          ModelAsked     | "kept":0                      | "kept":1
          ActionReturned | "text":"2 SOL"                | "text":"9 SOL"
          CallRejected   | There is no action            | There was no action
          IntentConcluded | Settled                      | Failed
          IntentConcluded | pay 2.5 USDC                 | pay 9.5 USDC
          TickEnded      | REFUSED                       | DONE
          TickStarted    | Pay alice.                    | Pay mallory.
          """)
  void a_record_that_was_changed_makes_the_replay_differ(String type, String was, String is) {
    var changed = new boolean[1];
    UnaryOperator<List<JournalRow>> change =
        rows(row -> {
          if (row.tick() == 1 && row.type().equals(type) && row.payload().contains(was)) {
            changed[0] = true;
            return withPayload(row, row.payload().replace(was, is));
          }
          return row;
        });
    List<Replay.TickReplay> replays = replay(new AlteredStore(harbour.store, change));
    assertThat(changed[0]).as("%s holds %s", type, was).isTrue();
    assertThat(replays.get(0).isIdentical()).as("replay of the changed tick").isFalse();
    assertThat(replays.get(0).difference()).isNotBlank();
    assertThat(replays.get(1).difference()).as("replay of the other tick").isEmpty();
  }

  @Test
  void a_verdict_that_was_turned_round_is_told_with_both_versions() {
    UnaryOperator<List<JournalRow>> change =
        rows(row ->
            row.tick() == 2 && row.type().equals("IntentJudged")
                ? withPayload(
                    row,
                    row.payload()
                        .replaceFirst(
                            "\"verdict\":.*",
                            "\"verdict\":{\"type\":\"NeedsApproval\",\"rule\":\"crew\",\"reason\":\"no\","
                                + "\"terms\":{\"approvers\":[\"cfo\"],\"quorum\":1,\"delay\":\"PT0S\",\"lapse\":\"PT1H\"},"
                                + "\"reservations\":[]}}"))
                : row);
    assertThat(replay(new AlteredStore(harbour.store, change)).get(1).difference())
        .contains("differs", "recorded:", "NeedsApproval", "computed:", "\"type\":\"Allow\"");
  }

  @Test
  void a_missing_record_makes_the_replay_differ_wherever_it_was() {
    List<JournalRow> rows =
        harbour.store.read(view -> view.journalOfTick(Harbour.AGENT, 1)).stream()
            .filter(row -> !row.type().startsWith("Transaction"))
            .filter(row -> !row.type().equals("IntentFinished"))
            .toList();
    for (JournalRow missing : rows) {
      UnaryOperator<List<JournalRow>> change =
          all -> all.stream().filter(row -> !row.equals(missing)).toList();
      assertThat(replay(new AlteredStore(harbour.store, change)).getFirst().isIdentical())
          .as("replay without record %s, %s", missing.sequence(), missing.type())
          .isFalse();
    }
  }

  @Test
  void records_after_the_end_of_a_tick_make_the_replay_differ() {
    UnaryOperator<List<JournalRow>> change =
        all ->
            all.stream()
                .flatMap(row ->
                    row.tick() == 1 && row.type().equals("TickEnded")
                        ? Stream.of(row, row)
                        : Stream.of(row))
                .toList();
    assertThat(replay(new AlteredStore(harbour.store, change)).getFirst().difference())
        .isEqualTo("the record goes on after the tick ended");
  }

  @Test
  void an_interrupted_tick_replays_as_far_as_it_came_and_asks_no_model() {
    List<JournalRow> all = harbour.store.read(view -> view.journalOfTick(Harbour.AGENT, 1));
    for (int length = 1; length < all.size(); length++) {
      int kept = length;
      UnaryOperator<List<JournalRow>> change =
          rows ->
              rows.stream()
                  .filter(row -> row.tick() != 1 || row.sequence() <= all.get(kept - 1).sequence())
                  .toList();
      assertThat(replay(new AlteredStore(harbour.store, change)).getFirst().difference())
          .as("the first %s records", length)
          .contains("The record ends before the tick does");
    }
  }

  @Test
  void another_agent_file_is_named_as_the_reason() {
    AgentFile changed =
        AgentFile.parse(
            "captain.yaml",
            Harbour.FILE.replace("10 USDC", "11 USDC").getBytes(StandardCharsets.UTF_8),
            FakeCodec::read);
    assertThat(replay(harbour.store, changed))
        .allSatisfy(tick ->
            assertThat(tick.difference())
                .isEqualTo("it was made under another version of the agent file"));
  }

  @Test
  void a_tick_that_finds_its_own_record_changed_does_not_go_on() {
    AgentRuntime crashed =
        AgentRuntime.open(
            harbour.file,
            harbour.wiring(
                ScriptedModel.inOrder(Harbour.calls(Harbour.send("1", "bob", "1 USDC", "base"))),
                new CrashPoints("before a signature")),
            Harbour.OWNER);
    assertThatThrownBy(() -> crashed.run(new Goal("Pay bob more.")))
        .isInstanceOf(CrashPoints.SimulatedCrash.class);
    var altered =
        harbour.wiring(
            new AlteredStore(
                harbour.store,
                rows(row ->
                    row.tick() == 3 && row.type().equals("ModelReplied")
                        ? withPayload(row, row.payload().replace("1 USDC", "9 USDC"))
                        : row)),
            harbour.signer,
            ScriptedModel.inOrder(),
            new CrashPoints(0));
    try (AgentRuntime runtime = AgentRuntime.open(harbour.file, altered, Harbour.OWNER)) {
      assertThatThrownBy(runtime::resume)
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("differs");
    }
    crashed.close();
  }
}
