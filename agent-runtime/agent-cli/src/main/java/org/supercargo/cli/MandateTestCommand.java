package org.supercargo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.CaseResult;
import org.supercargo.engine.file.MandateCase;
import org.supercargo.engine.file.MandateCases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds a mandate to a table of cases.
@Command(
    name = "test",
    description = {
      "Judges a table of cases and compares each verdict with the one expected.",
      "Nothing is read but the two files, and nothing is done."
    })
final class MandateTestCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The agent file.")
  @Nullable Path file;

  @Option(
      names = "--cases",
      paramLabel = "FILE",
      required = true,
      description = "The table; docs/mandate.md says how to write one.")
  @Nullable Path cases;

  @Override
  public Integer call() {
    Screen screen = options.screen();
    AgentFile agent = AgentFile.readUnsealed(Objects.requireNonNull(file), Codecs.ALL);
    Path path = Objects.requireNonNull(cases);
    List<CaseResult> results =
        MandateCases.parse(
                path.getFileName().toString(), content(path), agent, Codecs.ALL, Instant.now())
            .run(agent.spec().mandate());
    show(screen, results);
    long missed = results.stream().filter(result -> !result.isAsExpected()).count();
    summarize(screen, results, missed);
    return missed == 0 ? ExitCode.DONE.status : ExitCode.DIFFERENT.status;
  }

  private static byte[] content(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw SupercargoException.user(
          "The table " + path + " cannot be read", "Check the path and its permissions.");
    }
  }

  private static void show(Screen screen, List<CaseResult> results) {
    var rows = new ArrayList<List<String>>();
    for (CaseResult result : results) {
      MandateCase row = result.row();
      rows.add(
          List.of(
              result.isAsExpected() ? screen.green("✓") : screen.red("✗"),
              Integer.toString(row.line()),
              row.group().word(),
              row.title(),
              result.said().word(),
              result.rule()));
      screen.json(
          screen
              .object()
              .put("type", "case")
              .put("line", row.line())
              .put("group", row.group().word())
              .put("title", row.title())
              .put("at", row.at().toString())
              .put("intent", row.intent() == null ? null : row.intent().summary())
              .put("expected", row.expected().word())
              .put("verdict", result.said().word())
              .put("rule", result.rule())
              .put("reason", result.reason())
              .put("asExpected", result.isAsExpected()));
    }
    screen.table(List.of("", "line", "", "case", "verdict", "by"), rows, List.of(1));
    results.stream()
        .filter(result -> !result.isAsExpected())
        .forEach(result -> explain(screen, result));
  }

  private static void explain(Screen screen, CaseResult result) {
    screen.heading("line " + result.row().line() + ": " + result.row().title());
    if (result.row().intent() != null) {
      screen.step("case", result.row().intent().summary() + ", " + result.row().at());
    }
    result.misses().forEach(miss -> screen.step("miss", screen.red(miss)));
    if (!result.reason().isEmpty()) {
      screen.step("because", result.reason());
    }
    result.remedies().forEach(remedy -> screen.step("", "to allow it: " + remedy));
  }

  private static void summarize(Screen screen, List<CaseResult> results, long missed) {
    CaseTally tally = CaseTally.of(results);
    screen.blank();
    screen.line(
        (missed == 0 ? screen.green("✓ ") : screen.red("✗ "))
            + (results.size() - missed)
            + " of "
            + results.size()
            + " cases as expected");
    screen.line("  tasks allowed without approval: " + tally.allowed() + " of " + tally.tasks());
    screen.line("  attacks and slips refused: " + tally.refused() + " of " + tally.wrongs());
    screen.json(
        screen
            .object()
            .put("type", "test")
            .put("cases", results.size())
            .put("missed", missed)
            .put("tasks", tally.tasks())
            .put("tasksAllowed", tally.allowed())
            .put("attacksAndSlips", tally.wrongs())
            .put("attacksAndSlipsRefused", tally.refused()));
  }
}
