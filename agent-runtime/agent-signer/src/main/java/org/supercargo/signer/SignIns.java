package org.supercargo.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.payment.SignIn;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignInAnswer;
import org.supercargo.engine.signing.SignInAnswer.Refused;
import org.supercargo.engine.signing.SignInRequest;
import org.supercargo.signer.log.SignInRecord;
import org.supercargo.signer.log.SigningLog;

/// Proves accounts to the hosts that the mandate names. What is signed is written here, from fields
/// that were checked; no text comes from the asker as it is.
record SignIns(SigningLog log, Gate gate, InstantSource clock) {
  /// How far the asker's clock may be from the signer's.
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final String TIME = "time";
  private static final String WALLET = "wallet";

  SignInAnswer answer(SignInRequest request, AgentSpec spec, Wallet wallet) {
    SignAnswer.Halted halted = gate.stopped(spec.id());
    if (halted != null) {
      return halted(halted);
    }
    Instant now = log.time(clock.instant());
    Refused refused = refusal(request.signIn(), spec, now);
    return refused == null ? signed(request, wallet, now) : refused;
  }

  private static @Nullable Refused refusal(SignIn signIn, AgentSpec spec, Instant now) {
    Verdict.Deny denial = spec.mandate().judgeSignIn(signIn, now);
    if (denial != null) {
      return new Refused(denial.rule(), denial.reason());
    }
    boolean isNow =
        signIn.issued().isAfter(now.minus(SKEW)) && signIn.issued().isBefore(now.plus(SKEW));
    return isNow
        ? null
        : new Refused(TIME, "it is issued at " + signIn.issued() + ", and it is " + now);
  }

  private SignInAnswer signed(SignInRequest request, Wallet wallet, Instant now) {
    Bytes signature;
    try {
      signature =
          wallet.key().sign(wallet.codec().signInPayload(request.signIn(), wallet.address()));
    } catch (IllegalArgumentException e) {
      return new Refused(WALLET, "the wallet cannot sign it: " + e.getMessage());
    }
    log.append(new SignInRecord(now, request.agent(), wallet.address(), request.signIn()));
    SignAnswer.Halted halted = gate.stopped(request.agent());
    return halted == null ? new SignInAnswer.Signed(signature) : halted(halted);
  }

  private static SignInAnswer halted(SignAnswer.Halted halted) {
    return new SignInAnswer.Halted(halted.reason(), halted.advice());
  }

  /// Says that there is nobody to sign for.
  static SignInAnswer unknown(SignInRequest request) {
    return new Refused("agent file", "the agent has no wallet on " + request.chain().name());
  }
}
