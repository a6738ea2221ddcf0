package org.supercargo.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.supercargo.engine.json.DomainJson;

/// Where a command writes: for a person, or one JSON document a line.
///
/// Colours appear only on a terminal, and never when `NO_COLOR` is set.
final class Screen {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// All but line ends, tabs and this class's own colours.
  private static final Pattern UNPRINTABLE =
      Pattern.compile(
          "\u001b(?!\\[(?:0|1|2|31|32|33)m)"
              + "|[\\p{Cc}&&[^\\n\\t\u001b]]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]");

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final boolean colours;
  private final DomainJson domain = new DomainJson();

  Screen(PrintStream out, PrintStream err, boolean json, boolean colours) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.colours = colours && !json;
  }

  static Screen standard(boolean json) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Screen(System.out, System.err, json, terminal && System.getenv("NO_COLOR") == null);
  }

  boolean isJson() {
    return json;
  }

  DomainJson domain() {
    return domain;
  }

  ObjectNode object() {
    return JSON.createObjectNode();
  }

  /// For people only.
  void line(String text) {
    if (!json) {
      out.println(harmless(text));
      out.flush();
    }
  }

  /// What a terminal would obey and nobody wrote here: control characters, and marks that turn the
  /// direction of text, with which foreign text could hide what it says.
  private static String harmless(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("\ufffd");
  }

  void blank() {
    line("");
  }

  /// For programs only.
  void json(ObjectNode document) {
    if (json) {
      out.println(document);
      out.flush();
    }
  }

  /// Progress of long work, out of the way of what is piped on.
  void progress(String text) {
    if (!json) {
      err.println(dim(harmless(text)));
      err.flush();
    }
  }

  void error(String what, String advice) {
    if (json) {
      err.println(object().put("type", "error").put("what", what).put("advice", advice));
    } else {
      err.println(red("error") + "  " + harmless(what) + (what.endsWith(".") ? "" : "."));
      if (!advice.isBlank()) {
        err.println("       " + harmless(advice));
      }
    }
    err.flush();
  }

  /// A step of a story: a short label in a column of its own, then what happened.
  void step(String label, String text) {
    line("  " + dim(pad(label, 8)) + " " + text);
  }

  void heading(String text) {
    blank();
    line(bold(text));
  }

  /// Columns as wide as their widest cell; numbers in columns named in `right` stand to the right.
  void table(List<String> head, List<List<String>> rows, List<Integer> right) {
    var widths = new ArrayList<Integer>();
    for (int column = 0; column < head.size(); column++) {
      int widest = head.get(column).length();
      for (List<String> row : rows) {
        widest = Math.max(widest, visible(row.get(column)));
      }
      widths.add(widest);
    }
    line("  " + dim(cells(head, widths, right)));
    rows.forEach(row -> line("  " + cells(row, widths, right)));
  }

  private static String cells(List<String> row, List<Integer> widths, List<Integer> right) {
    var text = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String space = " ".repeat(widths.get(column) - visible(cell));
      text.append(right.contains(column) ? space + cell : cell + space).append("  ");
    }
    return text.toString().stripTrailing();
  }

  private static int visible(String cell) {
    return cell.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  String bold(String text) {
    return paint("1", text);
  }

  String dim(String text) {
    return paint("2", text);
  }

  String green(String text) {
    return paint("32", text);
  }

  String red(String text) {
    return paint("31", text);
  }

  String yellow(String text) {
    return paint("33", text);
  }

  private String paint(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
