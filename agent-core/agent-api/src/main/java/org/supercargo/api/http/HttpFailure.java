package org.supercargo.api.http;

import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;

/// No whole reply arrived. Whether the other side acted on the request is not known unless
/// [Kind#NOT_SENT].
public final class HttpFailure extends SupercargoException {
  private static final long serialVersionUID = 1L;

  public enum Kind {
    /// The other side never saw the request.
    NOT_SENT,
    /// The deadline passed, or nothing at all arrived for as long as the caller would wait.
    TIMED_OUT,
    /// The connection broke after the request was sent, wholly or in part.
    BROKEN_OFF,
    /// The reply was larger than the client accepts.
    TOO_LARGE,
    /// The calling thread was interrupted.
    CANCELLED
  }

  private final Kind kind;

  public HttpFailure(Kind kind, String what, String advice, @Nullable Throwable cause) {
    super(Category.TRANSIENT, what, advice, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
