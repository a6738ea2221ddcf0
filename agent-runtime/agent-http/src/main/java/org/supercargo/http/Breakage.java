package org.supercargo.http;

import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.http.HttpFailure;

/// Puts into words why an exchange ended without a whole reply.
final class Breakage {
  private final Request request;
  private final Attempt attempt;

  Breakage(Request request, Attempt attempt) {
    this.request = request;
    this.attempt = attempt;
  }

  /// The connection could not be made, or it broke.
  HttpFailure broken(IOException cause) {
    return failure(
        attempt.started() ? HttpFailure.Kind.BROKEN_OFF : HttpFailure.Kind.NOT_SENT,
        cause.getClass().getSimpleName(),
        cause);
  }

  /// @param reason which time is up
  HttpFailure late(String reason) {
    return failure(
        attempt.started() ? HttpFailure.Kind.TIMED_OUT : HttpFailure.Kind.NOT_SENT, reason, null);
  }

  HttpFailure tooLarge(long most) {
    return failure(HttpFailure.Kind.TOO_LARGE, "more than " + most + " bytes", null);
  }

  HttpFailure cancelled() {
    return failure(
        HttpFailure.Kind.CANCELLED,
        attempt.started() ? "interrupted" : "interrupted; nothing was sent",
        null);
  }

  /// Whether another attempt may fare better.
  static boolean mayPass(IOException cause) {
    return !(cause instanceof SSLPeerUnverifiedException)
        && !(cause instanceof SSLHandshakeException);
  }

  private HttpFailure failure(HttpFailure.Kind kind, String reason, @Nullable IOException cause) {
    String what =
        request.method() + " " + RedactedUrl.of(request.url()) + text(kind) + " (" + reason + ")";
    return new HttpFailure(kind, what, advice(kind), cause);
  }

  private static String text(HttpFailure.Kind kind) {
    return switch (kind) {
      case NOT_SENT -> " could not connect; nothing was sent";
      case TIMED_OUT -> " was not answered in time";
      case BROKEN_OFF -> " broke off before the reply was whole";
      case TOO_LARGE -> " was answered with too much";
      case CANCELLED -> " was ended by this process";
    };
  }

  private static String advice(HttpFailure.Kind kind) {
    return switch (kind) {
      case NOT_SENT -> "Check that the host is right and running, then try again.";
      case TIMED_OUT, BROKEN_OFF, CANCELLED ->
          "Find out whether the other side acted on it before sending it again.";
      case TOO_LARGE -> "Ask for less at a time, or raise the limit on replies.";
    };
  }
}
