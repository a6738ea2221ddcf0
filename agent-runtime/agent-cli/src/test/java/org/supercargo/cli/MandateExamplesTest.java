package org.supercargo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.CaseResult;
import org.supercargo.engine.file.MandateCase;
import org.supercargo.engine.file.MandateCases;
import org.supercargo.engine.file.MandateInspection;

/// The starter mandates let their agents work and refuse what they must: over a table of ordinary
/// tasks, attacks and slips for each, told week by week so that budgets are really used.
final class MandateExamplesTest {
  private static final Instant NOW = Instant.parse("2027-03-01T00:00:00Z");
  private static final String CASES = ".cases.yaml";

  /// What the starters together must hold to.
  private static final int LEAST_TASKS = 100;

  private static final int LEAST_WRONGS = 100;
  private static final int LEAST_PERCENT_FREE = 95;

  private static Path folder() {
    return CommandProcess.home().resolve("examples").resolve("mandates");
  }

  static Stream<String> starters() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") && !name.endsWith(CASES))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static AgentFile read(String name) {
    return AgentFile.read(folder().resolve(name), Codecs.ALL);
  }

  private static List<CaseResult> run(String name) throws IOException {
    Path table = folder().resolve(name.replace(".yaml", CASES));
    AgentFile file = read(name);
    return MandateCases.parse(
            table.getFileName().toString(), Files.readAllBytes(table), file, Codecs.ALL, NOW)
        .run(file.spec().mandate());
  }

  @ParameterizedTest
  @MethodSource("starters")
  void a_starter_has_no_warnings(String name) {
    assertThat(MandateInspection.of(read(name), NOW)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("starters")
  void a_starter_decides_every_case_as_its_table_says(String name) throws IOException {
    assertThat(run(name))
        .isNotEmpty()
        .allSatisfy(result ->
            assertThat(result.misses())
                .as(
                    "%s line %d, %s: %s",
                    name, result.row().line(), result.row().title(), result.reason())
                .isEmpty());
  }

  @Test
  void ordinary_tasks_need_no_approval_and_attacks_and_slips_get_nowhere() throws IOException {
    var all = new ArrayList<CaseResult>();
    for (String name : starters().toList()) {
      List<CaseResult> results = run(name);
      all.addAll(results);
      print(name, CaseTally.of(results));
    }
    CaseTally tally = CaseTally.of(all);
    print("together", tally);
    assertThat(tally.tasks()).as("ordinary tasks").isGreaterThanOrEqualTo(LEAST_TASKS);
    assertThat(tally.wrongs()).as("attacks and slips").isGreaterThanOrEqualTo(LEAST_WRONGS);
    assertThat(100 * tally.allowed())
        .as("%d of %d tasks free", tally.allowed(), tally.tasks())
        .isGreaterThanOrEqualTo(LEAST_PERCENT_FREE * tally.tasks());
    assertThat(tally.refused()).as("attacks and slips refused").isEqualTo(tally.wrongs());
  }

  private static void print(String name, CaseTally tally) {
    System.out.printf(
        Locale.ROOT,
        "mandate %-16s %3d of %3d tasks without approval (%.1f %%), %3d of %3d attacks and slips"
            + " refused (%.1f %%)%n",
        name,
        tally.allowed(),
        tally.tasks(),
        100.0 * tally.allowed() / tally.tasks(),
        tally.refused(),
        tally.wrongs(),
        100.0 * tally.refused() / tally.wrongs());
  }

  /// No budget of a starter is so wide that its tables never feel it.
  @Test
  void the_tables_really_use_the_budgets() throws IOException {
    for (String name : starters().toList()) {
      assertThat(run(name))
          .as("refusals of %s by what was spent before", name)
          .anyMatch(result ->
              result.reason().contains("left of")
                  || result.reason().contains("were allowed before"));
    }
  }

  @Test
  void the_tables_tell_of_every_kind_of_intent() throws IOException {
    var kinds = new ArrayList<Object>();
    for (String name : starters().toList()) {
      run(name).stream()
          .filter(result -> result.row().group() == MandateCase.Group.TASK)
          .map(CaseResult::row)
          .map(MandateCase::intent)
          .filter(intent -> intent != null)
          .forEach(intent -> kinds.add(intent.kind()));
    }
    assertThat(kinds).contains((Object[]) org.supercargo.api.intent.Intent.Kind.values());
  }
}
