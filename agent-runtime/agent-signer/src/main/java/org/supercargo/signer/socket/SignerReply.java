package org.supercargo.signer.socket;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignInAnswer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.signer.SignerHealth;

/// One reply frame; exactly one part is given.
record SignerReply(
    @Nullable List<Address> wallets,
    @Nullable Standing standing,
    @Nullable List<GivenSignature> history,
    @Nullable SignAnswer answer,
    @Nullable SignInAnswer signIn,
    @Nullable SignerHealth health,
    @Nullable Failure failure) {

  /// A [SupercargoException] on the wire, without its causes.
  record Failure(SupercargoException.Category category, String what, String advice) {
    static Failure of(SupercargoException exception) {
      return new Failure(exception.category(), exception.what(), exception.advice());
    }

    SupercargoException exception() {
      return new SupercargoException(category, what, advice, null);
    }
  }

  static SignerReply wallets(List<Address> wallets) {
    return new SignerReply(wallets, null, null, null, null, null, null);
  }

  static SignerReply standing(Standing standing) {
    return new SignerReply(null, standing, null, null, null, null, null);
  }

  static SignerReply history(List<GivenSignature> history) {
    return new SignerReply(null, null, history, null, null, null, null);
  }

  static SignerReply answer(SignAnswer answer) {
    return new SignerReply(null, null, null, answer, null, null, null);
  }

  static SignerReply signIn(SignInAnswer answer) {
    return new SignerReply(null, null, null, null, answer, null, null);
  }

  static SignerReply health(SignerHealth health) {
    return new SignerReply(null, null, null, null, null, health, null);
  }

  static SignerReply failure(SupercargoException exception) {
    return new SignerReply(null, null, null, null, null, null, Failure.of(exception));
  }
}
