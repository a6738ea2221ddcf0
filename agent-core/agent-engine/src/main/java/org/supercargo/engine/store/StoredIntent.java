package org.supercargo.engine.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.IntentState;
import org.supercargo.api.mandate.Field;

/// An admitted intent.
///
/// @param rule the rule that allowed it, or that asks for approval
/// @param origins where the parts of the proposal came from
public record StoredIntent(
    IntentId id,
    Intent intent,
    String rule,
    Map<Field, Provenance> origins,
    IntentState state,
    Instant at) {
  public StoredIntent {
    origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
  }

  public StoredIntent in(IntentState next) {
    return new StoredIntent(id, intent, rule, origins, next, at);
  }
}
