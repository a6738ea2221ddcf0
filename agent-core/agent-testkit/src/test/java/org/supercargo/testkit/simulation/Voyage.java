package org.supercargo.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Hands out worlds to several threads, and takes what came of them in the order of their numbers,
/// so that the result is the same whoever lived through them and when.
final class Voyage {
  /// How a world ended.
  ///
  /// @param violation null if all went well
  record Ended(int world, Tally tally, @Nullable Violation violation) {}

  private final Predicate<Tally> isEnough;
  private final Map<Integer, Ended> early = new HashMap<>();
  private final Tally tally = new Tally();
  private int handedOut;
  private int taken;
  private boolean over;
  private @Nullable Ended broken;

  /// @param isEnough whether no more worlds are needed, after some of them
  Voyage(Predicate<Tally> isEnough) {
    this.isEnough = isEnough;
    this.over = isEnough.test(tally);
  }

  /// The next world to live through, if another one is needed.
  synchronized OptionalInt next() {
    return over ? OptionalInt.empty() : OptionalInt.of(handedOut++);
  }

  /// Takes what came of a world.
  synchronized void take(Ended ended) {
    early.put(ended.world(), ended);
    for (Ended next = early.remove(taken); next != null && !over; next = early.remove(taken)) {
      taken++;
      if (next.violation() == null) {
        tally.add(next.tally());
        over = isEnough.test(tally);
      } else {
        broken = next;
        over = true;
      }
    }
  }

  /// Nothing can come of this any more.
  synchronized void abandon() {
    over = true;
  }

  /// What happened in the worlds that were needed.
  synchronized Tally tally() {
    return tally;
  }

  /// The first world that broke an invariant.
  synchronized @Nullable Ended broken() {
    return broken;
  }
}
