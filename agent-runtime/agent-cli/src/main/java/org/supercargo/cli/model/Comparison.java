package org.supercargo.cli.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.Usage;

/// Gives the same tasks to every contestant.
///
/// @param runs how often each task is given
/// @param seed of the order in which tasks are given
/// @param progress told after each round
public record Comparison(List<Task> tasks, int runs, long seed, Consumer<String> progress) {
  public Comparison {
    tasks = List.copyOf(tasks);
  }

  public Score score(Contestant contestant) {
    // The same order for everyone: caches of providers help or hinder all alike.
    var order = new Random(seed);
    var latencies = new ArrayList<Duration>();
    Map<String, Integer> failures = new TreeMap<>();
    Usage used = Usage.NONE;
    int successes = 0;
    int calls = 0;
    for (int run = 1; run <= runs; run++) {
      var shuffled = new ArrayList<>(tasks);
      Collections.shuffle(shuffled, order);
      for (Task task : shuffled) {
        Contestant.Trial trial = contestant.answer(task.question());
        String failure = failure(task, trial.turn());
        if (failure.isEmpty()) {
          successes++;
        } else {
          failures.merge(failure, 1, Integer::sum);
        }
        used = used.plus(trial.used());
        calls += trial.calls();
        latencies.add(trial.latency());
      }
      progress.accept(contestant.label() + ": round " + run + " of " + runs);
    }
    Collections.sort(latencies);
    return new Score(
        contestant.label(),
        contestant instanceof Contestant.Single,
        successes,
        runs * tasks.size(),
        used,
        latencies.get(latencies.size() / 2),
        calls,
        failures);
  }

  /// Why a turn does not count; empty if it does.
  private static String failure(Task task, Turn turn) {
    if (!turn.objection(task.question()).isEmpty()) {
      return switch (turn.reply()) {
        case ChatReply.Failed failed -> failed.failure().name();
        case ChatReply.Unusable unusable -> unusable.defect().name();
        case ChatReply.Answer _ -> "WRONG_FORM";
        case ChatReply.Calls _ -> "BAD_CALL";
      };
    }
    return task.expected().isMetBy(turn.reply()) ? "" : "WRONG_BUT_PLAUSIBLE";
  }
}
