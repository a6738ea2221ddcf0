package org.supercargo.testkit.model;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.supercargo.api.model.ChatReply;

/// What has to come of a case.
///
/// @param types names of the failures of which one has to be reported; empty for an answer
/// @param text the answer
/// @param ran the actions that have to be run on the way, each as its name, a space and its
///   arguments; no others may
/// @param cached prompt tokens from the cache, where the case is about them
public record Expected(Set<String> types, String text, List<String> ran, OptionalLong cached) {
  public Expected {
    types = Set.copyOf(types);
    ran = List.copyOf(ran);
  }

  static Expected answer(String text, String... ran) {
    return new Expected(Set.of(), text, List.of(ran), OptionalLong.empty());
  }

  static Expected defect(ChatReply.Defect defect) {
    return new Expected(Set.of(defect.name()), "", List.of(), OptionalLong.empty());
  }

  static Expected failure(ChatReply.Failure failure) {
    return new Expected(Set.of(failure.name()), "", List.of(), OptionalLong.empty());
  }

  Expected after(String... actions) {
    return new Expected(types, text, List.of(actions), cached);
  }

  Expected withCached(long tokens) {
    return new Expected(types, text, ran, OptionalLong.of(tokens));
  }

  Verdict.Grade grade(Observed observed, List<String> done) {
    if (!ran.containsAll(done)) {
      return Verdict.Grade.ACTED;
    }
    return types.isEmpty() ? answered(observed, done) : failed(observed);
  }

  private Verdict.Grade answered(Observed observed, List<String> done) {
    boolean right =
        observed.kind() == Observed.Kind.ANSWERED
            && observed.text().equals(text)
            && done.equals(ran)
            && (cached.isEmpty() || cached.equals(observed.cached()));
    return right ? Verdict.Grade.RIGHT : Verdict.Grade.LOST;
  }

  private Verdict.Grade failed(Observed observed) {
    return switch (observed.kind()) {
      case ANSWERED -> Verdict.Grade.SILENT;
      case THREW -> Verdict.Grade.UNTYPED;
      case REPORTED ->
          types.contains(observed.type()) ? Verdict.Grade.RIGHT : Verdict.Grade.UNTYPED;
    };
  }

  @Override
  public String toString() {
    return types.isEmpty()
        ? "the answer \"" + text + "\" after " + ran
        : String.join(" or ", new TreeSet<>(types));
  }
}
