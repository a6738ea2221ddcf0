package org.supercargo.api.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.supercargo.api.action.ActionSpec;

/// A conversation and the actions the model may ask for.
///
/// @param model the provider's model name; empty for the backend's default
/// @param actions in a stable order, so that prefix caches hold
public record ChatRequest(
    String model, List<ChatMessage> messages, List<ActionSpec> actions, ChatOptions options) {
  public ChatRequest {
    requireNonNull(model, "model is null");
    messages = List.copyOf(messages);
    actions = List.copyOf(actions);
    requireNonNull(options, "options is null");
  }

  public ChatRequest(String model, List<ChatMessage> messages, List<ActionSpec> actions) {
    this(model, messages, actions, ChatOptions.DEFAULT);
  }
}
