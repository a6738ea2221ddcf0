package org.supercargo.cli.model;

import java.util.List;
import org.supercargo.api.model.ChatReply;

/// A reply to a question, and what became of the calls in it.
public record Turn(ChatReply reply, List<PracticeGround.Outcome> outcomes) {
  public Turn {
    outcomes = List.copyOf(outcomes);
  }

  static Turn of(PracticeGround ground, Question question, ChatReply reply) {
    List<PracticeGround.Outcome> outcomes =
        reply instanceof ChatReply.Calls calls
            ? ground.run(question.ask(), question.actionNames(), calls.calls())
            : List.of();
    return new Turn(reply, outcomes);
  }

  /// What is visibly wrong; empty if nothing is.
  public String objection(Question question) {
    return question.check().objection(question.ask(), reply, outcomes);
  }
}
