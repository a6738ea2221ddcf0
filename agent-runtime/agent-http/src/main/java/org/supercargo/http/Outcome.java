package org.supercargo.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;

/// What came of one sending: a reply or a failure.
///
/// @param mayPass whether the failure is one that another attempt may not meet
/// @param ended whether nothing of the exchange is left to be cancelled
record Outcome(
    @Nullable HttpReply reply, @Nullable HttpFailure failure, boolean mayPass, boolean ended) {
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  static Outcome replied(HttpReply reply) {
    return new Outcome(reply, null, PASSING.contains(reply.status()), true);
  }

  /// A failure that must not be tried again.
  static Outcome broke(HttpFailure failure) {
    return new Outcome(null, failure, false, false);
  }

  HttpReply replyOrThrow() {
    if (reply != null) {
      return reply;
    }
    throw failure == null ? new IllegalStateException("neither a reply nor a failure") : failure;
  }
}
