package org.supercargo.plugin.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.model.ChatReply.Failed;
import org.supercargo.api.model.ChatReply.Failure;

/// Gives every status other than 200 and every broken exchange its type.
///
/// Source: [errors](https://platform.claude.com/docs/en/api/errors),
/// [troubleshooting](https://ai.google.dev/gemini-api/docs/troubleshooting).
final class StatusReader {
  private static final List<String> OVERFLOW =
      List.of(
          "prompt is too long",
          "maximum context",
          "context length",
          "context_length",
          "context window",
          "input token count",
          "exceeds the maximum number of tokens",
          "request_too_large");
  private static final List<String> UNFUNDED =
      List.of("insufficient_quota", "insufficient balance", "credit balance", "billing_error");
  private static final List<String> WRONG_KEY = List.of("api key not valid", "api_key_invalid");

  private final InstantSource clock;

  StatusReader(InstantSource clock) {
    this.clock = clock;
  }

  Failed read(HttpReply reply) {
    return read(reply.status(), reply.text(), wait(reply.header("retry-after").orElse("")));
  }

  /// @param body as the provider wrote it, or what is known of it
  static Failed read(int status, String body, @Nullable Duration wait) {
    Failure failure = failure(status, body.toLowerCase(Locale.ROOT));
    // A provider's words about a wrong key may quote it.
    String words = failure == Failure.UNAUTHORISED ? "the provider refuses the key" : words(body);
    return new Failed(failure, "status " + status + (words.isEmpty() ? "" : ": " + words), wait);
  }

  static Failed read(HttpFailure failure) {
    Failure kind =
        switch (failure.kind()) {
          case NOT_SENT -> Failure.UNREACHABLE;
          case BROKEN_OFF -> Failure.BROKEN_OFF;
          case TIMED_OUT -> Failure.TIMED_OUT;
          case TOO_LARGE -> Failure.SERVER_ERROR;
          case CANCELLED -> Failure.CANCELLED;
        };
    return new Failed(kind, failure.what(), null);
  }

  private static Failure failure(int status, String body) {
    return switch (status) {
      case 401, 403 -> Failure.UNAUTHORISED;
      case 402 -> Failure.FUNDS_EXHAUSTED;
      case 408, 504 -> Failure.TIMED_OUT;
      case 413 -> Failure.CONTEXT_OVERFLOW;
      case 429 -> has(body, UNFUNDED) ? Failure.FUNDS_EXHAUSTED : Failure.RATE_LIMITED;
      case 503, 529 -> Failure.OVERLOADED;
      default -> byWords(status, body);
    };
  }

  private static Failure byWords(int status, String body) {
    if (status >= 500 || status < 300) {
      return Failure.SERVER_ERROR;
    }
    if (has(body, WRONG_KEY)) {
      return Failure.UNAUTHORISED;
    }
    if (has(body, UNFUNDED)) {
      return Failure.FUNDS_EXHAUSTED;
    }
    return has(body, OVERFLOW) ? Failure.CONTEXT_OVERFLOW : Failure.INVALID_REQUEST;
  }

  private static boolean has(String body, List<String> marks) {
    return marks.stream().anyMatch(body::contains);
  }

  private static String words(String body) {
    Optional<ObjectNode> object = Json.readObject(body);
    if (object.isEmpty()) {
      return body.strip();
    }
    JsonNode error = object.get().path("error");
    return error.isTextual() ? error.textValue() : Json.text(error.path("message"));
  }

  private @Nullable Duration wait(String asked) {
    if (asked.strip().matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(asked.strip()));
    }
    try {
      var until = ZonedDateTime.parse(asked.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(clock.instant(), until.toInstant());
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException absentOrUnreadable) {
      return null;
    }
  }
}
