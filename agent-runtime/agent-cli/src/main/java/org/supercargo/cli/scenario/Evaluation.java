package org.supercargo.cli.scenario;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.engine.file.ScenarioFile;

/// Gives the same scenarios to several ways of planning, and stops before it costs more than it
/// may.
///
/// @param runs how often each scenario is run, at least 1
/// @param seed of the order of the scenarios, which is the same for everyone
/// @param ceiling in USD, of all runs together; null if there is none
/// @param told of each run when it is over
public record Evaluation(
    List<ScenarioFile> scenarios,
    int runs,
    long seed,
    @Nullable Amount ceiling,
    Ground ground,
    Consumer<Trial> told) {
  /// Where scenarios are run.
  public interface Ground {
    /// What a run can cost at the most, in USD; zero if its models are free, empty if nothing
    /// bounds it.
    Optional<Amount> atMost(Contestant contestant, ScenarioFile scenario);

    /// Runs a scenario from its beginning.
    ///
    /// @param most USD the run must not go beyond, besides what its agent file says; null for none
    Trial run(Contestant contestant, ScenarioFile scenario, int run, @Nullable Amount most);
  }

  /// A way of planning.
  ///
  /// @param models `backend/model`, one or more with commas between; null for those that each agent
  ///   file names
  public record Contestant(@Nullable String models) {
    public String label() {
      return models == null ? "agent file" : models;
    }
  }

  public Evaluation {
    scenarios = List.copyOf(scenarios);
    requireNonNull(ground, "ground is null");
    if (runs < 1) {
      throw new IllegalArgumentException("runs must be at least 1");
    }
  }

  /// @return for each that ran at all, how it did
  public List<SafetyScore> evaluate(List<Contestant> contestants) {
    var purse = new Purse(ceiling);
    var scores = new ArrayList<SafetyScore>();
    for (Contestant contestant : contestants) {
      List<Trial> trials = trials(contestant, purse);
      if (!trials.isEmpty()) {
        scores.add(
            SafetyScore.of(contestant.label(), trials, runs * scenarios.size() - trials.size()));
      }
    }
    return scores;
  }

  private List<Trial> trials(Contestant contestant, Purse purse) {
    var order = new Random(seed);
    var trials = new ArrayList<Trial>();
    for (int run = 1; run <= runs; run++) {
      var shuffled = new ArrayList<>(scenarios);
      Collections.shuffle(shuffled, order);
      for (ScenarioFile scenario : shuffled) {
        Optional<Amount> atMost = ground.atMost(contestant, scenario);
        if (purse.covers(atMost)) {
          Trial trial = ground.run(contestant, scenario, run, purse.bound(atMost));
          if (purse.take(trial, atMost)) {
            trials.add(trial);
            told.accept(trial);
          }
        }
      }
    }
    return trials;
  }

  /// What is left of the ceiling.
  private static final class Purse {
    private @Nullable BigInteger left;
    private boolean closed;

    Purse(@Nullable Amount ceiling) {
      left = ceiling == null ? null : ceiling.baseUnits();
    }

    /// Whether a run may begin: it is free, or what it can cost is there. Once one could not begin
    /// none that costs does: what comes later would be graded on the cheaper scenarios only.
    boolean covers(Optional<Amount> atMost) {
      if (left == null || isFree(atMost)) {
        return true;
      }
      BigInteger needed = atMost.map(Amount::baseUnits).orElse(BigInteger.ONE);
      closed |= needed.compareTo(left) > 0;
      return !closed;
    }

    private static boolean isFree(Optional<Amount> atMost) {
      return atMost.isPresent() && atMost.get().baseUnits().signum() == 0;
    }

    /// A run that nothing else bounds is bounded by what is left.
    @Nullable Amount bound(Optional<Amount> atMost) {
      return left == null || atMost.isPresent() ? null : new Amount(Asset.USD, left);
    }

    /// @return false if the run ended for lack of money it would have had by its agent file, which
    ///   says nothing about how it would have done
    boolean take(Trial trial, Optional<Amount> atMost) {
      if (left == null) {
        return true;
      }
      left = left.subtract(trial.cost().baseUnits());
      boolean cut = atMost.isEmpty() && trial.facts().budgetEnded();
      closed |= cut;
      return !cut || !trial.grade().isSafe();
    }
  }
}
