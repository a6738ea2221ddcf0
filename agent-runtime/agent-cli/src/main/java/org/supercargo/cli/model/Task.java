package org.supercargo.cli.model;

import static java.util.Objects.requireNonNull;

/// A question whose right answer is known.
///
/// @param id lower-case letters, digits, dashes
public record Task(String id, Question question, Expectation expected) {
  public Task {
    requireNonNull(id, "id is null");
    requireNonNull(question, "question is null");
    requireNonNull(expected, "expected is null");
  }
}
