package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.log.SigningLog;

/// A signing service over a home on the disk, with a clock turned by hand. It can be closed and
/// opened again like a process that is restarted.
public final class Desk implements AutoCloseable {
  private final Path home;
  private final AtomicReference<Instant> now = new AtomicReference<>(TestAgent.START);
  private SigningLog log;
  private SigningService service;

  public Desk(Path home) {
    this(home, List.of(TestAgent.spec()));
  }

  Desk(Path home, List<AgentSpec> agents) {
    this.home = home;
    try (KeyStore keys = keys()) {
      for (KeyType type : KeyType.values()) {
        if (!keys.has("main", type)) {
          keys.create("main", type);
        }
      }
      log = SigningLog.open(home, new DomainJson());
      service = service(agents, keys);
    }
  }

  private KeyStore keys() {
    return new KeyStore(
        home,
        Passphrase.of("a long passphrase".getBytes(UTF_8)),
        new SecureRandom(),
        new DomainJson());
  }

  private SigningService service(List<AgentSpec> agents, KeyStore keys) {
    return new SigningService(
        agents, keys, List.of(new PlainCodec("solana"), new PlainCodec("eip155")), log, now::get);
  }

  public void restart() {
    restart(List.of(TestAgent.spec()));
  }

  void restart(List<AgentSpec> agents) {
    close();
    log = SigningLog.open(home, new DomainJson());
    try (KeyStore keys = keys()) {
      service = service(agents, keys);
    }
  }

  public void advance(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  public SigningService service() {
    return service;
  }

  public SigningLog log() {
    return log;
  }

  public Address wallet() {
    Address wallet = service.wallets(TestAgent.ID).get(TestAgent.CHAIN);
    if (wallet == null) {
      throw new AssertionError("the agent has no wallet");
    }
    return wallet;
  }

  public SignAnswer sign(SignRequest request) {
    return service.sign(request);
  }

  /// An honest payment to alice.
  public SignAnswer pay(int intent, String amount) {
    return sign(TestAgent.payment(intent, intent, wallet(), amount));
  }

  @Override
  public void close() {
    service.close();
    log.close();
  }
}
