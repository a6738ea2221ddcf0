package org.supercargo.testkit.model;

import java.time.Duration;
import java.util.List;

/// What came of one case, and how good that is.
///
/// @param ran the actions that were run, each as its name, a space and its arguments
/// @param took from the start of the run until the client gave control back
public record Verdict(
    Grade grade, ModelFailureCase failure, Observed observed, List<String> ran, Duration took) {
  /// From what is wanted to what costs money.
  public enum Grade {
    /// Exactly what is wanted.
    RIGHT,
    /// A failure is noticed, but the caller cannot tell which.
    UNTYPED,
    /// A good reply is lost or altered.
    LOST,
    /// Control comes back long after the deadline.
    LATE,
    /// A bad reply is passed on as a good answer.
    SILENT,
    /// An action was run that nobody may run.
    ACTED
  }

  public Verdict {
    ran = List.copyOf(ran);
  }

  @Override
  public String toString() {
    return "%s: %s; wanted %s; got %s %s \"%s\"; ran %s; took %d ms"
        .formatted(
            failure.name(),
            grade,
            failure.expected(),
            observed.kind(),
            observed.type(),
            observed.text(),
            ran,
            took.toMillis());
  }
}
