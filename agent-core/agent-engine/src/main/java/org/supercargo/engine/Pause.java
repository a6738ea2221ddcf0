package org.supercargo.engine;

import java.time.Duration;

/// How the engine waits. Tests turn a clock instead.
@FunctionalInterface
public interface Pause {
  void of(Duration duration);

  /// Puts the calling thread to sleep. An interrupt ends the wait and stays set.
  static Pause sleeping() {
    return duration -> {
      try {
        Thread.sleep(duration);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
