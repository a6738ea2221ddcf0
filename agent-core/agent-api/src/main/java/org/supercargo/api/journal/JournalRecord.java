package org.supercargo.api.journal;

import java.time.Instant;
import org.supercargo.api.agent.AgentId;

/// An event in its place in an agent's journal.
///
/// @param sequence counts from 1 without gaps
/// @param tick the tick it belongs to, 0 for none
/// @param hash SHA-256 over the previous record's hash and everything in this one, in hex
public record JournalRecord(
    AgentId agent, long sequence, long tick, Instant at, JournalEvent event, String hash) {}
