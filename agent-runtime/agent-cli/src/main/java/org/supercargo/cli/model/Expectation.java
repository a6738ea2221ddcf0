package org.supercargo.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatReply;

/// The right reply to a task. Only grading sees it.
public sealed interface Expectation {
  /// Whether a reply is right.
  default boolean isMetBy(ChatReply reply) {
    return switch (this) {
      case Calls wanted -> reply instanceof ChatReply.Calls given && wanted.matches(given.calls());
      case Answer wanted ->
          reply instanceof ChatReply.Answer given
              && wanted.pattern().matcher(given.text().strip()).find();
    };
  }

  /// A reply that meets it.
  ChatReply example();

  /// Exactly these calls, in any order.
  record Calls(List<Wanted> calls) implements Expectation {
    public Calls {
      calls = List.copyOf(calls);
    }

    private boolean matches(List<ActionCall> given) {
      var open = new ArrayList<>(calls);
      return given.size() == open.size()
          && given.stream().allMatch(call -> remove(open, call))
          && open.isEmpty();
    }

    private static boolean remove(List<Wanted> open, ActionCall call) {
      for (Wanted wanted : open) {
        if (wanted.action().equals(call.action())
            && Words.sameArguments(wanted.arguments(), Check.arguments(call))) {
          return open.remove(wanted);
        }
      }
      return false;
    }

    @Override
    public ChatReply example() {
      var asked = new ArrayList<ActionCall>();
      calls.forEach(each ->
          asked.add(
              new ActionCall("c" + asked.size(), each.action(), each.arguments().toString())));
      return new ChatReply.Calls("", null, asked, org.supercargo.api.model.Usage.NONE);
    }
  }

  /// @param arguments a JSON object
  record Wanted(String action, JsonNode arguments) {}

  /// Words, and no call.
  ///
  /// @param pattern that a right answer contains
  /// @param sample an answer that is right
  record Answer(Pattern pattern, String sample) implements Expectation {
    @Override
    public ChatReply example() {
      return new ChatReply.Answer(sample, null, org.supercargo.api.model.Usage.NONE);
    }
  }
}
