package org.supercargo.testkit.engine;

import java.util.Map;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;

/// A signer around whose signatures the process may end.
record CrashingSigner(Signer signer, CrashPoints points) implements Signer {
  @Override
  public Map<ChainId, Address> wallets(AgentId agent) {
    return signer.wallets(agent);
  }

  @Override
  public SignAnswer sign(SignRequest request) {
    return points.around("a signature", () -> signer.sign(request));
  }
}
