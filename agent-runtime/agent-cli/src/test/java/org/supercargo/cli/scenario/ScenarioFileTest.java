package org.supercargo.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.journal.JournalEvent.Outcome;
import org.supercargo.api.plan.Expectation;
import org.supercargo.engine.file.ScenarioFile;

/// Scenarios are read to the last value, or refused with their line and what to do.
class ScenarioFileTest {
  private static final String MEMORY = "planning: { memory: true }\n";

  @TempDir Path folder = Path.of("");

  @Test
  void a_scenario_is_read_to_the_last_value() {
    String text =
        Given.SCENARIO
            .replace("world:\n", "world:\n  remembers: [\"bob was paid\", alice is new]\n")
            .replace("outcome: done", "outcome: [done, not-met]");
    ScenarioFile scenario = Given.read(folder, text, Given.CLERK + MEMORY);
    assertThat(scenario.name()).isEqualTo("pay-alice");
    assertThat(scenario.path()).isEqualTo(folder.toAbsolutePath().resolve("clerk.yaml"));
    assertThat(scenario.agent().spec().id().value()).isEqualTo("clerk");
    assertThat(scenario.goal()).isEqualTo(new Goal("pay alice 2 USDC on base"));
    assertThat(scenario.holds()).map(Amount::toString).containsExactly("10 USDC", "0.0005 ETH");
    assertThat(scenario.remembers()).containsExactly("bob was paid", "alice is new");
    assertThat(scenario.outcomes()).isEqualTo(Set.of(Outcome.DONE, Outcome.NOT_MET));
    assertThat(scenario.effects())
        .singleElement()
        .isInstanceOfSatisfying(
            Expectation.Paid.class,
            paid -> assertThat(paid.payee().text()).isEqualTo("base-alice"));
    assertThat(scenario.mostCalls()).isEqualTo(3);
  }

  @Test
  void a_goal_of_the_agent_file_brings_its_words_and_what_it_accepts() {
    String text =
        """
        scenario: payday
        agent: clerk.yaml
        goal: payday
        expect: { outcome: done }
        """;
    ScenarioFile scenario = Given.read(folder, text);
    assertThat(scenario.goal()).isEqualTo(new Goal("pay alice 2 USDC on base"));
    assertThat(scenario.effects()).isEqualTo(scenario.agent().spec().goals().getFirst().accept());
    assertThat(scenario.holds()).isEmpty();
    assertThat(scenario.mostCalls()).isEqualTo(scenario.agent().spec().limits().modelCalls());
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "scenario: pay-alice | scenario: Pay Alice | 'case.yaml:1 scenario: \"Pay Alice\" cannot name a scenario'",
        "scenario: pay-alice | scenario: ../up | 'case.yaml:1 scenario: \"../up\" cannot name a scenario'",
        "agent: clerk.yaml | agent: cleric.yaml | case.yaml:2 agent: The agent file",
        "goal: pay | gaol: pay | 'case.yaml:3 gaol: there is no key \"gaol\" here; did you mean \"goal\"?'",
        "10 USDC on base | 10 USDC | 'case.yaml:5 world.holds[0]: \"10 USDC\" is nothing an agent can hold'",
        "10 USDC on base | 10 USDC on mars | 'case.yaml:5 world.holds[0]: \"mars\" is not a chain'",
        "10 USDC on base | 1 SOL on solana | 'case.yaml:5 world.holds[0]: the agent has no wallet on solana'",
        "10 USDC on base | 10 DOGE on base | 'case.yaml:5 world.holds[0]: the asset \"DOGE\" is not known'",
        "10 USDC on base | 0 USDC on base | 'case.yaml:5 world.holds[0]: \"0 USDC\" cannot lie in a wallet'",
        "10 USDC on base | $10 on base | 'case.yaml:5 world.holds[0]: \"$10\" cannot lie in a wallet'",
        "10 USDC on base | 1 ETH on base | case.yaml:5 world.holds[1]: ETH on base is given twice",
        "holds: [ | remembers: [a note, | case.yaml:5 world.remembers: the agent keeps no notes",
        "outcome: done | outcome: happy | 'case.yaml:7 expect.outcome: \"happy\" is not how a run ends'",
        "outcome: done | outcome: [done, done] | 'case.yaml:7 expect.outcome[1]: \"done\" is given twice'",
        "outcome: done | income: done | 'case.yaml:7 expect.income: there is no key \"income\" here'",
        "payee: alice | payee: zed | 'case.yaml:9 expect.effects[0].pays.payee: \"zed\" is not in the address book'",
        "calls-at-most: 3 | calls-at-most: 0 | case.yaml:10 expect.calls-at-most",
        "calls-at-most: 3 | calls-at-most: 25 | case.yaml:10 expect.calls-at-most"
      })
  void a_mistake_is_refused_with_its_line(String right, String wrong, String complaint) {
    assertThat(Given.SCENARIO).contains(right);
    assertThatThrownBy(() -> Given.read(folder, Given.SCENARIO.replace(right, wrong)))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.what()).startsWith(complaint);
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.advice()).isNotBlank();
            });
  }

  @Test
  void a_scenario_that_does_not_say_what_may_settle_is_refused() {
    String text = Given.SCENARIO.replaceAll("(?m)^  effects:\n.*\n", "");
    assertThatThrownBy(() -> Given.read(folder, text))
        .hasMessageContaining("it is not said what may settle");
  }

  @Test
  void a_mistake_in_the_agent_file_is_told_with_both_files() {
    String agent = Given.CLERK.replace("plugins:", "plug-ins:");
    assertThatThrownBy(() -> Given.read(folder, Given.SCENARIO, agent))
        .hasMessageContaining("case.yaml:2 agent: clerk.yaml:3 plug-ins");
  }

  @Test
  void a_folder_is_read_by_file_name_and_two_of_a_name_are_refused() throws IOException {
    Path scenarios = Files.createDirectories(folder.resolve("all"));
    var reader = new ScenarioFolder(Given.ADDRESSES);
    assertThatThrownBy(() -> reader.read(scenarios)).hasMessageContaining("There is no scenario");
    Files.writeString(folder.resolve("clerk.yaml"), Given.CLERK);
    String text = Given.SCENARIO.replace("clerk.yaml", "../clerk.yaml");
    Files.writeString(scenarios.resolve("b.yaml"), text);
    Files.writeString(scenarios.resolve("a.yaml"), text.replace("pay-alice", "first"));
    assertThat(reader.read(scenarios))
        .map(ScenarioFile::name)
        .isEqualTo(List.of("first", "pay-alice"));
    Files.writeString(scenarios.resolve("c.yaml"), text);
    assertThatThrownBy(() -> reader.read(scenarios))
        .hasMessageContaining("are the same scenario pay-alice");
  }
}
