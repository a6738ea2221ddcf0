package org.supercargo.testkit.simulation;

/// An invariant does not hold.
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final Invariant invariant;
  private final String agent;

  Violation(Invariant invariant, String agent, String what) {
    super(invariant + ", agent " + agent + ": " + what);
    this.invariant = invariant;
    this.agent = agent;
  }

  static Violation surprise(String agent, RuntimeException e) {
    var violation = new Violation(Invariant.NO_SURPRISE, agent, String.valueOf(e));
    violation.initCause(e);
    return violation;
  }

  Invariant invariant() {
    return invariant;
  }

  String agent() {
    return agent;
  }
}
