package org.supercargo.plugin.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Lines of text in columns, for people and planners alike.
final class Statement {
  private final List<List<String>> lines = new ArrayList<>();

  Statement line(String... cells) {
    lines.add(List.of(cells));
    return this;
  }

  /// One line of text each; the last cell of a line is not padded.
  String text() {
    return lines.stream().map(this::text).collect(Collectors.joining("\n"));
  }

  private String text(List<String> line) {
    var text = new StringBuilder();
    for (int column = 0; column < line.size() - 1; column++) {
      text.append(line.get(column));
      text.repeat(' ', width(column) - line.get(column).length() + 2);
    }
    return text.append(line.getLast()).toString();
  }

  private int width(int column) {
    return lines.stream()
        .filter(line -> line.size() > column + 1)
        .mapToInt(line -> line.get(column).length())
        .max()
        .orElse(0);
  }
}
