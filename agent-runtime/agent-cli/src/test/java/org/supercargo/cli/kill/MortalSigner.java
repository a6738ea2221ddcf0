package org.supercargo.cli.kill;

import java.util.List;
import java.util.Map;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;

/// The real signer around whose calls the asking process may die.
record MortalSigner(Signer signer, CrashPlan plan) implements Signer {
  @Override
  public Map<ChainId, Address> wallets(AgentId agent) {
    return signer.wallets(agent);
  }

  @Override
  public Standing enter(AgentId agent, long fence) {
    return plan.around("enter", () -> signer.enter(agent, fence));
  }

  @Override
  public List<GivenSignature> history(AgentId agent, long after, int limit) {
    return signer.history(agent, after, limit);
  }

  @Override
  public SignAnswer sign(SignRequest request) {
    return plan.around("sign", () -> signer.sign(request));
  }
}
