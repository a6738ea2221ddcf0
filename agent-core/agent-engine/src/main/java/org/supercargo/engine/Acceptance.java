package org.supercargo.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.plan.Expectation;

/// Checks what a goal's owner stated against what really settled. No model has a say in it.
record Acceptance(List<Expectation> expectations) {
  Acceptance {
    expectations = List.copyOf(expectations);
  }

  boolean isStated() {
    return !expectations.isEmpty();
  }

  /// The first expectation that does not hold, in words.
  Optional<String> objection(List<Intent> settled, String answer) {
    return objections(settled, answer).stream().findFirst();
  }

  /// Every expectation that does not hold, in words.
  List<String> objections(List<Intent> settled, String answer) {
    return expectations.stream()
        .flatMap(expectation -> objection(expectation, settled, answer).stream())
        .toList();
  }

  private Optional<String> objection(Expectation expectation, List<Intent> settled, String answer) {
    return switch (expectation) {
      case Expectation.Paid paid -> times(expectation, settled, "a payment of " + paid.amount());
      case Expectation.Swapped swapped ->
          times(expectation, settled, "a swap of " + swapped.sold());
      case Expectation.NothingElse _ ->
          settled.stream()
              .filter(intent -> expectations.stream().noneMatch(each -> isMetBy(each, intent)))
              .findFirst()
              .map(intent -> intent.summary() + " was not wanted, and has settled");
      case Expectation.Answered answered ->
          answer.toLowerCase(Locale.ROOT).contains(answered.words().toLowerCase(Locale.ROOT))
              ? Optional.empty()
              : Optional.of("the answer does not say \"" + answered.words() + "\"");
    };
  }

  private static Optional<String> times(
      Expectation expectation, List<Intent> settled, String what) {
    long times = settled.stream().filter(intent -> isMetBy(expectation, intent)).count();
    return times == 1
        ? Optional.empty()
        : Optional.of(
            what + (times == 0 ? " has not settled" : " has settled " + times + " times"));
  }

  static boolean isMetBy(Expectation expectation, Intent intent) {
    return switch (expectation) {
      case Expectation.Paid paid ->
          intent instanceof Intent.Transfer transfer
              && transfer.payee().address().equals(paid.payee())
              && transfer.amount().equals(paid.amount());
      case Expectation.Swapped swapped ->
          intent instanceof Intent.Swap swap
              && swap.sell().equals(swapped.sold())
              && swap.minimum().asset().id().equals(swapped.bought());
      case Expectation.NothingElse _, Expectation.Answered _ -> false;
    };
  }
}
