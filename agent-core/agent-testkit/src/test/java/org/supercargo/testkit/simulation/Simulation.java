package org.supercargo.testkit.simulation;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Lives through worlds, one after the other, until enough intents came to an end.
final class Simulation {
  private static final int SHRINKING = 200;
  private static final int LINES = 120;

  private final World.Plan plan;

  Simulation(World.Plan plan) {
    this.plan = plan;
  }

  /// The seed of a world of a run.
  static long seed(long run, int world) {
    return new SplittableRandom(run * 1_000_003 + world).nextLong();
  }

  /// @param run seed of the whole run
  /// @throws AssertionError with the seed and the shortest story of the first violation
  Tally run(long run, long intents) {
    var tally = new Tally();
    for (int world = 0; tally.get(Tally.Count.INTENTS) < intents; world++) {
      long seed = seed(run, world);
      Violation violation = live(seed, tally);
      if (violation != null) {
        throw new AssertionError(explain(seed, violation), violation);
      }
    }
    return tally;
  }

  /// Lives through worlds until one of them is found to break an invariant.
  ///
  /// @return null if none does
  @Nullable Violation firstViolation(long run, int worlds) {
    for (int world = 0; world < worlds; world++) {
      Violation violation = live(seed(run, world), new Tally());
      if (violation != null) {
        return violation;
      }
    }
    return null;
  }

  private @Nullable Violation live(long seed, Tally tally) {
    try {
      tally.add(new World(seed, plan, null, false).live());
      return null;
    } catch (Violation violation) {
      return violation;
    }
  }

  /// What went wrong, with as few faults as it takes.
  String explain(long seed, Violation violation) {
    var first = new World(seed, plan, null, false);
    breaks(first, Integer.MAX_VALUE, violation.invariant());
    int steps = first.steps();
    BitSet needed = shortest(seed, steps, first.chance.happened(), violation.invariant());
    var world = new World(seed, plan, needed, true);
    Violation last = violation;
    try {
      world.live(steps);
    } catch (Violation again) {
      last = again;
    }
    List<String> lines = world.story.of(last.agent());
    return "seed "
        + seed
        + ": "
        + last.getMessage()
        + "\nwith these "
        + needed.cardinality()
        + " faults of "
        + first.chance.happened()
        + ":\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  /// Leaves out faults as long as the same invariant is still broken.
  private BitSet shortest(long seed, int steps, int faults, Invariant invariant) {
    var needed = new BitSet();
    needed.set(0, faults);
    int tries = 0;
    for (int size = Math.max(1, faults / 2); size > 0; size /= 2) {
      for (int from = 0; from < needed.length() && tries < SHRINKING; from += size) {
        BitSet fewer = (BitSet) needed.clone();
        fewer.clear(from, from + size);
        if (!fewer.equals(needed)) {
          tries++;
          if (breaks(new World(seed, plan, fewer, false), steps, invariant)) {
            needed = fewer;
          }
        }
      }
    }
    return needed;
  }

  private static boolean breaks(World world, int steps, Invariant invariant) {
    try {
      world.live(Math.min(steps, world.mostSteps()));
      return false;
    } catch (Violation again) {
      return again.invariant() == invariant;
    }
  }
}
