package org.supercargo.engine.signing;

import org.supercargo.api.Bytes;

/// What the signer decided about a [SignInRequest].
public sealed interface SignInAnswer {
  /// @param signature 64 bytes (Ed25519) or 65 bytes (r, s, and the y parity as 0 or 1)
  record Signed(Bytes signature) implements SignInAnswer {}

  /// No signature, now or later, and why.
  record Refused(String rule, String reason) implements SignInAnswer {}

  /// No signature for now: the signer is stopped, or the asker is not the one to ask.
  record Halted(String reason, String advice) implements SignInAnswer {}
}
