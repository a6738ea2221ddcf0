package org.supercargo.proof.signer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.engine.signing.GivenSignature;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.signing.Signer;
import org.supercargo.engine.signing.Standing;
import org.supercargo.proof.owner.Parties;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Sign;

/// The negative control: a signer that has the keys and no mandate, and signs whatever it is given.
public final class NaiveSigner implements Signer {
  private final Map<ChainId, Address> wallets;
  private final ECKeyPair pair = ECKeyPair.create(Parties.secret("wallet"));

  NaiveSigner(Map<ChainId, Address> wallets) {
    this.wallets = Map.copyOf(wallets);
  }

  @Override
  public Map<ChainId, Address> wallets(AgentId agent) {
    return wallets;
  }

  @Override
  public Standing enter(AgentId agent, long fence) {
    return new Standing(0, 0);
  }

  @Override
  public List<GivenSignature> history(AgentId agent, long after, int limit) {
    return List.of();
  }

  @Override
  public SignAnswer sign(SignRequest request) {
    byte[] bytes = request.unsigned().toArray();
    Bytes signature = request.chain().equals(ChainId.SOLANA) ? ofSolana(bytes) : ofEthereum(bytes);
    return new SignAnswer.Signed(new TransactionId(request.chain(), signature.hex()), signature);
  }

  private static Bytes ofSolana(byte[] message) {
    byte[] signature = new byte[64];
    Ed25519.sign(Parties.secret("wallet"), 0, message, 0, message.length, signature, 0);
    return Bytes.of(signature);
  }

  /// 32 bytes are taken for a hash, as wallets do that sign anything.
  private Bytes ofEthereum(byte[] bytes) {
    byte[] hash = bytes.length == 32 ? bytes : Hash.sha3(bytes);
    Sign.SignatureData data = Sign.signMessage(hash, pair, false);
    byte[] all = Arrays.copyOf(data.getR(), 65);
    System.arraycopy(data.getS(), 0, all, 32, 32);
    all[64] = data.getV()[0];
    return Bytes.of(all);
  }
}
