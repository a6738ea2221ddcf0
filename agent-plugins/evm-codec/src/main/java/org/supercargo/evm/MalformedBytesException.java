package org.supercargo.evm;

/// Bytes that are not what they are read as, or not in their one canonical form.
public final class MalformedBytesException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public MalformedBytesException(String what) {
    super(what);
  }
}
