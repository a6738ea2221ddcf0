package org.supercargo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.supercargo.cli.model.Score;

/// Shows how models did, side by side.
///
/// @param scores single models first, at least one
record ScoreTable(Screen screen, List<Score> scores) {
  private static final int BAR = 30;

  void show(int tasks, int runs, long seed) {
    screen.heading(tasks + " tasks, " + runs + " runs each, in an order of seed " + seed);
    screen.table(
        List.of(
            "", "right", "share", "cost", "latency", "tokens", "calls", "frontier", "failed by"),
        scores.stream().map(this::row).toList(),
        List.of(1, 2, 3, 4, 5, 6));
    bars();
    scores.forEach(score -> screen.json(document(score)));
    scores.stream().filter(score -> !score.single()).forEach(this::saving);
    screen.blank();
    screen.line(
        screen.dim(
            "  frontier: no single model is as cheap and as good, and better in one of both"));
  }

  private List<String> row(Score score) {
    return List.of(
        score.label(),
        score.successes() + "/" + score.runs(),
        share(score),
        score.cost().toString(),
        score.medianLatency().toMillis() + " ms",
        score.used().input() + " + " + score.used().output(),
        Integer.toString(score.calls()),
        score.isOnFrontier(scores) ? screen.green("✓") : screen.dim("-"),
        failures(score));
  }

  static String share(Score score) {
    return score.permille() / 10 + "." + score.permille() % 10 + "%";
  }

  static String failures(Score score) {
    return score.failures().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /// Success and cost as bars, the longest cost being a whole one.
  void bars() {
    screen.blank();
    BigInteger most =
        scores.stream()
            .map(each -> each.cost().baseUnits())
            .max(Comparator.naturalOrder())
            .orElse(BigInteger.ZERO)
            .max(BigInteger.ONE);
    screen.table(
        List.of("", "right", "cost"),
        scores.stream()
            .map(score -> {
              BigInteger cost = score.cost().baseUnits().multiply(BigInteger.valueOf(BAR));
              return List.of(
                  score.label(),
                  bar(BAR * score.permille() / 1_000) + " " + share(score),
                  bar(cost.divide(most).intValueExact()) + " " + score.cost());
            })
            .toList(),
        List.of());
  }

  private static String bar(int cells) {
    return "█".repeat(cells) + "·".repeat(BAR - cells);
  }

  private void saving(Score routed) {
    Score best = best();
    permilleSaved(routed)
        .ifPresent(saved ->
            screen.line(
                "  "
                    + routed.label()
                    + (saved >= 0 ? " costs " : " costs more by ")
                    + Math.abs(saved) / 10
                    + "."
                    + Math.abs(saved) % 10
                    + "% "
                    + (saved >= 0 ? "less than" : "than")
                    + " always "
                    + best.label()
                    + ", with "
                    + routed.successes()
                    + " right against "
                    + best.successes()));
  }

  /// The single model with the most right, the cheaper one of equals.
  private Score best() {
    return scores.stream()
        .filter(Score::single)
        .max(
            Comparator.comparingInt(Score::successes)
                .thenComparing(
                    Comparator.comparing((Score score) -> score.cost().baseUnits()).reversed()))
        .orElseThrow();
  }

  /// Tenths of a percent saved against always the best model, rounded down.
  private Optional<Integer> permilleSaved(Score routed) {
    BigInteger whole = best().cost().baseUnits();
    return whole.signum() == 0
        ? Optional.empty()
        : Optional.of(
            whole
                .subtract(routed.cost().baseUnits())
                .multiply(BigInteger.valueOf(1_000))
                .divide(whole)
                .intValueExact());
  }

  ObjectNode document(Score score) {
    ObjectNode document =
        screen
            .object()
            .put("type", "score")
            .put("label", score.label())
            .put("single", score.single())
            .put("successes", score.successes())
            .put("runs", score.runs())
            .put("costUsd", score.cost().number())
            .put("medianLatencyMs", score.medianLatency().toMillis())
            .put("inputTokens", score.used().input())
            .put("outputTokens", score.used().output())
            .put("calls", score.calls())
            .put("onFrontier", score.isOnFrontier(scores));
    if (!score.single()) {
      document.put("against", best().label());
      permilleSaved(score).ifPresent(saved -> document.put("permilleSaved", saved));
    }
    ObjectNode failures = document.putObject("failures");
    score.failures().forEach(failures::put);
    return document;
  }
}
