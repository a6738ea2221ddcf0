package org.supercargo.api.action;

/// What came of an action call, as the planner will see it.
public sealed interface ActionResult {
  /// Text for the planner: data, never instructions.
  String text();

  /// A read action's answer.
  record Data(String text, Provenance provenance) implements ActionResult {}

  /// An effect reached its final state on the chain.
  record Settled(String intent, String text) implements ActionResult {}

  /// An effect waits until people have approved it.
  record Awaiting(String intent, String text) implements ActionResult {}

  /// The mandate, the signer or a guard refused; nothing moved.
  record Refused(String rule, String text) implements ActionResult {}

  /// The call could not be understood or failed; nothing moved.
  record Failed(String text) implements ActionResult {}

  /// Whether an effect moved value is not known yet; the sweeper finds out.
  record Unresolved(String intent, String text) implements ActionResult {}
}
