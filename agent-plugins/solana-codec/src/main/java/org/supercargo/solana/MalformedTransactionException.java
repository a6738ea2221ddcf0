package org.supercargo.solana;

/// Bytes or values that no Solana node would accept as a key, message or transaction.
public final class MalformedTransactionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String what;

  /// @param what what is wrong, as a clause without a full stop
  public MalformedTransactionException(String what) {
    super(what);
    this.what = what;
  }

  /// What is wrong; never null, unlike [#getMessage()].
  public String what() {
    return what;
  }
}
