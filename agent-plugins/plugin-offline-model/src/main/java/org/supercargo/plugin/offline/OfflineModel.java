package org.supercargo.plugin.offline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.Usage;

/// A model that is no network and no guess: it reads the owner's goal by the example phrases of the
/// actions it is offered. The same request always gets the same reply.
///
/// It asks for all actions of a goal at once, in the order of the words, and then answers with
/// their results. A goal with a single word it cannot place is refused as a whole with that word
/// named; amounts and payees are passed on exactly as the owner wrote them.
public final class OfflineModel implements ModelBackend {
  /// The name agent files use.
  public static final String NAME = "offline";

  /// How an answer to a goal begins that was not carried out.
  public static final String NOT_UNDERSTOOD = "I did not understand";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    int owner = lastOwner(request.messages());
    if (owner < 0 || !(request.messages().get(owner) instanceof ChatMessage.Owner(String goal))) {
      return answer(NOT_UNDERSTOOD + ": there is no goal.");
    }
    return switch (GoalReader.read(goal, request.actions())) {
      case Interpretation.NotUnderstood notUnderstood ->
          answer(refusal(notUnderstood, request.actions()));
      case Interpretation.Understood(List<ActionCall> calls) ->
          next(calls, results(request.messages().subList(owner, request.messages().size())));
    };
  }

  private static int lastOwner(List<ChatMessage> messages) {
    int index = messages.size() - 1;
    while (index >= 0 && !(messages.get(index) instanceof ChatMessage.Owner)) {
      index--;
    }
    return index;
  }

  private static Map<String, String> results(List<ChatMessage> messages) {
    Map<String, String> results = new HashMap<>();
    for (ChatMessage message : messages) {
      if (message instanceof ChatMessage.Result result) {
        results.put(result.callId(), result.text().strip());
      }
    }
    return results;
  }

  private static ChatReply next(List<ActionCall> calls, Map<String, String> results) {
    List<ActionCall> open = calls.stream().filter(call -> !results.containsKey(call.id())).toList();
    return open.isEmpty()
        ? answer(
            calls.stream().map(call -> results.get(call.id())).collect(Collectors.joining("\n")))
        : new ChatReply.Calls("", null, open, Usage.NONE);
  }

  private static String refusal(
      Interpretation.NotUnderstood notUnderstood, List<ActionSpec> actions) {
    List<String> phrases = Phrasebook.suggest(actions, notUnderstood.nearest());
    String what =
        NOT_UNDERSTOOD + ": " + String.join(", ", notUnderstood.problems()) + ". Nothing was done.";
    return phrases.isEmpty()
        ? what
        : what
            + "\nTry for example:\n"
            + phrases.stream().map(phrase -> "  " + phrase).collect(Collectors.joining("\n"));
  }

  private static ChatReply answer(String text) {
    return new ChatReply.Answer(text, null, Usage.NONE);
  }
}
