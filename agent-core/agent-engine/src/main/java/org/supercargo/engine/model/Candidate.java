package org.supercargo.engine.model;

import org.supercargo.api.agent.ModelChoice;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;

/// A model that an agent's file names and that this process can ask.
public record Candidate(ModelChoice choice, ModelBackend backend, ModelCard card) {
  /// What journals and people call it.
  public String reference() {
    return card.reference();
  }
}
