package org.supercargo.testkit.model;

import java.util.OptionalLong;

/// How a [ModelClient] ended.
///
/// @param type for [Kind#REPORTED] the name of a [org.supercargo.api.model.ChatReply.Defect] or
///   [org.supercargo.api.model.ChatReply.Failure] that the client's caller can tell apart from all
///   others; for [Kind#THREW] the exception's class
/// @param text the answer, or the words of the failure
/// @param cached prompt tokens from the provider's cache in all calls together, if the client says
public record Observed(Kind kind, String type, String text, OptionalLong cached) {
  public enum Kind {
    /// It gave its caller an answer as good.
    ANSWERED,
    /// It gave its caller a typed failure.
    REPORTED,
    /// It threw something.
    THREW
  }

  public static Observed answered(String text) {
    return new Observed(Kind.ANSWERED, "", text, OptionalLong.empty());
  }

  public static Observed answered(String text, long cached) {
    return new Observed(Kind.ANSWERED, "", text, OptionalLong.of(cached));
  }

  public static Observed reported(Enum<?> type, String text) {
    return new Observed(Kind.REPORTED, type.name(), text, OptionalLong.empty());
  }

  public static Observed threw(Throwable thrown) {
    return new Observed(
        Kind.THREW,
        thrown.getClass().getName(),
        String.valueOf(thrown.getMessage()),
        OptionalLong.empty());
  }
}
