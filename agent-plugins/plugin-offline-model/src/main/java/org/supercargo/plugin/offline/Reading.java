package org.supercargo.plugin.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;

/// One clause read by one pattern.
///
/// @param fills in the order of the words
/// @param unknown words without a meaning here
/// @param problems everything else that is wrong, in the order of the words
/// @param cost the lower, the closer to the pattern
/// @param headFirst whether nothing unknown stands before the head
/// @param chainFirst whether a chain is named before the head
/// @param inherited whether the head is the one of the clause before
record Reading(
    ExamplePattern pattern,
    Clause clause,
    List<Fill> fills,
    List<Token> unknown,
    List<Problem> problems,
    int cost,
    boolean headFirst,
    boolean chainFirst,
    boolean inherited) {
  /// Something that is not understood, for the owner.
  ///
  /// @param place in the goal
  record Problem(int place, String text) {}

  Reading {
    fills = List.copyOf(fills);
    unknown = List.copyOf(unknown);
    problems = List.copyOf(problems);
  }

  boolean isWhole() {
    return unknown.isEmpty() && problems.isEmpty();
  }

  /// Whether at least one value is known rather than taken on trust.
  boolean isSureOfSomething() {
    return fills.stream().anyMatch(fill -> fill.cost() == Fill.SURE);
  }

  /// Unknown words and other problems.
  List<Problem> allProblems() {
    var all = new ArrayList<>(problems);
    unknown.forEach(token -> all.add(new Problem(token.start(), "\"" + token.text() + "\"")));
    return all;
  }

  Map<String, Fill> fillsByName() {
    var map = new LinkedHashMap<String, Fill>();
    fills.forEach(fill -> map.put(fill.parameter().name(), fill));
    return map;
  }

  Optional<Fill> chain() {
    return fills.stream()
        .filter(fill -> fill.parameter().type() == ParameterType.CHAIN)
        .findFirst();
  }

  Optional<Parameter> chainParameter() {
    return pattern.action().parameters().stream()
        .filter(parameter -> parameter.type() == ParameterType.CHAIN)
        .findFirst();
  }

  List<String> symbols() {
    return fills.stream().map(Fill::symbol).filter(symbol -> !symbol.isEmpty()).toList();
  }

  boolean isOpenEnded() {
    return fills.stream().anyMatch(Fill::openEnded);
  }

  /// The same reading, with some of the unknown words taken as harmless.
  Reading withoutUnknown(Predicate<Token> harmless) {
    List<Token> left = unknown.stream().filter(harmless.negate()).toList();
    return new Reading(
        pattern, clause, fills, left, problems, cost, headFirst, chainFirst, inherited);
  }

  Reading with(Fill fill) {
    var more = new ArrayList<>(fills);
    more.add(fill);
    return new Reading(
        pattern, clause, more, unknown, problems, cost, headFirst, chainFirst, inherited);
  }

  Reading withProblem(Problem problem) {
    var more = new ArrayList<>(problems);
    more.add(problem);
    return new Reading(
        pattern, clause, fills, unknown, more, cost, headFirst, chainFirst, inherited);
  }
}
