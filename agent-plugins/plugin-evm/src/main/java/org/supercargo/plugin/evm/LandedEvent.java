package org.supercargo.plugin.evm;

import java.math.BigInteger;

/// An event and where a node says it is.
///
/// @param transaction the hash of the transaction that made the contract write it
record LandedEvent(NodeLog log, BigInteger block, String transaction) {}
