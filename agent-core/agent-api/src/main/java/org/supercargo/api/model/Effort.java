package org.supercargo.api.model;

/// How much a model is asked to think before it answers. Backends without such a switch ignore it.
public enum Effort {
  /// What the backend does by itself.
  DEFAULT,
  /// No thinking.
  NONE,
  LOW,
  HIGH,
  MAX
}
