package org.supercargo.testkit.simulation;

/// The process is gone. Nothing in the engine may catch it.
final class ProcessEnded extends Error {
  private static final long serialVersionUID = 1L;

  ProcessEnded(String where) {
    super(where, null, false, false);
  }
}
