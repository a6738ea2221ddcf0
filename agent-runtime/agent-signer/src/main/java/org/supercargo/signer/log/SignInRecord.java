package org.supercargo.signer.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.payment.SignIn;

/// An account was proved to a host. Nothing moved, and no budget counts it.
///
/// @param wallet the account
public record SignInRecord(Instant at, AgentId agent, Address wallet, SignIn signIn)
    implements LogRecord {
  public SignInRecord {
    requireNonNull(at, "at is null");
    requireNonNull(agent, "agent is null");
    requireNonNull(wallet, "wallet is null");
    requireNonNull(signIn, "signIn is null");
  }

  @Override
  public SignInRecord at(Instant time) {
    return new SignInRecord(time, agent, wallet, signIn);
  }
}
