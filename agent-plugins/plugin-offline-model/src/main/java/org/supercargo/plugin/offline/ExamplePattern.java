package org.supercargo.plugin.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;

/// An example phrase of an action, taken apart.
///
/// @param head words that open the phrase and say what is asked: `send`, `how much have`
/// @param body what has to follow, in this order
/// @param options what may stand anywhere, each once: `on {chain}`
record ExamplePattern(
    ActionSpec action, List<String> head, List<Element> body, List<Option> options) {
  /// Words that belong to the parameter behind them rather than to the request as a whole.
  static final Set<String> LEADS =
      Set.of(
          "to", "on", "for", "from", "in", "into", "with", "at", "by", "via", "using", "as", "of",
          "per", "every", "within", "memo", "note", "saying", "reason");

  private static final int MOST_OPTIONS = 12;

  ExamplePattern {
    head = List.copyOf(head);
    body = List.copyOf(body);
    options = List.copyOf(options);
  }

  /// One thing that has to be said.
  sealed interface Element {
    /// A word that stands before a parameter or ends the phrase.
    record Literal(String word) implements Element {}

    record Slot(Parameter parameter) implements Element {}
  }

  /// A parameter that may be left out, with the words before it.
  record Option(List<String> lead, Parameter parameter) {
    Option {
      lead = List.copyOf(lead);
    }
  }

  /// Empty when the phrase names a parameter the action does not have, leaves a required one out,
  /// or has no words of its own.
  static Optional<ExamplePattern> parse(ActionSpec action, String example) {
    return new Parser(action).parse(example);
  }

  /// Every usable pattern of an action. What one example allows to be added, "on {chain}", may be
  /// added to all of them.
  static List<ExamplePattern> of(ActionSpec action) {
    List<ExamplePattern> patterns =
        action.examples().stream().flatMap(example -> parse(action, example).stream()).toList();
    List<Option> options =
        patterns.stream()
            .flatMap(pattern -> pattern.options().stream())
            .distinct()
            .limit(MOST_OPTIONS)
            .toList();
    return patterns.stream()
        .map(pattern -> new ExamplePattern(action, pattern.head(), pattern.body(), options))
        .distinct()
        .toList();
  }

  Fillers fillers() {
    return switch (action.kind()) {
      case READ -> Fillers.OF_READS;
      case EFFECT -> Fillers.OF_EFFECTS;
    };
  }

  private static final class Parser {
    private final ActionSpec action;
    private final List<String> head = new ArrayList<>();
    private final List<Element> body = new ArrayList<>();
    private final List<Option> options = new ArrayList<>();
    private List<String> run = new ArrayList<>();
    private boolean afterSlot;

    Parser(ActionSpec action) {
      this.action = action;
    }

    Optional<ExamplePattern> parse(String example) {
      for (String word : example.strip().split("\\s+", -1)) {
        if (!word.startsWith("{") || !word.endsWith("}")) {
          run.add(word.toLowerCase(Locale.ROOT));
          continue;
        }
        Optional<Parameter> parameter = parameter(word.substring(1, word.length() - 1));
        if (parameter.isEmpty()) {
          return Optional.empty();
        }
        slot(parameter.get());
      }
      endRun(run);
      boolean complete =
          action.parameters().stream()
              .filter(Parameter::required)
              .allMatch(needed -> body.contains(new Element.Slot(needed)));
      return complete && !head.isEmpty()
          ? Optional.of(new ExamplePattern(action, head, body, options))
          : Optional.empty();
    }

    private Optional<Parameter> parameter(String name) {
      return action.parameters().stream().filter(known -> known.name().equals(name)).findFirst();
    }

    private void slot(Parameter parameter) {
      int cut = run.size();
      while (cut > 0 && LEADS.contains(run.get(cut - 1))) {
        cut--;
      }
      List<String> lead = List.copyOf(run.subList(cut, run.size()));
      endRun(run.subList(0, cut));
      if (parameter.required()) {
        lead.forEach(word -> body.add(new Element.Literal(word)));
        body.add(new Element.Slot(parameter));
      } else {
        options.add(new Option(lead, parameter));
      }
      run = new ArrayList<>();
      afterSlot = afterSlot || parameter.required();
    }

    /// Words before the first required parameter are the head; words behind it belong to the body.
    private void endRun(List<String> words) {
      List<String> telling = telling(words);
      if (afterSlot) {
        telling.forEach(word -> body.add(new Element.Literal(word)));
      } else {
        head.addAll(telling);
      }
    }

    /// Fillers say nothing, unless a phrase is made of nothing else.
    private List<String> telling(List<String> words) {
      Fillers fillers =
          action.kind() == ActionSpec.Kind.READ ? Fillers.OF_READS : Fillers.OF_EFFECTS;
      List<String> telling = words.stream().filter(word -> !fillers.contains(word)).toList();
      return telling.isEmpty() && head.isEmpty() ? words : telling;
    }
  }
}
