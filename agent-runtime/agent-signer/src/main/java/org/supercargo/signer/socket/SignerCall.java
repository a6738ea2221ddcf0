package org.supercargo.signer.socket;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.signing.SignInRequest;
import org.supercargo.engine.signing.SignRequest;

/// One request frame. JSON may leave out what a type promises, so it is checked when it is made.
///
/// @param agent given for `WALLETS`, `ENTER` and `HISTORY`
/// @param request given for `SIGN` only
/// @param signIn given for `SIGN_IN` only
/// @param number the fence for `ENTER`, the number after which `HISTORY` begins
/// @param limit signatures for `HISTORY` at the most
record SignerCall(
    Method method,
    @Nullable AgentId agent,
    @Nullable SignRequest request,
    @Nullable SignInRequest signIn,
    @Nullable Long number,
    @Nullable Integer limit) {
  enum Method {
    WALLETS,
    ENTER,
    HISTORY,
    SIGN,
    SIGN_IN,
    HEALTH
  }

  SignerCall {
    switch (requireNonNull(method, "method is null")) {
      case WALLETS -> requireNonNull(agent, "agent is null");
      case ENTER -> {
        requireNonNull(agent, "agent is null");
        requireNonNull(number, "number is null");
      }
      case HISTORY -> {
        requireNonNull(agent, "agent is null");
        requireNonNull(number, "number is null");
        requireNonNull(limit, "limit is null");
      }
      case SIGN -> {
        SignRequest given = requireNonNull(request, "request is null");
        requireNonNull(given.id(), "id is null");
        requireNonNull(given.chain(), "chain is null");
        requireNonNull(given.intent(), "intent is null");
        requireNonNull(given.unsigned(), "unsigned is null");
        requireNonNull(given.validity(), "validity is null");
        requireNonNull(given.evidence(), "evidence is null");
      }
      case SIGN_IN -> {
        SignInRequest given = requireNonNull(signIn, "signIn is null");
        requireNonNull(given.agent(), "agent is null");
        requireNonNull(given.chain(), "chain is null");
        requireNonNull(given.signIn(), "signIn is null");
      }
      case HEALTH -> {}
    }
  }

  static SignerCall wallets(AgentId agent) {
    return new SignerCall(Method.WALLETS, agent, null, null, null, null);
  }

  static SignerCall enter(AgentId agent, long fence) {
    return new SignerCall(Method.ENTER, agent, null, null, fence, null);
  }

  static SignerCall history(AgentId agent, long after, int limit) {
    return new SignerCall(Method.HISTORY, agent, null, null, after, limit);
  }

  static SignerCall sign(SignRequest request) {
    return new SignerCall(Method.SIGN, null, request, null, null, null);
  }

  static SignerCall signIn(SignInRequest request) {
    return new SignerCall(Method.SIGN_IN, null, null, request, null, null);
  }

  static SignerCall health() {
    return new SignerCall(Method.HEALTH, null, null, null, null, null);
  }

  AgentId agentGiven() {
    return requireNonNull(agent);
  }

  SignRequest requestGiven() {
    return requireNonNull(request);
  }

  SignInRequest signInGiven() {
    return requireNonNull(signIn);
  }

  long numberGiven() {
    return requireNonNull(number);
  }

  int limitGiven() {
    return requireNonNull(limit);
  }
}
