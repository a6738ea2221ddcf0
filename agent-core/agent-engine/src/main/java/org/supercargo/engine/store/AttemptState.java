package org.supercargo.engine.store;

/// Where one transaction of an intent stands.
public enum AttemptState {
  /// Unsigned bytes are stored; asking the signer again with the same bytes is harmless.
  PREPARED,
  /// Signed bytes are stored; they may be sent at any time.
  SIGNED,
  /// Sent at least once; may land until it is proved dead.
  SENT,
  /// Final and successful.
  LANDED,
  /// Final and failed; the fee is paid.
  FAILED,
  /// Proved that it can never land.
  DEAD,
  /// The signer refused it; it was never signed.
  REFUSED;

  public boolean isFinal() {
    return switch (this) {
      case PREPARED, SIGNED, SENT -> false;
      case LANDED, FAILED, DEAD, REFUSED -> true;
    };
  }
}
