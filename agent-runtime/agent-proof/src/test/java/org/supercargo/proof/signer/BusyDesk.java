package org.supercargo.proof.signer;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.supercargo.api.Bytes;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.proof.bytes.EvmBytes;

/// The real signer for an agent that pays every minute, with as little beside it as can be.
public final class BusyDesk implements AutoCloseable {
  /// Three bytes of header, the number of accounts, five accounts.
  private static final int BLOCKHASH = 3 + 1 + 5 * 32;

  private final Clock clock = new Clock();
  private final Vault vault;
  private final Desk desk;
  private final AgentId agent;
  private final Honest honest;
  private final Intent.Transfer onSolana;
  private final Intent.Transfer onBase;
  private final byte[] message;
  private final Address token;
  private final byte[] call;
  private long number;

  /// @param folder for the keys and the log
  public BusyDesk(Path folder) {
    vault = new Vault(folder.resolve("vault"));
    AgentFile file = vault.read("busy.yaml");
    agent = file.spec().id();
    desk = new Desk(folder.resolve("desk"), vault, List.of(file), clock);
    honest = new Honest(vault.word(), new SplittableRandom(1), clock);
    onSolana = honest.pay("alice", "1.5", vault.word().usdcOnSolana);
    onBase = honest.pay("alice", "1.5", vault.word().usdcOnBase);
    message = honest.bytes(onSolana).toArray();
    AssetId asset = onBase.amount().asset().id();
    token = Honest.contract(asset);
    call =
        EvmBytes.call(
            "transfer(address,uint256)", onBase.payee().address(), onBase.amount().baseUnits());
  }

  /// @throws IllegalStateException if it is not signed
  public SignAnswer payOnSolana() {
    number++;
    ByteBuffer.wrap(message).putLong(BLOCKHASH, number);
    return pay(onSolana, Bytes.of(message), new Validity.UntilHeight(number));
  }

  /// @throws IllegalStateException if it is not signed
  public SignAnswer payOnBase() {
    number++;
    Bytes bytes =
        EvmBytes.transaction(EvmBytes.Terms.cheap(8453, number), token, BigInteger.ZERO, call);
    return pay(onBase, bytes, new Validity.Nonce(number));
  }

  private SignAnswer pay(Intent intent, Bytes bytes, Validity validity) {
    clock.advance(Duration.ofMinutes(1));
    SignAnswer answer =
        desk.service()
            .sign(
                new SignRequest(
                    new IntentId(new TickId(agent, number), 0),
                    1,
                    intent.chain(),
                    intent,
                    bytes,
                    validity,
                    1,
                    number - 1,
                    honest.evidence(intent)));
    if (!(answer instanceof SignAnswer.Signed)) {
      throw new IllegalStateException("not signed: " + answer);
    }
    return answer;
  }

  @Override
  public void close() {
    desk.close();
    vault.close();
  }
}
