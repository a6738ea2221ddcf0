package org.supercargo.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// A failure that says what is wrong and what to do about it.
///
/// The category decides what the runtime does next: only [Category#TRANSIENT] is ever retried.
public class SupercargoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Who has to act on the failure.
  public enum Category {
    /// The input is wrong; the person who gave it can mend it.
    USER,
    /// A mandate, a limit or a guard refused.
    POLICY,
    /// The same call may succeed later.
    TRANSIENT,
    /// Something outside answered wrongly or refused; a repeat will not help.
    EXTERNAL,
    /// A defect of Supercargo itself.
    BUG
  }

  private final Category category;
  private final String advice;

  /// @param what what is wrong and where, one sentence
  /// @param advice what to do next, one sentence; may be empty
  public SupercargoException(
      Category category, String what, String advice, @Nullable Throwable cause) {
    super(requireNonNull(what, "what is null"), cause);
    this.category = requireNonNull(category, "category is null");
    this.advice = requireNonNull(advice, "advice is null");
  }

  public static SupercargoException user(String what, String advice) {
    return new SupercargoException(Category.USER, what, advice, null);
  }

  public static SupercargoException policy(String what, String advice) {
    return new SupercargoException(Category.POLICY, what, advice, null);
  }

  public static SupercargoException transientFailure(
      String what, String advice, @Nullable Throwable cause) {
    return new SupercargoException(Category.TRANSIENT, what, advice, cause);
  }

  public static SupercargoException external(
      String what, String advice, @Nullable Throwable cause) {
    return new SupercargoException(Category.EXTERNAL, what, advice, cause);
  }

  public static SupercargoException bug(String what, @Nullable Throwable cause) {
    return new SupercargoException(
        Category.BUG, what, "This is a defect of Supercargo; please report it.", cause);
  }

  public Category category() {
    return category;
  }

  /// What is wrong, as a sentence; never null, unlike [#getMessage()].
  public String what() {
    return requireNonNull(getMessage());
  }

  /// What to do next; empty when there is nothing to add.
  public String advice() {
    return advice;
  }
}
