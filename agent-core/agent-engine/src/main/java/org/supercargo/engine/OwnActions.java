package org.supercargo.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;

/// The actions a planner carries out by itself. They move nothing and read nothing outside.
final class OwnActions {
  static final String REMEMBER = "remember";
  static final String FIND_ACTIONS = "find_actions";
  static final String DIVIDE_GOAL = "divide_goal";
  static final Set<String> ALL = Set.of(REMEMBER, FIND_ACTIONS, DIVIDE_GOAL);

  private static final JsonMapper JSON = new JsonMapper();

  private OwnActions() {}

  static ActionSpec remember() {
    return spec(
        REMEMBER,
        "Keeps a short note for later runs, such as what was learned. Not for amounts or payees:"
            + " those always come from the owner.",
        text("note", "one or two sentences"));
  }

  static ActionSpec findActions() {
    return spec(
        FIND_ACTIONS,
        "Looks for further actions when none on offer fits; the next turn offers what was found.",
        text("words", "what the action should do"));
  }

  static ActionSpec divideGoal() {
    return spec(
        DIVIDE_GOAL,
        "Divides a goal of several separate parts, before anything else is done. Each part is then"
            + " worked on, checked and, if need be, done again by itself.",
        text(
            "parts",
            "one part on each line, its fields separated by |: a short name | what to do | what"
                + " has to hold when it is done"));
  }

  private static ActionSpec spec(String name, String description, Parameter parameter) {
    return new ActionSpec(name, description, ActionSpec.Kind.READ, List.of(parameter), List.of());
  }

  private static Parameter text(String name, String description) {
    return new Parameter(name, description, ParameterType.TEXT, true, List.of());
  }

  /// The text of an argument; empty if the arguments are not whole or it is missing.
  static String argument(String arguments, String name) {
    try {
      JsonNode value = JSON.readTree(arguments).path(name);
      return value.isTextual() ? value.asText().strip() : "";
    } catch (JsonProcessingException _) {
      return "";
    }
  }
}
