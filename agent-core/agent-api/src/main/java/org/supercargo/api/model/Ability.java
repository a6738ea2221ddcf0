package org.supercargo.api.model;

/// Something that one model can do and another cannot.
public enum Ability {
  /// It can ask for actions.
  ACTIONS,
  /// The provider holds the arguments of a call to their schema.
  STRICT_ACTIONS,
  /// It can be held to one JSON object.
  JSON,
  /// It can think before it answers.
  THINKING,
  /// It reads pictures.
  VISION,
  /// Its provider hands out a document that says in what it runs.
  ATTESTATION
}
