package org.supercargo.signer.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;

/// The signer saw that its owner has stopped it.
///
/// @param at when it saw it
/// @param agent null when everything is stopped
/// @param by who stopped it, by their own word
/// @param since when they did, by their own clock
public record StopRecord(
    Instant at, @Nullable AgentId agent, String by, Instant since, String reason)
    implements LogRecord {
  public StopRecord {
    requireNonNull(at, "at is null");
    requireNonNull(by, "by is null");
    requireNonNull(since, "since is null");
    requireNonNull(reason, "reason is null");
  }

  @Override
  public StopRecord at(Instant time) {
    return new StopRecord(time, agent, by, since, reason);
  }
}
