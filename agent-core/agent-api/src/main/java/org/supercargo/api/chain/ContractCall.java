package org.supercargo.api.chain;

import java.math.BigInteger;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;

/// A call to a contract, built by a venue and put into a transaction by the chain.
///
/// @param value base units of the native coin sent along
public record ContractCall(Address contract, BigInteger value, Bytes data) {}
