package org.supercargo.api.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.ActionCall;

/// Everything a model can do with a request, right or wrong.
public sealed interface ChatReply {
  /// What it used, as far as that is known.
  default Usage used() {
    return switch (this) {
      case Answer answer -> answer.usage();
      case Calls calls -> calls.usage();
      case Unusable unusable -> unusable.usage();
      case Failed _ -> Usage.NONE;
    };
  }

  /// A whole answer in words.
  record Answer(String text, @Nullable String reasoning, Usage usage) implements ChatReply {}

  /// A whole request for one or more actions.
  record Calls(String text, @Nullable String reasoning, List<ActionCall> calls, Usage usage)
      implements ChatReply {
    public Calls {
      calls = List.copyOf(calls);
    }
  }

  /// A reply that arrived but must not be acted on.
  ///
  /// @param detail what was seen, shortened; never executed
  record Unusable(Defect defect, String detail, Usage usage) implements ChatReply {}

  /// No reply.
  ///
  /// @param retryAfter how long the provider asks to wait; null when it does not say
  record Failed(Failure failure, String detail, @Nullable Duration retryAfter)
      implements ChatReply {}

  /// Why a reply must not be acted on.
  enum Defect {
    /// A 200 with neither words nor calls.
    EMPTY,
    /// Cut off at the length limit; any call in it is dropped.
    TRUNCATED,
    /// A call whose arguments are not a JSON object.
    MALFORMED_CALL,
    /// Call markup in the text instead of a call.
    LEAKED_MARKUP,
    /// The model thought before its calls, and the thoughts did not arrive. A provider that wants
    /// them back would refuse every later request.
    REASONING_LOST,
    /// JSON was asked for and the words are none.
    MALFORMED_JSON,
    /// The provider's filter or the model itself declined.
    REFUSED
  }

  /// Why there is no reply.
  enum Failure {
    /// The key is missing or wrong.
    UNAUTHORISED,
    /// The account has no money left.
    FUNDS_EXHAUSTED,
    RATE_LIMITED,
    OVERLOADED,
    /// The deadline passed, even if bytes kept arriving.
    TIMED_OUT,
    /// The provider never saw the request.
    UNREACHABLE,
    /// The connection broke before the reply was whole. It may cost all the same.
    BROKEN_OFF,
    /// The conversation is longer than the model's context.
    CONTEXT_OVERFLOW,
    /// The provider says that our request is wrong.
    INVALID_REQUEST,
    /// The provider failed.
    SERVER_ERROR,
    /// This process ended the call.
    CANCELLED;

    /// Whether the provider may have done the work, and may bill it, although no reply came.
    public boolean mayCost() {
      return switch (this) {
        case TIMED_OUT, BROKEN_OFF, SERVER_ERROR, CANCELLED -> true;
        case UNAUTHORISED,
            FUNDS_EXHAUSTED,
            RATE_LIMITED,
            OVERLOADED,
            UNREACHABLE,
            CONTEXT_OVERFLOW,
            INVALID_REQUEST ->
            false;
      };
    }
  }
}
