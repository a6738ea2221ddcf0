package org.supercargo.signer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;

/// An owner's word that nothing is signed until they take it back.
///
/// @param agent null when everything is stopped
/// @param by who stopped it
/// @param at when, by their clock
public record Stop(@Nullable AgentId agent, String by, Instant at, String reason) {
  public Stop {
    requireNonNull(by, "by is null");
    requireNonNull(at, "at is null");
    requireNonNull(reason, "reason is null");
  }
}
