package org.supercargo.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.model.ChatReply;
import org.supercargo.cli.yaml.YamlEntry;
import org.supercargo.cli.yaml.YamlJson;

/// Reads tasks, one YAML file each.
///
/// A task whose own right answer fails its check is refused: a check may be passed by wrong
/// replies, never failed by right ones.
public final class TaskFolder {
  private static final Set<String> ROOT = Set.of("task", "ask", "actions", "expect", "check");
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private final PracticeGround ground;

  public TaskFolder(PracticeGround ground) {
    this.ground = ground;
  }

  /// The tasks of a folder, by file name.
  ///
  /// @throws SupercargoException of category USER with file, line and what to do
  public List<Task> read(Path folder) {
    var files = new ArrayList<Path>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.yaml")) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw SupercargoException.user(
          "The tasks in " + folder + " cannot be read: " + e.getMessage(),
          "Name another folder with --tasks.");
    }
    files.sort(null);
    var tasks = new ArrayList<Task>();
    Map<String, Path> seen = new HashMap<>();
    for (Path file : files) {
      Task task = task(YamlEntry.read(file));
      @Nullable Path before = seen.put(task.id(), file);
      if (before != null) {
        throw SupercargoException.user(
            file + " and " + before + " are the same task " + task.id(), "Rename one of them.");
      }
      tasks.add(task);
    }
    if (tasks.isEmpty()) {
      throw SupercargoException.user(
          "There is no task in " + folder, "Put at least one .yaml file there.");
    }
    return tasks;
  }

  Task parse(String file, String text) {
    return task(YamlEntry.parse(file, text));
  }

  private Task task(YamlEntry root) {
    Map<String, YamlEntry> fields = root.fields(ROOT);
    YamlEntry id = root.required(fields, "task");
    if (!ID.matcher(id.text()).matches()) {
      throw id.error(
          "\"" + id.text() + "\" cannot name a task", "Use lower-case letters, digits, dashes.");
    }
    List<ActionSpec> actions = actions(fields.get("actions"));
    @Nullable YamlEntry check = fields.get("check");
    var question =
        new Question(
            root.required(fields, "ask").text(),
            actions,
            check == null ? new Check(false, List.of(), null, null) : check(check));
    YamlEntry expect = root.required(fields, "expect");
    var task = new Task(id.text(), question, expectation(expect, actions));
    requireFair(expect, task);
    return task;
  }

  private List<ActionSpec> actions(@Nullable YamlEntry place) {
    if (place == null) {
      return List.of();
    }
    List<String> names = place.items().stream().map(YamlEntry::text).toList();
    try {
      return ground.actions(names);
    } catch (SupercargoException e) {
      throw place.error(e);
    }
  }

  private static Check check(YamlEntry place) {
    Map<String, YamlEntry> fields = place.fields(Set.of("reply", "quoted", "result", "answer"));
    @Nullable YamlEntry reply = fields.get("reply");
    if (reply != null && !reply.text().equals("calls")) {
      throw reply.error("only \"calls\" can be demanded here", "Write calls, or leave it out.");
    }
    @Nullable YamlEntry quoted = fields.get("quoted");
    return new Check(
        reply != null,
        quoted == null ? List.of() : quoted.items().stream().map(YamlEntry::text).toList(),
        pattern(fields.get("result")),
        pattern(fields.get("answer")));
  }

  private static @Nullable Pattern pattern(@Nullable YamlEntry place) {
    return place == null ? null : patternOf(place);
  }

  private static Pattern patternOf(YamlEntry place) {
    try {
      return Pattern.compile(place.text());
    } catch (PatternSyntaxException e) {
      throw place.error("this is no regular expression: " + e.getDescription(), "Mend it.");
    }
  }

  private static Expectation expectation(YamlEntry place, List<ActionSpec> actions) {
    Map<String, YamlEntry> fields = place.fields(Set.of("calls", "answer", "sample"));
    if (fields.containsKey("calls") == fields.containsKey("answer")) {
      throw place.error("either calls or an answer is expected", "Write one of the two.");
    }
    if (fields.containsKey("calls")) {
      return new Expectation.Calls(
          place.required(fields, "calls").items().stream()
              .map(item -> wanted(item, actions))
              .toList());
    }
    return new Expectation.Answer(
        patternOf(place.required(fields, "answer")), place.required(fields, "sample").text());
  }

  private static Expectation.Wanted wanted(YamlEntry place, List<ActionSpec> actions) {
    Map<String, YamlEntry> fields = place.fields(Set.of("action", "arguments"));
    YamlEntry action = place.required(fields, "action");
    if (actions.stream().noneMatch(each -> each.name().equals(action.text()))) {
      throw action.error(action.text() + " is not on offer", "Add it to actions.");
    }
    @Nullable YamlEntry arguments = fields.get("arguments");
    JsonNode json =
        arguments == null ? JsonNodeFactory.instance.objectNode() : YamlJson.of(arguments);
    return new Expectation.Wanted(action.text(), json);
  }

  private void requireFair(YamlEntry expect, Task task) {
    ChatReply right = task.expected().example();
    var turn = Turn.of(ground, task.question(), right);
    String objection = turn.objection(task.question());
    if (!objection.isEmpty()) {
      throw expect.error("the right reply fails the task's own check: " + objection, "Mend one.");
    }
    if (!task.expected().isMetBy(right)) {
      throw expect.error("the sample does not match the answer", "Mend one of them.");
    }
  }
}
