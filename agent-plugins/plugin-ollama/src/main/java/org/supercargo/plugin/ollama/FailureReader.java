package org.supercargo.plugin.ollama;

import java.util.Locale;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.ChatReply.Failed;
import org.supercargo.api.model.ChatReply.Failure;

/// Gives every status other than 200, every error inside a 200 and every broken exchange its type.
///
/// Source: [errors](https://docs.ollama.com/api/errors).
final class FailureReader {
  private FailureReader() {}

  static Failed read(HttpReply reply, String model) {
    String words =
        Json.readObject(reply.text())
            .map(body -> Json.text(body.path("error")))
            .orElseGet(reply::text);
    return read(reply.status(), words, model);
  }

  /// An error where the next piece of a reply should be.
  static Failed inReply(String words, String model) {
    return read(500, words, model);
  }

  private static Failed read(int status, String words, String model) {
    String lower = words.toLowerCase(Locale.ROOT);
    Failure failure = failure(status, lower);
    // Another path's 404 is not about the model.
    boolean missing = status == 404 || (lower.contains("model") && lower.contains("not found"));
    String advice = missing ? "; get it with: ollama pull " + model : "";
    return new Failed(failure, "status " + status + ": " + words.strip() + advice, null);
  }

  private static Failure failure(int status, String words) {
    if (words.contains("context length")
        || words.contains("context size")
        || words.contains("context window")) {
      return Failure.CONTEXT_OVERFLOW;
    }
    return switch (status) {
      case 401, 403 -> Failure.UNAUTHORISED;
      case 402 -> Failure.FUNDS_EXHAUSTED;
      case 413 -> Failure.CONTEXT_OVERFLOW;
      case 429 -> Failure.RATE_LIMITED;
      case 503 -> Failure.OVERLOADED;
      case 504 -> Failure.TIMED_OUT;
      default -> status >= 500 || status < 300 ? Failure.SERVER_ERROR : Failure.INVALID_REQUEST;
    };
  }

  static Failed read(HttpFailure failure) {
    return switch (failure.kind()) {
      case NOT_SENT ->
          new Failed(Failure.UNREACHABLE, failure.what() + "; is Ollama running?", null);
      case BROKEN_OFF -> new Failed(Failure.BROKEN_OFF, failure.what(), null);
      case TIMED_OUT -> new Failed(Failure.TIMED_OUT, failure.what(), null);
      case TOO_LARGE -> new Failed(Failure.SERVER_ERROR, failure.what(), null);
      case CANCELLED -> new Failed(Failure.CANCELLED, failure.what(), null);
    };
  }
}
