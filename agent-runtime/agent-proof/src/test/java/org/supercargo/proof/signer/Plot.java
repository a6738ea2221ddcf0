package org.supercargo.proof.signer;

import org.supercargo.proof.Shape;

/// How a shape is tried on the signer.
///
/// @param cost how many ordinary cases one of it takes the time of
/// @param alone whether it turns the clock back, and so needs a signer of its own
/// @param hours how long the mandate lasts; 0 for as long as its owner wrote
record Plot(Shape shape, Role role, int cost, boolean alone, int hours, Attack attack) {
  /// What the engine does.
  @FunctionalInterface
  interface Attack {
    void on(HostileEngine engine);
  }

  static Plot of(Shape shape, Role role, Attack attack) {
    return new Plot(shape, role, 1, false, 0, attack);
  }

  static Plot costly(int cost, Shape shape, Role role, Attack attack) {
    return new Plot(shape, role, cost, false, 0, attack);
  }
}
