package org.supercargo.engine.signing;

/// Whoever holds the keys, as far as it proves accounts to hosts.
public interface SignInSigner {
  /// Judges, records and signs, or refuses. Nothing moves by it, and it counts for no budget.
  ///
  /// @throws org.supercargo.api.SupercargoException of category TRANSIENT when the signer cannot be
  ///   reached; asking again is harmless
  SignInAnswer signIn(SignInRequest request);
}
