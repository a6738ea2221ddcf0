package org.supercargo.plugin.offline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
import org.supercargo.plugin.offline.ExamplePattern.Element;
import org.supercargo.plugin.offline.ExamplePattern.Option;

/// Lays a pattern over a clause so that as little as possible is left unexplained. Every word ends
/// up in the head, in a parameter, as a filler, or among the unknown ones.
final class Alignment {
  private static final int FILLER = 1;
  private static final int UNKNOWN = 10;
  private static final int MISSING_WORD = 15;
  private static final int MISSING_VALUE = 40;
  private static final int LONGEST_CLAUSE = 120;

  private final ExamplePattern pattern;
  private final Clause clause;
  private final List<Token> tokens;
  private final List<Element> elements;
  private final int headLength;
  private final boolean inherited;
  private final Strictness strictness;
  private final SlotReader slots;
  private final Map<State, Path> best = new HashMap<>();
  private final Set<State> dead = new HashSet<>();

  /// What an alignment may leave unexplained.
  enum Strictness {
    /// Nothing: quick, and enough for most clauses.
    WHOLE,
    /// Anything but the head, so that it can be told what is wrong.
    LENIENT
  }

  private Alignment(
      ExamplePattern pattern,
      Clause clause,
      boolean inherited,
      Strictness strictness,
      SlotReader slots) {
    this.pattern = pattern;
    this.clause = clause;
    this.tokens = clause.tokens();
    this.inherited = inherited;
    this.strictness = strictness;
    this.slots = slots;
    this.headLength = inherited ? 0 : pattern.head().size();
    this.elements = new ArrayList<>();
    pattern.head().stream().limit(headLength).map(Element.Literal::new).forEach(elements::add);
    elements.addAll(pattern.body());
  }

  /// Empty when the clause does not have the pattern's head, or needs more leniency.
  ///
  /// @param inherited whether the head stands in the clause before and is left out in this one
  static Optional<Reading> read(
      ExamplePattern pattern,
      Clause clause,
      boolean inherited,
      Strictness strictness,
      SlotReader slots) {
    boolean hasHead = inherited || pattern.head().stream().allMatch(clause::contains);
    if (!hasHead || clause.tokens().size() > LONGEST_CLAUSE) {
      return Optional.empty();
    }
    var alignment = new Alignment(pattern, clause, inherited, strictness, slots);
    @Nullable Path path = alignment.from(new State(0, 0, 0));
    return Optional.ofNullable(path).map(alignment::reading);
  }

  /// @param element next to be said
  /// @param token next to be explained
  /// @param used bits of the options already taken
  private record State(int element, int token, int used) {}

  /// A way from a state to the end.
  private record Path(int cost, @Nullable Step step, @Nullable Path rest) {}

  private sealed interface Step {
    record Head() implements Step {}

    record Filled(Fill fill, int place) implements Step {}

    record Unknown(Token token) implements Step {}

    record Missing(String what) implements Step {}

    record Passed() implements Step {}
  }

  private @Nullable Path from(State state) {
    Path known = best.get(state);
    if (known != null || dead.contains(state)) {
      return known;
    }
    var choice = new Choice();
    if (state.element() == elements.size() && state.token() == tokens.size()) {
      choice.offer(new Path(0, null, null));
    }
    sayNext(state, choice);
    takeOption(state, choice);
    passToken(state, choice);
    if (strictness == Strictness.LENIENT) {
      leaveOut(state, choice);
    }
    if (choice.cheapest == null) {
      dead.add(state);
    } else {
      best.put(state, choice.cheapest);
    }
    return choice.cheapest;
  }

  private static final class Choice {
    private @Nullable Path cheapest;

    void offer(@Nullable Path path) {
      if (path != null && (cheapest == null || path.cost() < cheapest.cost())) {
        cheapest = path;
      }
    }
  }

  private @Nullable Path after(Step step, int cost, State next) {
    Path rest = from(next);
    return rest == null ? null : new Path(cost + rest.cost(), step, rest);
  }

  private void sayNext(State state, Choice choice) {
    if (state.element() == elements.size() || state.token() == tokens.size()) {
      return;
    }
    switch (elements.get(state.element())) {
      case Element.Literal(String word) -> {
        if (tokens.get(state.token()).is(word)) {
          Step step = state.element() < headLength ? new Step.Head() : new Step.Passed();
          choice.offer(
              after(step, 0, new State(state.element() + 1, state.token() + 1, state.used())));
        }
      }
      case Element.Slot(var parameter) -> {
        boolean announced =
            state.element() > 0 && elements.get(state.element() - 1) instanceof Element.Literal;
        value(parameter, state.token(), announced)
            .ifPresent(fill ->
                choice.offer(
                    after(
                        new Step.Filled(fill, tokens.get(state.token()).start()),
                        fill.cost(),
                        new State(
                            state.element() + 1, state.token() + fill.length(), state.used()))));
      }
    }
  }

  private Optional<Fill> value(Parameter parameter, int place, boolean announced) {
    return slots
        .read(parameter, tokens, place, announced)
        .filter(fill -> strictness == Strictness.LENIENT || fill.complaint() == null);
  }

  private void takeOption(State state, Choice choice) {
    for (int i = 0; i < pattern.options().size(); i++) {
      Option option = pattern.options().get(i);
      int bit = 1 << i;
      if ((state.used() & bit) != 0 || isTaken(option, state.used())) {
        continue;
      }
      takeOption(state, bit, option, choice);
    }
  }

  /// A parameter with several leads is still one parameter.
  private boolean isTaken(Option option, int used) {
    for (int i = 0; i < pattern.options().size(); i++) {
      if ((used & (1 << i)) != 0
          && pattern.options().get(i).parameter().equals(option.parameter())) {
        return true;
      }
    }
    return false;
  }

  private void takeOption(State state, int bit, Option option, Choice choice) {
    int place = state.token();
    for (String word : option.lead()) {
      place = skipFillers(place);
      if (place >= tokens.size() || !tokens.get(place).is(word)) {
        // "on solana and base": the second chain needs no second "on".
        takeBareChain(state, bit, option, choice);
        return;
      }
      place++;
    }
    // In a text every word counts, "thanks" too.
    if (!option.lead().isEmpty() && option.parameter().type() != ParameterType.TEXT) {
      place = skipFillers(place);
    }
    fillOption(state, bit, option, place, !option.lead().isEmpty(), choice);
  }

  private void takeBareChain(State state, int bit, Option option, Choice choice) {
    if (inherited && option.parameter().type() == ParameterType.CHAIN) {
      fillOption(state, bit, option, state.token(), false, choice);
    }
  }

  private void fillOption(
      State state, int bit, Option option, int place, boolean announced, Choice choice) {
    value(option.parameter(), place, announced)
        .ifPresent(fill ->
            choice.offer(
                after(
                    new Step.Filled(fill, tokens.get(place).start()),
                    fill.cost(),
                    new State(state.element(), place + fill.length(), state.used() | bit))));
  }

  private int skipFillers(int place) {
    int index = place;
    int length = pattern.fillers().lengthAt(tokens, index);
    while (length > 0) {
      index += length;
      length = pattern.fillers().lengthAt(tokens, index);
    }
    return index;
  }

  private void passToken(State state, Choice choice) {
    if (state.token() == tokens.size()) {
      return;
    }
    int filler = pattern.fillers().lengthAt(tokens, state.token());
    if (filler > 0) {
      State next = new State(state.element(), state.token() + filler, state.used());
      choice.offer(after(new Step.Passed(), FILLER, next));
      return;
    }
    if (strictness == Strictness.LENIENT) {
      State next = new State(state.element(), state.token() + 1, state.used());
      choice.offer(after(new Step.Unknown(tokens.get(state.token())), UNKNOWN, next));
    }
  }

  /// The head is never left out: without it nobody knows what is asked.
  private void leaveOut(State state, Choice choice) {
    if (state.element() < headLength || state.element() == elements.size()) {
      return;
    }
    switch (elements.get(state.element())) {
      case Element.Literal(String word) -> {
        State next = new State(state.element() + 1, state.token(), state.used());
        choice.offer(
            after(new Step.Missing("the word \"" + word + "\" is missing"), MISSING_WORD, next));
        int slot = nextSlot(state.element());
        if (slot < elements.size()) {
          leaveOutSlot(state, slot, choice);
        }
      }
      case Element.Slot slot -> leaveOutSlot(state, state.element(), choice);
    }
  }

  private int nextSlot(int element) {
    int index = element;
    while (index < elements.size() && elements.get(index) instanceof Element.Literal) {
      index++;
    }
    return index;
  }

  private void leaveOutSlot(State state, int index, Choice choice) {
    if (elements.get(index) instanceof Element.Slot(var parameter)) {
      State next = new State(index + 1, state.token(), state.used());
      choice.offer(
          after(new Step.Missing("the " + parameter.name() + " is missing"), MISSING_VALUE, next));
    }
  }

  private Reading reading(Path path) {
    List<Fill> fills = new ArrayList<>();
    List<Token> unknown = new ArrayList<>();
    List<Reading.Problem> problems = new ArrayList<>();
    boolean headSeen = headLength == 0;
    boolean headFirst = true;
    boolean chainFirst = false;
    int behind = tokens.getLast().end();
    for (Path at = path; at != null; at = at.rest()) {
      switch (at.step()) {
        case null -> {}
        case Step.Head head -> headSeen = true;
        case Step.Passed passed -> {}
        case Step.Unknown(Token token) -> {
          unknown.add(token);
          headFirst &= headSeen;
        }
        case Step.Missing(String what) ->
            problems.add(new Reading.Problem(behind, what + " in \"" + slots.quote(clause) + "\""));
        case Step.Filled(Fill fill, int place) -> {
          if (fill.complaint() == null) {
            fills.add(fill);
          } else {
            problems.add(new Reading.Problem(place, fill.complaint()));
          }
          chainFirst |= !headSeen && fill.parameter().type() == ParameterType.CHAIN;
        }
      }
    }
    return new Reading(
        pattern, clause, fills, unknown, problems, path.cost(), headFirst, chainFirst, inherited);
  }
}
