package org.supercargo.testkit.engine;

import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;

/// A model around whose replies the process may end.
record CrashingModel(ModelBackend model, CrashPoints points) implements ModelBackend {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public java.util.List<org.supercargo.api.model.ModelCard> cards() {
    return model.cards();
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    return points.around("a model call", () -> model.chat(request));
  }
}
