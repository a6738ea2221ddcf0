package org.supercargo.engine;

import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.Prompt;
import org.supercargo.engine.json.DomainJson;

/// How the prompt of a replay differs from the recorded one, line by line, for people.
final class PromptDifference {
  private static final int MOST_LINES = 40;

  private final DomainJson json;

  PromptDifference(DomainJson json) {
    this.json = json;
  }

  String of(Prompt recorded, Prompt computed) {
    List<String> before = lines(recorded);
    List<String> after = lines(computed);
    if (before.equals(after)) {
      return "the prompt's added parts are the same; an earlier part or an option differs";
    }
    List<String> difference = difference(before, after);
    List<String> shown =
        difference.size() <= MOST_LINES ? difference : difference.subList(0, MOST_LINES);
    return "the prompt changed\n    "
        + String.join("\n    ", shown)
        + (shown.size() < difference.size() ? "\n    …" : "");
  }

  private List<String> lines(Prompt prompt) {
    var lines = new ArrayList<String>();
    lines.add("after " + prompt.kept() + " messages:");
    for (ChatMessage message : prompt.added()) {
      lines.add("[" + message.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + "]");
      switch (message) {
        case ChatMessage.Instructions(String text) -> text.lines().forEach(lines::add);
        case ChatMessage.Owner(String text) -> text.lines().forEach(lines::add);
        case ChatMessage.Notice(String text) -> text.lines().forEach(lines::add);
        case ChatMessage.Result result -> result.text().lines().forEach(lines::add);
        case ChatMessage.Assistant assistant -> assistant.text().lines().forEach(lines::add);
      }
    }
    if (prompt.actions() != null) {
      prompt.actions().forEach(action -> lines.add("action " + json.write(action)));
    }
    return lines;
  }

  /// The longest common subsequence is kept; the rest is marked with - and +.
  private static List<String> difference(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    var lines = new ArrayList<String>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        i++;
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + before.get(i++));
      } else {
        lines.add("+ " + after.get(j++));
      }
    }
    return lines;
  }
}
