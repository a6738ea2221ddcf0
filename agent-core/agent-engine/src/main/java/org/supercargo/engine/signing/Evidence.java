package org.supercargo.engine.signing;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.intent.Simulation;
import org.supercargo.api.mandate.Field;
import org.supercargo.api.mandate.Price;
import org.supercargo.api.mandate.SignedApproval;

/// What a signer without a network cannot find out by itself.
///
/// Approvals are checked by their signatures. The rest is the engine's word: it narrows what rules
/// allow and never widens the sums that the signer counts in its own log.
///
/// @param simulation null for payments that nothing can simulate
/// @param balance base units the wallet holds of what the intent spends; null when no rule asks
/// @param deaths proofs that earlier attempts of the intent can never land
public record Evidence(
    @Nullable Simulation simulation,
    @Nullable BigInteger balance,
    List<Price> prices,
    Map<Field, Provenance> origins,
    List<SignedApproval> approvals,
    List<Death> deaths) {
  /// @param proof the observation that proves it, for the record
  public record Death(int attempt, String proof) {}

  public Evidence {
    prices = List.copyOf(prices);
    origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    approvals = List.copyOf(approvals);
    deaths = List.copyOf(deaths);
  }

  /// Evidence of a simulation and of nothing else.
  public static Evidence of(Simulation simulation) {
    return new Evidence(simulation, null, List.of(), Map.of(), List.of(), List.of());
  }
}
