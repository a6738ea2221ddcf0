package org.supercargo.api.model;

import java.util.List;
import org.supercargo.api.action.ActionSpec;

/// A conversation and the actions the model may ask for.
///
/// @param model the provider's model name; empty for the backend's default
/// @param actions in a stable order, so that prefix caches hold
public record ChatRequest(String model, List<ChatMessage> messages, List<ActionSpec> actions) {
  public ChatRequest {
    messages = List.copyOf(messages);
    actions = List.copyOf(actions);
  }
}
