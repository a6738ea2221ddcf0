package org.supercargo.engine.store;

import java.time.Instant;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;

/// An admitted intent.
///
/// @param rule the rule that allowed it
public record StoredIntent(IntentId id, Intent intent, String rule, IntentState state, Instant at) {
  public StoredIntent in(IntentState next) {
    return new StoredIntent(id, intent, rule, next, at);
  }
}
