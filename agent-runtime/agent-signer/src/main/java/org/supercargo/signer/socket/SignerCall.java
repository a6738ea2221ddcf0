package org.supercargo.signer.socket;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.engine.signing.SignRequest;

/// One request frame. JSON may leave out what a type promises, so it is checked when it is made.
///
/// @param agent given for `WALLETS` only
/// @param request given for `SIGN` only
record SignerCall(Method method, @Nullable AgentId agent, @Nullable SignRequest request) {
  enum Method {
    WALLETS,
    SIGN,
    HEALTH
  }

  SignerCall {
    switch (requireNonNull(method, "method is null")) {
      case WALLETS -> requireNonNull(agent, "agent is null");
      case SIGN -> {
        SignRequest given = requireNonNull(request, "request is null");
        requireNonNull(given.id(), "id is null");
        requireNonNull(given.chain(), "chain is null");
        requireNonNull(given.intent(), "intent is null");
        requireNonNull(given.unsigned(), "unsigned is null");
      }
      case HEALTH -> {}
    }
  }

  static SignerCall wallets(AgentId agent) {
    return new SignerCall(Method.WALLETS, agent, null);
  }

  static SignerCall sign(SignRequest request) {
    return new SignerCall(Method.SIGN, null, request);
  }

  static SignerCall health() {
    return new SignerCall(Method.HEALTH, null, null);
  }

  AgentId agentGiven() {
    return requireNonNull(agent);
  }

  SignRequest requestGiven() {
    return requireNonNull(request);
  }
}
