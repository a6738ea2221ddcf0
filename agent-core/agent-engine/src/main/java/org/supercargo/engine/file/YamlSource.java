package org.supercargo.engine.file;

import java.io.StringReader;
import java.util.Set;
import org.supercargo.api.SupercargoException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;

/// The text of a YAML file, refused where it could say something else than a reader sees: invisible
/// characters, tabs, anchors and aliases, merge keys, type tags.
record YamlSource(String file, String text) {
  private static final int LARGEST_FILE = 1_000_000;

  private static final Set<Byte> UNSEEN =
      Set.of(Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED);

  /// @throws SupercargoException of category USER with the line
  Node compose(String emptyAdvice) {
    refuseHiddenCharacters();
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(LARGEST_FILE);
    try {
      var yaml = new Yaml(options);
      for (Event event : yaml.parse(new StringReader(text))) {
        refuseIndirection(event);
      }
      Node node = yaml.compose(new StringReader(text));
      if (node == null) {
        throw SupercargoException.user(file + " is empty", emptyAdvice);
      }
      return node;
    } catch (MarkedYAMLException e) {
      throw SupercargoException.user(
          file + ":" + line(e.getProblemMark()) + ": this is not YAML: " + e.getProblem(),
          "Mend the line.");
    } catch (YAMLException e) {
      throw SupercargoException.user(file + " is not YAML: " + e.getMessage(), "Mend the file.");
    }
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private void refuseHiddenCharacters() {
    int line = 1;
    for (int point : text.codePoints().toArray()) {
      if (point == '\n') {
        line++;
      } else if (point == '\t') {
        throw refusal(
            line, "there is a tab, which YAML and people read differently", "Use spaces.");
      } else if (UNSEEN.contains((byte) Character.getType(point))
          || (Character.isISOControl(point) && point != '\r')
          || isOddSpace(point)) {
        throw refusal(
            line,
            "there is a character that nobody sees, U+%04X %s"
                .formatted(point, Character.getName(point)),
            "Delete it, or type the line again.");
      }
    }
  }

  private static boolean isOddSpace(int point) {
    return point != ' '
        && (Character.isSpaceChar(point) || Character.isWhitespace(point))
        && point != '\r'
        && point != '\n';
  }

  private void refuseIndirection(Event event) {
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor() != null)) {
      throw refusal(
          line(event.getStartMark()),
          "an anchor or alias lets one place of the file change another",
          "Write the value out where it holds.");
    }
    String tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> null;
        };
    if (tag != null) {
      throw refusal(
          line(event.getStartMark()),
          "the tag " + tag + " changes what a value is",
          "Remove it; quote what should be text.");
    }
    if (event instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getValue().equals("<<")) {
      throw refusal(
          line(event.getStartMark()),
          "\"<<\" copies keys in from elsewhere",
          "Write the keys out where they hold.");
    }
  }

  private SupercargoException refusal(int line, String what, String advice) {
    return SupercargoException.user(file + ":" + line + ": " + what, advice);
  }
}
