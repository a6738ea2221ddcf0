package org.supercargo.engine.store;

import java.time.Instant;
import org.supercargo.api.agent.AgentId;

/// A journal record as stored: its payload is the exact text that was hashed.
///
/// @param sequence counts from 1 without gaps
/// @param tick 0 for records outside a tick
/// @param hash SHA-256 in hex over the previous row's hash and this row's other fields
public record JournalRow(
    AgentId agent,
    long sequence,
    long tick,
    Instant at,
    String type,
    String payload,
    String hash) {}
