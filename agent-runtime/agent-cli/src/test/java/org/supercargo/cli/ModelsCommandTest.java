package org.supercargo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.cli.StubModels.Spoiling;
import org.supercargo.cli.model.PracticeGround;
import org.supercargo.cli.model.Task;
import org.supercargo.cli.model.TaskFolder;

/// `models list`, `try` and `compare` over models whose mistakes are made on purpose.
class ModelsCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20_261_124;
  private static final Map<String, Integer> SPOILED = Map.of("one", 45, "two", 18, "three", 6);

  @TempDir Path data = Path.of("");

  private static List<Task> tasks() {
    return new TaskFolder(new PracticeGround(Codecs.ALL)).read(folder());
  }

  private static Path folder() {
    return CommandProcess.home().resolve("examples").resolve("model-tasks");
  }

  private StubModels stubs(Map<String, Integer> spoiled, Spoiling spoiling) {
    return stubs(spoiled, spoiling, SEED);
  }

  private StubModels stubs(Map<String, Integer> spoiled, Spoiling spoiling, long seed) {
    var stubs = new StubModels(tasks(), spoiled, spoiling, seed);
    stubs.describe(data);
    return stubs;
  }

  private CommandOutput models(String... words) {
    var arguments = new ArrayList<String>(List.of("models"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--data", data.toString()));
    return CommandOutput.of(arguments.toArray(String[]::new));
  }

  private CommandOutput compare(String... more) {
    var words =
        new ArrayList<String>(
            List.of("compare", "--models", StubModels.ALL, "--tasks", folder().toString()));
    words.addAll(List.of(more));
    return models(words.toArray(String[]::new));
  }

  private static List<JsonNode> documents(CommandOutput output, String type) {
    return output
        .text()
        .lines()
        .map(ModelsCommandTest::parsed)
        .filter(each -> each.path("type").asText().equals(type))
        .toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }

  private static JsonNode labelled(List<JsonNode> scores, String label) {
    return scores.stream()
        .filter(each -> each.path("label").asText().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + label + " in " + scores));
  }

  @Test
  void at_least_two_dozen_tasks_are_shipped_and_fair() {
    assertThat(tasks()).hasSizeGreaterThanOrEqualTo(24);
  }

  @Test
  void the_list_names_models_of_the_file_and_those_built_in() {
    try (StubModels _ = stubs(SPOILED, Spoiling.VISIBLE)) {
      CommandOutput listed = models("list", "--json");
      assertThat(listed.status()).as(listed.text()).isZero();
      List<JsonNode> models = documents(listed, "model");
      assertThat(models)
          .extracting(each -> each.path("model").asText())
          .contains("offline", "deepseek/deepseek-flash", "large/three", "small/one");
      JsonNode small =
          models.stream()
              .filter(each -> each.path("model").asText().equals("small/one"))
              .findFirst()
              .orElseThrow();
      assertThat(small.path("output").asText()).isEqualTo("0.2");
      assertThat(small.path("keyPresent").asBoolean()).isTrue();
      assertThat(small.has("measured")).isFalse();
      assertThat(models("list").text()).contains("small/one", "0.05", "own-machine", "not needed");
    }
  }

  @Test
  void a_mistake_in_the_file_stops_the_command_with_its_line() throws IOException {
    Files.writeString(data.resolve("models.yaml"), "backends:\n  x: {preset: unheard-of}\n");
    CommandOutput listed = models("list");
    assertThat(listed.status()).isEqualTo(ExitCode.USAGE.status);
    assertThat(listed.text()).contains("models.yaml:2 backends.x.preset");
  }

  @Test
  void trying_a_model_shows_its_outcome_and_cost_and_ends_by_it() {
    String ask = "Add 91823 and 77291 with the action.";
    try (StubModels _ = stubs(Map.of("one", 100, "two", 0, "three", 0), Spoiling.VISIBLE)) {
      CommandOutput good = models("try", "large/three", "--prompt", ask, "--json");
      assertThat(good.status()).as(good.text()).isZero();
      JsonNode document = documents(good, "try").getFirst();
      assertThat(document.path("outcome").asText()).isEqualTo("CALLS");
      assertThat(document.path("costUsd").decimalValue().signum()).isZero();
      assertThat(document.path("costUsd").asText()).matches("0\\.00\\d+");
      CommandOutput bad = models("try", "small/one", "--prompt", ask, "--json");
      assertThat(bad.status()).as(bad.text()).isEqualTo(ExitCode.MODEL_FAILED.status);
      assertThat(documents(bad, "try").getFirst().path("usable").asBoolean()).isFalse();
    }
  }

  @Test
  void trying_a_model_that_is_away_ends_as_unavailable() {
    stubs(SPOILED, Spoiling.VISIBLE).close();
    CommandOutput away = models("try", "small", "--json");
    assertThat(away.status()).as(away.text()).isEqualTo(ExitCode.UNAVAILABLE.status);
    assertThat(documents(away, "try").getFirst().path("outcome").asText()).isEqualTo("UNREACHABLE");
  }

  @Test
  void an_unknown_model_is_refused() {
    CommandOutput unknown = models("try", "nobody/nothing");
    assertThat(unknown.status()).isEqualTo(ExitCode.USAGE.status);
    assertThat(unknown.text()).contains("There is no model backend \"nobody\"", "offline");
  }

  @ParameterizedTest(name = "with failures of seed {0}")
  @ValueSource(longs = {1, 2, 3, SEED})
  void the_cascade_saves_half_of_the_best_models_cost_and_loses_nothing_when_failures_show(
      long seed) {
    try (StubModels stubs = stubs(SPOILED, Spoiling.VISIBLE, seed)) {
      CommandOutput compared = compare("--router", "--json", "--seed", "3");
      assertThat(compared.status()).as(compared.text()).isZero();
      List<JsonNode> scores = documents(compared, "score");
      String seen = "stub seed " + seed + ": " + scores;
      JsonNode small = labelled(scores, "small/one");
      JsonNode large = labelled(scores, "large/three");
      JsonNode cascade = labelled(scores, "router:cascade");
      assertThat(small.path("successes").asInt())
          .as(seen)
          .isLessThan(large.path("successes").asInt());
      assertThat(cascade.path("against").asText()).isEqualTo("large/three");
      assertThat(cascade.path("permilleSaved").asInt()).as(seen).isGreaterThanOrEqualTo(500);
      assertThat(cascade.path("successes").asInt())
          .as(seen)
          .isGreaterThanOrEqualTo(large.path("successes").asInt());
      assertThat(scores).as(seen).allMatch(each -> each.path("onFrontier").isBoolean());
      assertThat(cascade.path("onFrontier").asBoolean()).as(seen).isTrue();
      assertThat(labelled(scores, "router:cheapest").path("onFrontier").asBoolean()).isTrue();
      int calls = scores.stream().mapToInt(each -> each.path("calls").asInt()).sum();
      assertThat(stubs.requests()).isEqualTo(calls);
    }
  }

  @Test
  void the_cascade_cannot_see_a_wrong_reply_that_looks_right() {
    try (StubModels _ = stubs(Map.of("one", 100, "two", 0, "three", 0), Spoiling.PLAUSIBLE)) {
      List<JsonNode> scores = documents(compare("--router", "--json"), "score");
      JsonNode cascade = labelled(scores, "router:cascade");
      JsonNode large = labelled(scores, "large/three");
      assertThat(large.path("successes").asInt()).isEqualTo(large.path("runs").asInt());
      assertThat(cascade.path("successes").asInt())
          .as("answers stay hidden from escalation: %s", scores)
          .isLessThan(large.path("successes").asInt());
      assertThat(cascade.at("/failures/WRONG_BUT_PLAUSIBLE").asInt()).isPositive();
    }
  }

  @Test
  void a_comparison_is_measured_kept_and_drawn() throws IOException {
    Path chart = data.resolve("chart.svg");
    try (StubModels _ = stubs(SPOILED, Spoiling.VISIBLE)) {
      CommandOutput compared =
          compare(
              "--router", "--runs", "2", "--chart", chart.toString(), "--chart-note", "Stubs <&>");
      assertThat(compared.status()).as(compared.text()).isZero();
      assertThat(compared.text()).contains("right", "frontier", "router:cascade", "█");
      JsonNode kept = JSON.readTree(Files.readString(data.resolve("measurements.json")));
      assertThat(kept.path("measurements"))
          .extracting(each -> each.path("model").asText())
          .containsExactly("small/one", "middle/two", "large/three");
      assertThat(kept.at("/measurements/0/runs").asInt()).isEqualTo(2 * tasks().size());
      assertThat(models("list").text()).containsPattern("large/three.*\\d+%.* ms");
      String svg = Files.readString(chart);
      assertThat(svg)
          .contains("prefers-color-scheme: dark", "tasks done right", "US dollars", "middle/two")
          .contains("Stubs &lt;&amp;&gt;")
          .doesNotContain("NaN");
      assertThat(svg.split("<circle", -1)).hasSize(4);
    }
  }

  @Test
  void the_picture_in_the_documentation_is_what_the_command_draws() throws IOException {
    Path drawn = CommandProcess.home().resolve("agent-runtime/agent-cli/target/models.svg");
    try (StubModels _ = stubs(SPOILED, Spoiling.VISIBLE)) {
      CommandOutput compared =
          compare(
              "--router",
              "--chart",
              drawn.toString(),
              "--chart-note",
              "Three stub models with made-up prices and failures, not real ones; "
                  + tasks().size()
                  + " tasks");
      assertThat(compared.status()).as(compared.text()).isZero();
      Files.writeString(drawn.resolveSibling("models.txt"), compared.text());
    }
    assertThat(CommandProcess.home().resolve("docs/models.svg"))
        .as("copy %s there", drawn)
        .hasSameTextualContentAs(drawn);
  }
}
