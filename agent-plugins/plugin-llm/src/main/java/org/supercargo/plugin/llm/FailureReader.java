package org.supercargo.plugin.llm;

import java.time.InstantSource;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.ChatReply;

/// Gives every status other than 200, every error inside a 200 and every broken exchange its type.
///
/// Source: [error codes](https://api-docs.deepseek.com/quick_start/error_codes).
final class FailureReader {
  private final WaitReader waits;

  FailureReader(InstantSource clock) {
    this.waits = new WaitReader(clock);
  }

  ChatReply.Failed read(HttpReply reply) {
    ProviderError error = ProviderError.of(reply.text());
    ChatReply.Failure failure = failure(reply.status(), error);
    return new ChatReply.Failed(
        failure, detail(failure, "status " + reply.status(), error), waits.read(reply));
  }

  /// An error where a reply should be. A gateway may give the status it got as the code.
  static ChatReply.Failed inReply(ProviderError error) {
    int status = error.code().matches("[45]\\d\\d") ? Integer.parseInt(error.code()) : 500;
    ChatReply.Failure failure = failure(status, error);
    return new ChatReply.Failed(failure, detail(failure, "instead of a reply", error), null);
  }

  static ChatReply.Failed read(HttpFailure failure) {
    ChatReply.Failure kind =
        switch (failure.kind()) {
          case NOT_SENT -> ChatReply.Failure.UNREACHABLE;
          case BROKEN_OFF -> ChatReply.Failure.BROKEN_OFF;
          case TIMED_OUT -> ChatReply.Failure.TIMED_OUT;
          case TOO_LARGE -> ChatReply.Failure.SERVER_ERROR;
          case CANCELLED -> ChatReply.Failure.CANCELLED;
        };
    return new ChatReply.Failed(kind, failure.what(), null);
  }

  private static ChatReply.Failure failure(int status, ProviderError error) {
    return switch (status) {
      case 401, 403 -> ChatReply.Failure.UNAUTHORISED;
      case 402 -> ChatReply.Failure.FUNDS_EXHAUSTED;
      case 429 ->
          error.isUnfunded() ? ChatReply.Failure.FUNDS_EXHAUSTED : ChatReply.Failure.RATE_LIMITED;
      case 503, 529 -> ChatReply.Failure.OVERLOADED;
      default -> {
        if (error.isOverflow()) {
          yield ChatReply.Failure.CONTEXT_OVERFLOW;
        }
        yield status >= 500 || status < 300
            ? ChatReply.Failure.SERVER_ERROR
            : ChatReply.Failure.INVALID_REQUEST;
      }
    };
  }

  private static String detail(ChatReply.Failure failure, String where, ProviderError error) {
    // A provider's words about a wrong key may quote it.
    if (failure == ChatReply.Failure.UNAUTHORISED) {
      return where + ": the provider refuses the key";
    }
    String code = failure == ChatReply.Failure.FUNDS_EXHAUSTED ? error.code() : "";
    return where
        + (code.isEmpty() ? "" : " " + code)
        + (error.message().isEmpty() ? "" : ": " + error.message());
  }
}
