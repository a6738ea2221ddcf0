package org.supercargo.testkit.model;

import java.util.List;
import java.util.Map;
import org.supercargo.api.model.ChatReply.Failure;

/// Replies with other statuses than 200.
final class Refusals {
  private Refusals() {}

  private static ModelFailureCase row(Failure failure, String name, int status, String body) {
    return ModelFailureCase.of(
        name,
        "it answers with status " + status,
        Expected.failure(failure),
        new Turn.Status(status, body));
  }

  private static String error(String message, String code) {
    return "{\"error\": {\"message\": \"%s\", \"type\": \"%s\", \"code\": \"%s\"}}"
        .formatted(message, code, code);
  }

  static List<ModelFailureCase> cases() {
    return List.of(
        ModelFailureCase.of(
            "a conversation without its reasoning is a wrong request",
            "it says that the reasoning must be passed back",
            Expected.failure(Failure.INVALID_REQUEST),
            GoodReplies.reasoningMissing()),
        row(
            Failure.CONTEXT_OVERFLOW,
            "a conversation that is too long is told apart by its code",
            400,
            error("This request is too large.", "context_length_exceeded")),
        row(
            Failure.CONTEXT_OVERFLOW,
            "a conversation that is too long is told apart by its words",
            400,
            error(
                "This model's maximum context length is 1048576 tokens. However, you requested"
                    + " 1100000 tokens",
                "invalid_request_error")),
        row(
            Failure.UNAUTHORISED,
            "a wrong key is told apart",
            401,
            error("Authentication Fails", "invalid_api_key")),
        row(
            Failure.FUNDS_EXHAUSTED,
            "an empty account is told apart",
            402,
            error("Insufficient Balance", "invalid_request_error")),
        row(
            Failure.FUNDS_EXHAUSTED,
            "an empty account is told apart when the error is a plain text",
            402,
            "{\"error\": \"Insufficient USD or Diem balance to complete request\"}"),
        row(
            Failure.FUNDS_EXHAUSTED,
            "a used-up quota is no rate limit",
            429,
            error("You exceeded your current quota", "insufficient_quota")),
        row(
            Failure.INVALID_REQUEST,
            "a wrong parameter is told apart",
            422,
            error("Invalid parameter", "invalid_request_error")),
        ModelFailureCase.of(
            "a rate limit is told apart",
            "it answers with status 429",
            Expected.failure(Failure.RATE_LIMITED),
            new Turn.Status(429, Map.of("Retry-After", "1"), error("Slow down", "rate_limit"))),
        row(
            Failure.SERVER_ERROR,
            "a failure of the provider is told apart",
            500,
            error("Internal", "server_error")),
        row(
            Failure.OVERLOADED,
            "an overloaded provider is told apart",
            503,
            error("Server overloaded", "service_unavailable")),
        ModelFailureCase.of(
            "a redirect is not followed",
            "it sends the request, and the key with it, elsewhere",
            Expected.failure(Failure.INVALID_REQUEST),
            new Turn.Status(302, Map.of("Location", "http://127.0.0.1:1/"), "")));
  }
}
