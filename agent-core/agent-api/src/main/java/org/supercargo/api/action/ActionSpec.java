package org.supercargo.api.action;

import java.util.List;
import java.util.regex.Pattern;

/// What the planner knows of an action.
///
/// @param name 1 to 64 letters, digits, underscores and dashes, the form model providers accept
public record ActionSpec(
    String name, String description, Kind kind, List<Parameter> parameters, List<String> examples) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  /// Whether calling an action may move value.
  public enum Kind {
    /// Runs at once and returns data.
    READ,
    /// Returns an intent; the runtime judges and executes it.
    EFFECT
  }

  public ActionSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is not an action name");
    }
    parameters = List.copyOf(parameters);
    examples = List.copyOf(examples);
  }
}
