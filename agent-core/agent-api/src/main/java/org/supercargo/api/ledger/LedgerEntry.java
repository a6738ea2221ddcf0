package org.supercargo.api.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.AssetId;

/// A balanced entry: its postings sum to zero for every asset.
///
/// @param key makes posting idempotent; one entry per agent and key ever exists
/// @param reference what caused it: a transaction id, a model call
public record LedgerEntry(
    AgentId agent,
    String key,
    Instant at,
    String description,
    String reference,
    List<Posting> postings) {
  public LedgerEntry {
    postings = List.copyOf(postings);
    Map<AssetId, BigInteger> sums = new HashMap<>();
    postings.forEach(posting -> sums.merge(posting.asset(), posting.baseUnits(), BigInteger::add));
    sums.forEach((asset, sum) -> {
      if (sum.signum() != 0) {
        throw new IllegalArgumentException(
            "entry " + key + " is out of balance by " + sum + " base units of " + asset);
      }
    });
  }
}
