package org.supercargo.plugin.offline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Parameter;

/// Sentences an owner can say to an agent, made from the examples of its actions.
final class Phrasebook {
  private static final int MOST = 3;

  private Phrasebook() {}

  /// At most three, that of the action that was probably meant first, then what moves value.
  static List<String> suggest(List<ActionSpec> actions, Optional<ActionSpec> nearest) {
    Stream<ActionSpec> others =
        actions.stream()
            .filter(action -> !nearest.equals(Optional.of(action)))
            .sorted(Comparator.comparing(ActionSpec::kind).reversed());
    return Stream.concat(nearest.stream(), others)
        .flatMap(action -> phrase(action).stream())
        .limit(MOST)
        .toList();
  }

  /// An action's first usable example with its parameters filled in.
  static Optional<String> phrase(ActionSpec action) {
    return action.examples().stream()
        .filter(example -> ExamplePattern.parse(action, example).isPresent())
        .findFirst()
        .map(example -> filled(action, example));
  }

  private static String filled(ActionSpec action, String example) {
    String phrase = example;
    for (Parameter parameter : action.parameters()) {
      phrase = phrase.replace("{" + parameter.name() + "}", sample(parameter));
    }
    return phrase;
  }

  private static String sample(Parameter parameter) {
    return switch (parameter.type()) {
      case AMOUNT -> "2.5 " + preferred(parameter, "USDC");
      case PAYEE -> first(parameter, "alice");
      case ASSET -> preferred(parameter, "ETH");
      case CHAIN -> first(parameter, "base");
      case CHOICE -> first(parameter, "");
      case INTEGER -> "3";
      case BOOLEAN -> "yes";
      case DURATION -> "5 minutes";
      case TEXT -> "\"thank you\"";
    };
  }

  private static String preferred(Parameter parameter, String symbol) {
    return parameter.choices().contains(symbol) ? symbol : first(parameter, symbol);
  }

  private static String first(Parameter parameter, String otherwise) {
    return parameter.choices().isEmpty() ? otherwise : parameter.choices().getFirst();
  }
}
