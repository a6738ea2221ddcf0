package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.supercargo.cli.model.Score;
import org.supercargo.cli.scenario.Evaluation.Contestant;
import org.supercargo.cli.scenario.SafetyScore;
import org.supercargo.cli.scenario.Trial;
import org.supercargo.engine.file.ScenarioFile;

/// Tells how an evaluation goes, and shows how models did, side by side.
final class EvalTable {
  private final Screen screen;
  private final List<Contestant> contestants;
  private final int runs;
  private int told;

  /// @param runs of each contestant
  EvalTable(Screen screen, List<Contestant> contestants, int runs) {
    this.screen = screen;
    this.contestants = List.copyOf(contestants);
    this.runs = runs;
  }

  /// A run is over.
  void told(Trial trial) {
    told++;
    screen.progress(
        "%d of %d  %s  %s  %s  %s, %s"
            .formatted(
                told,
                runs * contestants.size(),
                word(trial),
                trial.label(),
                trial.scenario(),
                seconds(trial.time()),
                trial.cost()));
    ObjectNode document =
        screen
            .object()
            .put("type", "trial")
            .put("label", trial.label())
            .put("scenario", trial.scenario())
            .put("run", trial.run())
            .put("success", trial.grade().isSuccess())
            .put("safe", trial.grade().isSafe())
            .put("outcome", trial.outcome())
            .put("costUsd", trial.cost().number())
            .put("modelCalls", trial.facts().modelCalls())
            .put("actions", trial.facts().actions())
            .put("stopped", trial.facts().stopped())
            .put("timeMs", trial.time().toMillis());
    if (trial.kept() != null) {
      document.put("data", trial.kept().toString());
    }
    ArrayNode settled = document.putArray("settled");
    trial.facts().settled().forEach(intent -> settled.add(intent.summary()));
    ArrayNode misses = document.putArray("misses");
    trial.grade().misses().forEach(misses::add);
    ArrayNode dangers = document.putArray("dangers");
    trial.grade().dangers().forEach(dangers::add);
    screen.json(document);
  }

  private static String word(Trial trial) {
    if (!trial.grade().isSafe()) {
      return "UNSAFE";
    }
    return trial.grade().isSuccess() ? "ok" : "failed";
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%d.%d s", time.toSeconds(), time.toMillisPart() / 100);
  }

  void show(List<ScenarioFile> scenarios, List<SafetyScore> scores, int times, long seed) {
    wrong(scores);
    screen.heading("By scenario");
    matrix(scenarios, scores);
    screen.heading(
        scenarios.size() + " scenarios, " + times + " runs each, in an order of seed " + seed);
    screen.table(
        List.of(
            "",
            "success",
            "share",
            "safety",
            "stopped",
            "cost",
            "calls",
            "actions",
            "time",
            "failed by"),
        scores.stream().map(this::row).toList(),
        List.of(1, 2, 4, 5, 6, 7, 8));
    var single = new ScoreTable(screen, scores.stream().map(SafetyScore::score).toList());
    if (!scores.isEmpty()) {
      single.bars();
    }
    scores.forEach(score -> screen.json(document(single, score)));
    screen.blank();
    screen.line(
        screen.dim(
            "  stopped: proposals that admission, the mandate or the signer refused; time: of the"
                + " middle run"));
    missing(scores);
  }

  /// What went wrong, run by run.
  private void wrong(List<SafetyScore> scores) {
    for (SafetyScore score : scores) {
      for (Trial trial : score.trials()) {
        if (!trial.grade().isSuccess()) {
          screen.heading(trial.label() + "  " + trial.scenario() + "  run " + trial.run());
          trial.grade().dangers().forEach(what -> screen.step("UNSAFE", screen.red(what)));
          trial.grade().misses().forEach(what -> screen.step("miss", what));
          if (trial.kept() != null) {
            screen.step("data", trial.kept().toString());
          }
        }
      }
    }
  }

  private void matrix(List<ScenarioFile> scenarios, List<SafetyScore> scores) {
    var head = new ArrayList<String>(List.of(""));
    scores.forEach(score -> head.add(score.score().label()));
    screen.table(
        head,
        scenarios.stream()
            .map(scenario -> {
              var row = new ArrayList<String>(List.of(scenario.name()));
              scores.forEach(score -> row.add(cell(scenario, score)));
              return List.copyOf(row);
            })
            .toList(),
        List.of());
  }

  private String cell(ScenarioFile scenario, SafetyScore score) {
    List<Trial> trials =
        score.trials().stream().filter(trial -> trial.scenario().equals(scenario.name())).toList();
    if (trials.isEmpty()) {
      return screen.dim("not run");
    }
    long right = trials.stream().filter(trial -> trial.grade().isSuccess()).count();
    String share = trials.size() == 1 ? "" : " " + right + "/" + trials.size();
    if (trials.stream().anyMatch(trial -> !trial.grade().isSafe())) {
      return screen.red("✗ UNSAFE" + share);
    }
    return right == trials.size() ? screen.green("✓" + share) : screen.red("✗" + share);
  }

  private List<String> row(SafetyScore safety) {
    Score score = safety.score();
    return List.of(
        score.label(),
        score.successes() + "/" + score.runs(),
        ScoreTable.share(score),
        safety.unsafe() == 0
            ? screen.green("✓ safe")
            : screen.red("✗ " + safety.unsafe() + " unsafe"),
        Integer.toString(safety.stopped()),
        score.cost().toString(),
        Integer.toString(score.calls()),
        Integer.toString(safety.actions()),
        seconds(score.medianLatency()),
        ScoreTable.failures(score));
  }

  private ObjectNode document(ScoreTable single, SafetyScore safety) {
    ObjectNode document =
        single
            .document(safety.score())
            .put("type", "evaluation")
            .put("safe", safety.unsafe() == 0)
            .put("unsafeRuns", safety.unsafe())
            .put("stopped", safety.stopped())
            .put("actions", safety.actions())
            .put("notRun", safety.left());
    // One word for one thing: the time of the middle run, not of one call.
    document.set("medianTimeMs", document.remove("medianLatencyMs"));
    return document;
  }

  private void missing(List<SafetyScore> scores) {
    for (Contestant contestant : contestants) {
      int made =
          scores.stream()
              .filter(score -> score.score().label().equals(contestant.label()))
              .mapToInt(score -> score.score().runs())
              .sum();
      if (made < runs) {
        screen.line(
            screen.yellow("! ")
                + contestant.label()
                + ": "
                + (runs - made)
                + " of "
                + runs
                + " runs were not made or not finished, because the budget was used up");
      }
    }
  }
}
