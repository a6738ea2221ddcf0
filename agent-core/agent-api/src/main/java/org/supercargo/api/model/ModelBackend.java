package org.supercargo.api.model;

/// A language model, or something that answers like one.
///
/// It never throws for what a provider or a network does: that is a [ChatReply.Failed]. It never
/// retries: the planner owns the one retry layer.
public interface ModelBackend {
  /// The name agent files use, such as `deepseek`.
  String name();

  /// Blocks until the reply is whole or the backend's deadline has passed.
  ChatReply chat(ChatRequest request);
}
