package org.supercargo.http.cassette;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.supercargo.api.Bytes;

/// How a request's body differs from the recorded one, line by line, for people.
///
/// JSON is laid out with one line for each value and for each line of a text, under its path.
final class BodyDifference {
  private static final int MOST_LINES = 24;
  private static final int MOST_COMPARED = 500;
  private static final int LONGEST_LINE = 160;
  private static final int BEFORE_CHANGE = 40;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private BodyDifference() {}

  /// @param path empty for a body that is no JSON
  /// @param number of the line within a text, or 0
  private record Line(String path, int number, String text) {
    /// Line numbers shift; they make no difference.
    boolean isSame(Line other) {
      return path.equals(other.path) && text.equals(other.text);
    }

    String place() {
      return number == 0 ? path : path + (path.isEmpty() ? "line " : " line ") + number;
    }
  }

  private record Change(String sign, Line line) {}

  /// @return a phrase that goes on over several lines
  static String of(Bytes recorded, Bytes asked) {
    List<Line> before = lines(recorded);
    List<Line> after = lines(asked);
    int first = 0;
    int most = Math.min(before.size(), after.size());
    while (first < most && before.get(first).isSame(after.get(first))) {
      first++;
    }
    if (first == before.size() && first == after.size()) {
      return bytes(recorded.toArray(), asked.toArray());
    }
    int last = 0;
    while (last < most - first
        && before.get(before.size() - 1 - last).isSame(after.get(after.size() - 1 - last))) {
      last++;
    }
    List<Change> changes =
        changes(
            before.subList(first, before.size() - last), after.subList(first, after.size() - last));
    return "at " + changes.getFirst().line().place() + "\n    " + shown(changes);
  }

  private static String bytes(byte[] recorded, byte[] asked) {
    int at = Arrays.mismatch(recorded, asked);
    return "at byte "
        + at
        + "; the values are the same, written in another way\n    - "
        + excerpt(recorded, at)
        + "\n    + "
        + excerpt(asked, at);
  }

  private static String excerpt(byte[] body, int at) {
    int from = Math.max(0, at - BEFORE_CHANGE);
    int to = Math.min(body.length, at + BEFORE_CHANGE);
    return "…" + new String(body, from, to - from, StandardCharsets.UTF_8) + "…";
  }

  private static List<Line> lines(Bytes body) {
    String text = new String(body.toArray(), StandardCharsets.UTF_8);
    var lines = new ArrayList<Line>();
    try {
      add(lines, "", JSON.readTree(text));
    } catch (JsonProcessingException noJson) {
      addText(lines, "", text);
    }
    return lines;
  }

  private static void add(List<Line> lines, String path, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(field ->
              add(lines, path + (path.isEmpty() ? "" : ".") + field.getKey(), field.getValue()));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int index = 0; index < node.size(); index++) {
        add(lines, path + "[" + index + "]", node.get(index));
      }
    } else if (node.isTextual()) {
      addText(lines, path, node.textValue());
    } else {
      lines.add(new Line(path, 0, node.toString()));
    }
  }

  private static void addText(List<Line> lines, String path, String text) {
    String[] each = text.split("\n", -1);
    for (int index = 0; index < each.length; index++) {
      lines.add(new Line(path, each.length == 1 ? 0 : index + 1, each[index]));
    }
  }

  /// The longest common subsequence is kept; the rest is marked with - and +.
  private static List<Change> changes(List<Line> allBefore, List<Line> allAfter) {
    List<Line> before = allBefore.subList(0, Math.min(allBefore.size(), MOST_COMPARED));
    List<Line> after = allAfter.subList(0, Math.min(allAfter.size(), MOST_COMPARED));
    int[][] common = common(before, after);
    var changes = new ArrayList<Change>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).isSame(after.get(j))) {
        i++;
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        changes.add(new Change("- ", before.get(i++)));
      } else {
        changes.add(new Change("+ ", after.get(j++)));
      }
    }
    return changes;
  }

  private static int[][] common(List<Line> before, List<Line> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).isSame(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static String shown(List<Change> changes) {
    int from = Math.max(0, firstChange(changes) - BEFORE_CHANGE);
    return changes.stream()
            .limit(MOST_LINES)
            .map(change -> shown(change, from))
            .collect(Collectors.joining("\n    "))
        + (changes.size() > MOST_LINES ? "\n    …" : "");
  }

  /// Where the first line taken out and the first one put in begin to differ.
  private static int firstChange(List<Change> changes) {
    List<String> texts =
        List.of("- ", "+ ").stream()
            .flatMap(sign -> changes.stream().filter(change -> change.sign().equals(sign)).limit(1))
            .map(change -> change.line().text())
            .toList();
    if (texts.size() < 2) {
      return 0;
    }
    int at = 0;
    int most = Math.min(texts.get(0).length(), texts.get(1).length());
    while (at < most && texts.get(0).charAt(at) == texts.get(1).charAt(at)) {
      at++;
    }
    return at;
  }

  private static String shown(Change change, int from) {
    String text = change.line().text();
    if (text.length() > LONGEST_LINE) {
      int start = Math.min(from, text.length() - LONGEST_LINE);
      int end = start + LONGEST_LINE;
      text =
          (start == 0 ? "" : "…") + text.substring(start, end) + (end == text.length() ? "" : "…");
    }
    return change.sign() + change.line().place() + ": " + text;
  }
}
