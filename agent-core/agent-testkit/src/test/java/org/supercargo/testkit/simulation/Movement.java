package org.supercargo.testkit.simulation;

import java.math.BigInteger;
import org.supercargo.api.asset.AssetId;

/// A final transaction of an agent's wallet, as the chain tells it.
///
/// @param rule the rule it falls under; empty when it moves nothing: an approval, or a failure
/// @param payee who received; empty for an exchange
/// @param asset what it spends
/// @param coin the chain's own, in which it paid
/// @param cost fee and rent
/// @param at when it was signed for the first time, in milliseconds
record Movement(
    String transaction,
    String rule,
    String payee,
    AssetId asset,
    BigInteger baseUnits,
    AssetId coin,
    BigInteger cost,
    long at) {
  boolean moves() {
    return !rule.isEmpty();
  }
}
