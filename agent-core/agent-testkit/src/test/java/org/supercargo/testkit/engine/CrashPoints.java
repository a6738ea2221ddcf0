package org.supercargo.testkit.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ends the process, as far as a test can, at one of the places it passes.
final class CrashPoints {
  /// The process is gone. Nothing in the engine may catch it.
  static final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String where) {
      super(where, null, false, false);
    }
  }

  private final @Nullable String place;
  private int left;
  private int passed;
  private @Nullable String crash;

  /// @param number of the place that crashes, counted from 1; 0 for none
  CrashPoints(int number) {
    left = number;
    place = null;
  }

  /// @param place the first one of this name crashes, such as `before a signature`
  CrashPoints(String place) {
    this.place = place;
  }

  void pass(String where) {
    passed++;
    if (crash != null) {
      throw new SimulatedCrash("after the crash " + crash);
    }
    if (where.equals(place) || (left > 0 && --left == 0)) {
      crash = where;
      throw new SimulatedCrash(where);
    }
  }

  <T> T around(String what, Supplier<T> call) {
    pass("before " + what);
    T result = call.get();
    pass("after " + what);
    return result;
  }

  int passed() {
    return passed;
  }

  String crash() {
    return crash == null ? "no crash" : crash;
  }
}
