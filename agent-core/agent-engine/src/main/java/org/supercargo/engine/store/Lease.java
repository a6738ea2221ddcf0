package org.supercargo.engine.store;

import org.supercargo.api.agent.AgentId;

/// The right to act for an agent, good until someone takes a newer one.
///
/// @param fence grows with every lease of the agent; every write proves that its fence is still the
///   newest, so an owner that was paused and forgotten cannot write
public record Lease(AgentId agent, String owner, long fence) {}
