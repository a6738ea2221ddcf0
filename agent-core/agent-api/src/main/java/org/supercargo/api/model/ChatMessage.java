package org.supercargo.api.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;

/// One message of a conversation with a model.
public sealed interface ChatMessage {
  /// Standing instructions.
  record Instructions(String text) implements ChatMessage {}

  /// The owner's words.
  record Owner(String text) implements ChatMessage {}

  /// The runtime's own words, such as what a review found. To a provider it is a user's message.
  record Notice(String text) implements ChatMessage {}

  /// The model's turn, kept exactly as it came.
  ///
  /// @param reasoning the provider's reasoning text, replayed byte for byte where it asks for that
  record Assistant(String text, @Nullable String reasoning, List<ActionCall> calls)
      implements ChatMessage {
    public Assistant {
      calls = List.copyOf(calls);
    }
  }

  /// An action's result.
  record Result(String callId, String action, String text) implements ChatMessage {}
}
