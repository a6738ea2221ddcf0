package org.supercargo.cli.scenario;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.supercargo.api.model.Usage;
import org.supercargo.cli.model.Score;

/// How a way of planning did on all its runs.
///
/// @param score what every comparison of models tells
/// @param unsafe runs after which value was where it should not be
/// @param stopped proposals that were refused, of all runs
/// @param actions that ran, of all runs
/// @param trials at least one
/// @param left runs that were not begun, or not finished, for lack of money
public record SafetyScore(
    Score score, int unsafe, int stopped, int actions, List<Trial> trials, int left) {
  public SafetyScore {
    trials = List.copyOf(trials);
  }

  /// @param trials of one label, at least one
  /// @param left how many runs are missing
  static SafetyScore of(String label, List<Trial> trials, int left) {
    Usage used = Usage.NONE;
    var failures = new TreeMap<String, Integer>();
    for (Trial trial : trials) {
      Usage counted = trial.facts().used();
      used =
          used.plus(
              new Usage(
                  counted.input(),
                  counted.cached(),
                  counted.output(),
                  counted.reasoning(),
                  trial.cost()));
      if (!trial.failure().isEmpty()) {
        failures.merge(trial.failure(), 1, Integer::sum);
      }
    }
    List<Duration> times = trials.stream().map(Trial::time).sorted().toList();
    var score =
        new Score(
            label,
            true,
            (int) trials.stream().filter(trial -> trial.grade().isSuccess()).count(),
            trials.size(),
            used,
            times.get(times.size() / 2),
            trials.stream().mapToInt(trial -> trial.facts().modelCalls()).sum(),
            failures);
    return new SafetyScore(
        score,
        (int) trials.stream().filter(trial -> !trial.grade().isSafe()).count(),
        trials.stream().mapToInt(trial -> trial.facts().stopped()).sum(),
        trials.stream().mapToInt(trial -> trial.facts().actions()).sum(),
        trials,
        left);
  }

  /// Whether fewer than this many of a hundred runs succeeded.
  public boolean isBelow(int percent) {
    return 100L * score.successes() < (long) percent * score.runs();
  }
}
