package org.supercargo.api.chain;

/// What a node said to signed bytes. None of these proves that a transaction landed or is dead.
public sealed interface SubmitResult {
  /// The node took it, or already had it.
  record Accepted() implements SubmitResult {}

  /// The node answered and refused; the bytes may still land through another node.
  record Rejected(String reason) implements SubmitResult {}

  /// No answer: the node may or may not have it.
  record NoAnswer(String reason) implements SubmitResult {}
}
