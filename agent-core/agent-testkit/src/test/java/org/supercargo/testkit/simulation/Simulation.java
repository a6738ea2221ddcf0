package org.supercargo.testkit.simulation;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Lives through worlds, which know nothing of each other, until enough intents came to an end.
final class Simulation {
  private static final int SHRINKING = 200;
  private static final int LINES = 120;

  private static final int THREADS =
      Integer.getInteger("proof.threads", Runtime.getRuntime().availableProcessors());

  private final World.Plan plan;
  private final int threads;

  Simulation(World.Plan plan) {
    this(plan, THREADS);
  }

  /// @param threads how many worlds are lived through at a time; changes nothing but the time it
  ///   takes
  Simulation(World.Plan plan, int threads) {
    this.plan = plan;
    this.threads = threads;
  }

  /// The seed of a world of a run.
  static long seed(long run, int world) {
    return new SplittableRandom(run * 1_000_003 + world).nextLong();
  }

  /// Lives through as many worlds, counted from 0, as it takes to bring so many intents to an end.
  ///
  /// @param run seed of the whole run
  /// @throws AssertionError with the seed and the shortest story of the first violation
  Tally run(long run, long intents) {
    Voyage voyage = sail(run, tally -> tally.get(Tally.Count.INTENTS) >= intents);
    Voyage.Ended broken = voyage.broken();
    if (broken != null && broken.violation() != null) {
      long seed = seed(run, broken.world());
      throw new AssertionError(
          "run " + run + ", world " + broken.world() + ", " + explain(seed, broken.violation()),
          broken.violation());
    }
    return voyage.tally();
  }

  /// The first of so many worlds that breaks an invariant.
  ///
  /// @return null if none does
  Voyage.@Nullable Ended firstViolation(long run, int worlds) {
    return sail(run, tally -> tally.get(Tally.Count.WORLDS) >= worlds).broken();
  }

  private Voyage sail(long run, Predicate<Tally> isEnough) {
    var voyage = new Voyage(isEnough);
    var failure = new AtomicReference<Error>();
    List<Thread> crew =
        IntStream.range(0, threads)
            .mapToObj(number ->
                Thread.ofPlatform()
                    .name("worlds " + number)
                    .start(() -> sail(run, voyage, failure)))
            .toList();
    crew.forEach(Simulation::join);
    if (failure.get() != null) {
      throw failure.get();
    }
    return voyage;
  }

  private void sail(long run, Voyage voyage, AtomicReference<Error> failure) {
    try {
      for (OptionalInt next = voyage.next(); next.isPresent(); next = voyage.next()) {
        voyage.take(live(run, next.getAsInt()));
      }
    } catch (Error e) {
      failure.set(e);
      voyage.abandon();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while worlds are lived through", e);
    }
  }

  private Voyage.Ended live(long run, int number) {
    try {
      return new Voyage.Ended(number, new World(seed(run, number), plan, null, false).live(), null);
    } catch (Violation violation) {
      return new Voyage.Ended(number, new Tally(), violation);
    } catch (RuntimeException e) {
      return new Voyage.Ended(number, new Tally(), Violation.surprise("", e));
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
    } catch (RuntimeException e) {
      last = Violation.surprise("", e);
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
    } catch (RuntimeException e) {
      return invariant == Invariant.NO_SURPRISE;
    }
  }
}
