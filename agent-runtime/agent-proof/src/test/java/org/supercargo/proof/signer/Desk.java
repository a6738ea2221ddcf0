package org.supercargo.proof.signer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.signer.SigningService;
import org.supercargo.signer.StopSwitch;
import org.supercargo.signer.log.SigningLog;

/// The real signer over a home of its own.
final class Desk implements AutoCloseable {
  private static final Duration LONGEST_WINDOW = Duration.ofDays(400);

  private final SigningLog log;
  private final SigningService service;

  Desk(Path home, Vault vault, List<AgentFile> agents, Clock clock) {
    var json = new DomainJson();
    log = SigningLog.open(home, LONGEST_WINDOW, json);
    service =
        new SigningService(
            agents, vault.keys(), vault.codecs(), log, new StopSwitch(home, json, clock), clock);
  }

  SigningService service() {
    return service;
  }

  @Override
  public void close() {
    service.close();
    log.close();
  }
}
