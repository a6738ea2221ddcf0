package org.supercargo.testkit.simulation;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Everything random, from one seed: what the world does, and apart from it what goes wrong.
final class Chance {
  private final SplittableRandom deeds;
  private final SplittableRandom faults;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private final @Nullable BitSet only;
  private int happened;
  private boolean calm;

  /// @param only the numbers of those faults that may happen, counted from 0; null for all
  Chance(long seed, @Nullable BitSet only) {
    var root = new SplittableRandom(seed);
    this.deeds = root.split();
    this.faults = root.split();
    this.only = only;
  }

  /// From now on nothing goes wrong.
  void calm() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  /// A number from 0 on, below `bound`.
  int below(int bound) {
    return deeds.nextInt(bound);
  }

  boolean percent(int percent) {
    return deeds.nextInt(100) < percent;
  }

  /// Whether a fault happens here and now.
  boolean happens(Fault fault) {
    if (calm || faults.nextInt(1_000) >= fault.perMille()) {
      return false;
    }
    boolean allowed = only == null || only.get(happened);
    happened++;
    if (allowed) {
      counts.merge(fault, 1, Integer::sum);
    }
    return allowed;
  }

  /// A detail of a fault: a number from 0 on, below `bound`.
  int detail(int bound) {
    return faults.nextInt(bound);
  }

  /// How many faults have come up so far, allowed or not.
  int happened() {
    return happened;
  }

  int count(Fault fault) {
    return counts.getOrDefault(fault, 0);
  }
}
