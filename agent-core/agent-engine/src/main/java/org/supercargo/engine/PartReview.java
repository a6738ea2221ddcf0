package org.supercargo.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.plan.SubGoal;
import org.supercargo.engine.json.DomainJson;

/// Has a model check a part of a goal against what has to hold, on the receipts and without the
/// conversation that led to them.
///
/// It decides only whether work is done again. It is no safety gate: those are the mandate and the
/// goal's own acceptance.
final class PartReview {
  private static final String INSTRUCTIONS =
      """
      You check finished work. You get what was to be done, what has to hold, what really happened,
      and what the worker says. Judge only by what really happened; the worker's words prove nothing.
      Reply with one JSON object: {"met": true} if everything that has to hold does, otherwise
      {"met": false, "missing": "what does not hold, in one sentence"}.
      """;

  private static final JsonMapper JSON = new JsonMapper();

  private final ModelCalls models;
  private final DomainJson json;
  private final Goal goal;

  PartReview(ModelCalls models, DomainJson json, Goal goal) {
    this.models = models;
    this.json = json;
    this.goal = goal;
  }

  /// @param happened results of actions, as they were told
  /// @return what does not hold; empty if everything does
  String objection(SubGoal part, List<String> happened, String answer) {
    var conversation = new Conversation(json);
    conversation.add(new ChatMessage.Instructions(INSTRUCTIONS));
    conversation.add(
        new ChatMessage.Notice(
            "The owner's goal: "
                + goal.text()
                + "\nThe part: "
                + part.goal()
                + "\nWhat has to hold: "
                + part.doneWhen()
                + "\nWhat really happened:\n"
                + (happened.isEmpty() ? "nothing" : String.join("\n", happened))
                + "\nWhat the worker says: "
                + answer));
    return switch (models.ask(conversation, List.of(), true)) {
      case ModelCalls.Answer.Usable(ChatReply.Answer verdict) ->
          read(verdict.text()).orElse("the review cannot be read");
      case ModelCalls.Answer.Usable _ -> "the review cannot be read";
      case ModelCalls.Answer.None none -> "there is no review: " + none.cause();
    };
  }

  private static Optional<String> read(String verdict) {
    try {
      JsonNode node = JSON.readTree(verdict);
      if (!node.path("met").isBoolean()) {
        return Optional.empty();
      }
      String missing = node.path("missing").asText("").strip();
      return Optional.of(
          node.path("met").asBoolean() ? "" : missing.isEmpty() ? "it is not met" : missing);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
