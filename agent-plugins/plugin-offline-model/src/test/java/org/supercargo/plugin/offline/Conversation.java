package org.supercargo.plugin.offline;

import java.util.List;
import java.util.stream.Collectors;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;

/// Asks the model and writes its reply in one line.
final class Conversation {
  private Conversation() {}

  static ChatReply ask(String goal, List<ActionSpec> actions) {
    return new OfflineModel()
        .chat(
            new ChatRequest(
                "",
                List.of(
                    new ChatMessage.Instructions("You keep a wallet."),
                    new ChatMessage.Owner(goal)),
                actions));
  }

  /// `transfer{"amount":"1 SOL"} + balances{}`, or the problems of a refusal.
  static String summary(String goal) {
    return switch (ask(goal, Catalogue.ALL)) {
      case ChatReply.Calls calls ->
          calls.calls().stream()
              .map(call -> call.action() + call.arguments())
              .collect(Collectors.joining(" + "));
      case ChatReply.Answer(String text, var reasoning, var usage) -> problems(text);
      case ChatReply.Unusable unusable -> unusable.toString();
      case ChatReply.Failed failed -> failed.toString();
    };
  }

  private static String problems(String text) {
    String start = OfflineModel.NOT_UNDERSTOOD + ": ";
    int end = text.indexOf(". Nothing was done.");
    return text.startsWith(start) && end > 0 ? text.substring(start.length(), end) : text;
  }
}
