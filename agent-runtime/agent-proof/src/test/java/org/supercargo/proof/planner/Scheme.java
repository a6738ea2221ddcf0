package org.supercargo.proof.planner;

import org.supercargo.proof.Shape;
import org.supercargo.proof.signer.Role;

/// How a shape is tried by a planner.
///
/// @param cost how many ordinary cases one of it takes the time of
/// @param dear whether transactions cost nearly as much as they may
/// @param hours how long the mandate lasts; 0 for as long as its owner wrote
record Scheme(Shape shape, Role role, int cost, boolean dear, int hours, Words words) {
  /// What the planner says.
  @FunctionalInterface
  interface Words {
    void in(Voyage voyage);
  }

  static Scheme of(Shape shape, Role role, Words words) {
    return new Scheme(shape, role, 1, false, 0, words);
  }

  static Scheme costly(int cost, Shape shape, Role role, Words words) {
    return new Scheme(shape, role, cost, false, 0, words);
  }
}
