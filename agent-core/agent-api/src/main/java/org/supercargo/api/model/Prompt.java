package org.supercargo.api.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.supercargo.api.action.ActionSpec;

/// What a request showed the model, as a change to the request before it in the same run: nothing
/// is shown that is not recorded.
///
/// @param digest SHA-256 of the whole canonical request
/// @param kept how many messages of the request before stand at its beginning unchanged
/// @param added the messages after those, but for the model's own, which are recorded as replies
/// @param actions all actions on offer if they are others than before; null if they are the same
public record Prompt(
    String digest,
    int kept,
    List<ChatMessage> added,
    @org.jspecify.annotations.Nullable List<ActionSpec> actions) {
  public Prompt {
    requireNonNull(digest, "digest is null");
    added = List.copyOf(added);
    actions = actions == null ? null : List.copyOf(actions);
  }
}
