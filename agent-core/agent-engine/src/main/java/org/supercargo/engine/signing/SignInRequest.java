package org.supercargo.engine.signing;

import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.payment.SignIn;

/// Asks for a proof to a host that an agent's account is its own. Nothing moves by it, so no lease
/// is asked for.
///
/// @param chain whose account is meant
public record SignInRequest(AgentId agent, ChainId chain, SignIn signIn) {}
