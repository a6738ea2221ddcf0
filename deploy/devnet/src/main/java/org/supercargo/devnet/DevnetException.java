package org.supercargo.devnet;

import org.jspecify.annotations.Nullable;

/// The local chains could not be installed, started or funded. The message says what to do.
public final class DevnetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DevnetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
