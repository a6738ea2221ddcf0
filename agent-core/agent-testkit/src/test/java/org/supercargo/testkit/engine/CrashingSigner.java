package org.supercargo.testkit.engine;

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

/// A signer around whose signatures the process may end.
record CrashingSigner(Signer signer, CrashPoints points) implements Signer {
  @Override
  public Map<ChainId, Address> wallets(AgentId agent) {
    return signer.wallets(agent);
  }

  @Override
  public Standing enter(AgentId agent, long fence) {
    return points.around("entering", () -> signer.enter(agent, fence));
  }

  @Override
  public List<GivenSignature> history(AgentId agent, long after, int limit) {
    return points.around("the history", () -> signer.history(agent, after, limit));
  }

  @Override
  public SignAnswer sign(SignRequest request) {
    return points.around("a signature", () -> signer.sign(request));
  }
}
