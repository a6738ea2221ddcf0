package org.supercargo.testkit.model;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.supercargo.api.model.ChatOptions;

/// One row of the table of what providers do: how one behaves, and what must come out of it.
///
/// ```java
/// try (var provider = new StagedProvider()) {
///   for (ModelFailureCase failure : ModelFailureCase.all(true)) {
///     Verdict verdict = provider.play(failure, true, client);
///   }
/// }
/// ```
///
/// @param name the rule as a sentence
/// @param behaviour what the provider does, in words
/// @param forms in which forms of the protocol it can happen
/// @param needs what a backend must have for the case to be about it
/// @param deadline what the client is given for one call
/// @param idle what the client is given for silence
public record ModelFailureCase(
    String name,
    String behaviour,
    Set<Form> forms,
    Set<Need> needs,
    ChatOptions options,
    List<Turn> turns,
    Expected expected,
    Duration deadline,
    Duration idle) {
  private static final Duration LONG = Duration.ofSeconds(20);

  /// In one piece or piece by piece.
  public enum Form {
    PLAIN,
    STREAMED
  }

  /// What not every backend has.
  public enum Need {
    /// Reasoning is read from `reasoning_content`, wanted back by the provider, and switched on.
    REASONING,
    /// Efforts are sent as `reasoning_effort`.
    EFFORT
  }

  public ModelFailureCase {
    forms = Set.copyOf(forms);
    needs = Set.copyOf(needs);
    turns = List.copyOf(turns);
  }

  static ModelFailureCase of(String name, String behaviour, Expected expected, Turn... turns) {
    return new ModelFailureCase(
        name,
        behaviour,
        Set.of(Form.values()),
        Set.of(),
        ChatOptions.DEFAULT,
        List.of(turns),
        expected,
        LONG,
        LONG);
  }

  ModelFailureCase only(Form form) {
    return new ModelFailureCase(
        name, behaviour, Set.of(form), needs, options, turns, expected, deadline, idle);
  }

  ModelFailureCase needing(Need... all) {
    return new ModelFailureCase(
        name, behaviour, forms, Set.of(all), options, turns, expected, deadline, idle);
  }

  ModelFailureCase with(ChatOptions wanted) {
    return new ModelFailureCase(
        name, behaviour, forms, needs, wanted, turns, expected, deadline, idle);
  }

  ModelFailureCase within(Duration whole, Duration silence) {
    return new ModelFailureCase(
        name, behaviour, forms, needs, options, turns, expected, whole, silence);
  }

  /// How long the client may take at the most.
  Duration within(boolean streamed) {
    boolean silent = turns.contains(new Turn.Wild(Turn.Wildness.FALLS_SILENT));
    return streamed && silent && idle.compareTo(deadline) < 0 ? idle : deadline;
  }

  /// Every case that can happen in one form of the protocol.
  public static List<ModelFailureCase> all(boolean streamed) {
    Form form = streamed ? Form.STREAMED : Form.PLAIN;
    return Stream.of(
            GoodReplies.cases(), BadReplies.cases(), Refusals.cases(), BrokenExchanges.cases())
        .flatMap(List::stream)
        .filter(failure -> failure.forms().contains(form))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
