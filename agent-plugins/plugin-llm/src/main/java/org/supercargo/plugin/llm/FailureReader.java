package org.supercargo.plugin.llm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.ChatReply;

/// Gives every status other than 200 and every broken exchange its type.
///
/// Source: [error codes](https://api-docs.deepseek.com/quick_start/error_codes).
final class FailureReader {
  private final InstantSource clock;

  FailureReader(InstantSource clock) {
    this.clock = clock;
  }

  ChatReply.Failed read(HttpReply reply) {
    ProviderError error = ProviderError.of(reply.text());
    ChatReply.Failure failure = failure(reply.status(), error.code());
    return new ChatReply.Failed(failure, detail(failure, reply.status(), error), wait(reply));
  }

  static ChatReply.Failed read(HttpFailure failure) {
    ChatReply.Failure kind =
        switch (failure.kind()) {
          case NOT_SENT, BROKEN_OFF -> ChatReply.Failure.UNREACHABLE;
          case TIMED_OUT -> ChatReply.Failure.TIMED_OUT;
          case TOO_LARGE -> ChatReply.Failure.SERVER_ERROR;
        };
    return new ChatReply.Failed(kind, failure.what(), null);
  }

  private static ChatReply.Failure failure(int status, String code) {
    return switch (status) {
      case 401, 403 -> ChatReply.Failure.UNAUTHORISED;
      case 402 -> ChatReply.Failure.FUNDS_EXHAUSTED;
      case 429 ->
          code.equals("insufficient_quota")
              ? ChatReply.Failure.FUNDS_EXHAUSTED
              : ChatReply.Failure.RATE_LIMITED;
      case 503, 529 -> ChatReply.Failure.OVERLOADED;
      default ->
          status >= 500 || status < 300
              ? ChatReply.Failure.SERVER_ERROR
              : ChatReply.Failure.INVALID_REQUEST;
    };
  }

  private static String detail(ChatReply.Failure failure, int status, ProviderError error) {
    // A provider's words about a wrong key may quote it.
    return failure == ChatReply.Failure.UNAUTHORISED
        ? "status " + status + ": the provider refuses the key"
        : "status " + status + (error.message().isEmpty() ? "" : ": " + error.message());
  }

  private @Nullable Duration wait(HttpReply reply) {
    String asked = reply.header("retry-after").orElse("").strip();
    if (asked.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(asked));
    }
    try {
      var until = ZonedDateTime.parse(asked, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException absentOrUnreadable) {
      return null;
    }
  }
}
