package org.supercargo.signer.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;

/// The signer saw that a stop was lifted.
///
/// @param at when it saw it
/// @param agent null when it was the stop of everything
public record ResumeRecord(Instant at, @Nullable AgentId agent) implements LogRecord {
  public ResumeRecord {
    requireNonNull(at, "at is null");
  }

  @Override
  public ResumeRecord at(Instant time) {
    return new ResumeRecord(time, agent);
  }
}
