package org.supercargo.api.intent;

import static java.util.Objects.requireNonNull;

import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;

/// The idempotency key of one effect, fixed by the runtime before anything is signed.
///
/// A model never sees, makes or passes one.
///
/// @param sequence counts the effects of one tick from 0
public record IntentId(TickId tick, int sequence) {
  public IntentId {
    requireNonNull(tick, "tick is null");
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence " + sequence + " is negative");
    }
  }

  public AgentId agent() {
    return tick.agent();
  }

  /// Reads the text that [#toString()] writes.
  public static IntentId parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("\"" + text + "\" is not an intent id");
    }
    return new IntentId(
        new TickId(new AgentId(parts[0]), Long.parseLong(parts[1])), Integer.parseInt(parts[2]));
  }

  @Override
  public String toString() {
    return tick + ":" + sequence;
  }
}
