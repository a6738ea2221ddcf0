package org.supercargo.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatOptions;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.Prompt;
import org.supercargo.engine.json.CanonicalJson;
import org.supercargo.engine.json.DomainJson;

/// What a model has been shown and has said. It only ever grows, so that a provider's prefix cache
/// holds, but for repeats, which are taken out: a model that sees itself repeat goes on repeating.
final class Conversation {
  private final DomainJson json;
  private final List<ChatMessage> messages = new ArrayList<>();
  private List<ChatMessage> shown = List.of();
  private @Nullable List<ActionSpec> shownActions;

  Conversation(DomainJson json) {
    this.json = json;
  }

  void add(ChatMessage message) {
    messages.add(message);
  }

  ChatRequest request(String model, List<ActionSpec> actions, ChatOptions options) {
    return new ChatRequest(model, messages, actions, options);
  }

  String write(ChatRequest request) {
    return json.write(request);
  }

  /// How the request differs from the one before it.
  Prompt prompt(ChatRequest request) {
    List<ChatMessage> now = request.messages();
    int kept = 0;
    while (kept < now.size() && kept < shown.size() && now.get(kept).equals(shown.get(kept))) {
      kept++;
    }
    return new Prompt(
        new Digest().add(write(request)).hex(),
        kept,
        now.subList(kept, now.size()).stream()
            .filter(message -> !(message instanceof ChatMessage.Assistant))
            .toList(),
        request.actions().equals(shownActions) ? null : request.actions());
  }

  /// The request was recorded; the next one is told as a change to it.
  void shown(ChatRequest request) {
    shown = request.messages();
    shownActions = request.actions();
  }

  /// Takes earlier rounds out in which the model asked for the same call and nothing else, but for
  /// the newest of them.
  ///
  /// @return how many messages went
  int removeRepeats(ActionCall repeated) {
    List<Integer> rounds = new ArrayList<>();
    // The model's last turn is the one under way.
    for (int index = 0; index < messages.size() - 1; index++) {
      if (messages.get(index) instanceof ChatMessage.Assistant assistant
          && assistant.calls().size() == 1
          && isSame(assistant.calls().getFirst(), repeated)) {
        rounds.add(index);
      }
    }
    Set<Integer> gone = new HashSet<>();
    for (int index : rounds.subList(0, Math.max(0, rounds.size() - 1))) {
      gone.add(index);
      if (index + 1 < messages.size()
          && messages.get(index + 1) instanceof ChatMessage.Result result
          && isResultOf(result, messages.get(index))) {
        gone.add(index + 1);
      }
    }
    int before = messages.size();
    List<ChatMessage> kept = new ArrayList<>();
    for (int index = 0; index < before; index++) {
      if (!gone.contains(index)) {
        kept.add(messages.get(index));
      }
    }
    messages.clear();
    messages.addAll(kept);
    return before - kept.size();
  }

  private static boolean isResultOf(ChatMessage.Result result, ChatMessage round) {
    return round instanceof ChatMessage.Assistant assistant
        && assistant.calls().getFirst().id().equals(result.callId());
  }

  private static boolean isSame(ActionCall one, ActionCall other) {
    return one.action().equals(other.action())
        && CanonicalJson.of(one.arguments()).equals(CanonicalJson.of(other.arguments()));
  }
}
