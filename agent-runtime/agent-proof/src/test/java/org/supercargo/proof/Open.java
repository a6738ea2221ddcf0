package org.supercargo.proof;

import java.util.EnumSet;
import java.util.Set;

/// What is known to get through at the moment, so that a table that says otherwise fails. Both
/// lists are meant to become empty.
public final class Open {
  private Open() {}

  /// By an engine in the attacker's hands.
  public static Set<Shape> ofSigner() {
    return EnumSet.of(Shape.AUTHORIZATION_LONG, Shape.FALSE_PRICE, Shape.UNSEEN_RENT);
  }

  /// By a planner in the attacker's hands.
  public static Set<Shape> ofEngine() {
    return EnumSet.noneOf(Shape.class);
  }
}
