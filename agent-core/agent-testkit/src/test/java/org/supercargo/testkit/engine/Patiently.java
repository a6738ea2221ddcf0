package org.supercargo.testkit.engine;

import java.util.function.Supplier;
import org.supercargo.api.SupercargoException;

/// Asks again while a fake chain asks to slow down.
final class Patiently {
  private static final int TRIES = 100;

  private Patiently() {}

  static <T> T until(Supplier<T> call) {
    for (int tries = 1; ; tries++) {
      try {
        return call.get();
      } catch (SupercargoException e) {
        if (tries == TRIES || e.category() != SupercargoException.Category.TRANSIENT) {
          throw e;
        }
      }
    }
  }
}
