package org.supercargo.engine.signing;

/// What a signer remembers of an agent.
///
/// @param fence the newest it has seen; 0 before the first
/// @param signatures how many it has given
public record Standing(long fence, long signatures) {}
