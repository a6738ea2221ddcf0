package org.supercargo.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatReply;

/// What can be demanded of a reply by somebody who does not know the right one.
///
/// @param calls whether the task can only be done by actions
/// @param quoted arguments whose words have to stand in the question, so that none is invented
/// @param result what the result of every action has to look like; null for anything
/// @param answer what an answer in words has to look like; null for anything
public record Check(
    boolean calls, List<String> quoted, @Nullable Pattern result, @Nullable Pattern answer) {
  private static final JsonMapper JSON = new JsonMapper();

  public Check {
    quoted = List.copyOf(quoted);
  }

  /// What is visibly wrong with a reply; empty if nothing is.
  ///
  /// @param outcomes of the reply's calls, in their order
  String objection(String ask, ChatReply reply, List<PracticeGround.Outcome> outcomes) {
    return switch (reply) {
      case ChatReply.Failed failed -> failed.failure().name();
      case ChatReply.Unusable unusable -> unusable.defect().name();
      case ChatReply.Answer words -> ofAnswer(words.text());
      case ChatReply.Calls asked -> ofCalls(ask, asked.calls(), outcomes);
    };
  }

  private String ofAnswer(String text) {
    if (calls) {
      return "words where only an action helps";
    }
    return answer != null && !answer.matcher(text.strip()).matches()
        ? "an answer of another form"
        : "";
  }

  private String ofCalls(
      String ask, List<ActionCall> asked, List<PracticeGround.Outcome> outcomes) {
    for (int index = 0; index < asked.size(); index++) {
      PracticeGround.Outcome outcome = outcomes.get(index);
      if (!outcome.ran()) {
        return "not admitted: " + outcome.text();
      }
      if (result != null && !result.matcher(outcome.text()).find()) {
        return "a result that does not fit: " + outcome.text();
      }
      String invented = invented(ask, asked.get(index));
      if (!invented.isEmpty()) {
        return "the argument " + invented + " is not in the question";
      }
    }
    return "";
  }

  private String invented(String ask, ActionCall call) {
    JsonNode arguments = arguments(call);
    return quoted.stream()
        .filter(name -> arguments.hasNonNull(name))
        .filter(name -> !Words.standsIn(arguments.path(name).asText(), ask))
        .findFirst()
        .orElse("");
  }

  static JsonNode arguments(ActionCall call) {
    try {
      return JSON.readTree(call.arguments());
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
