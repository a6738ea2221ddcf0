package org.supercargo.api.mandate;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Simulation;

/// Compares what a node predicts for the agent's wallet with the intent.
record SimulationCheck(Intent intent, @Nullable FeeLimit fees) {
  private static final String NAME = "simulation";

  Verdict.@Nullable Deny denial(List<Effect> effects, @Nullable Simulation simulation) {
    if (simulation == null
        && !effects.isEmpty()
        && effects.stream().allMatch(Effect.Authorization.class::isInstance)) {
      return null;
    }
    if (simulation == null) {
      return deny("nobody has simulated it", "ask a node that simulates");
    }
    if (simulation.error() != null) {
      return deny("it would fail: " + simulation.error(), "mend what the chain objects to");
    }
    Map<AssetId, BigInteger> totals = new LinkedHashMap<>();
    simulation
        .changes()
        .forEach(change -> totals.merge(change.asset(), change.baseUnits(), BigInteger::add));
    for (var total : totals.entrySet()) {
      BigInteger most = most(total.getKey(), effects);
      BigInteger taken = total.getValue().negate();
      if (taken.compareTo(most) > 0) {
        return deny(
            "it would take " + taken + " base units of " + total.getKey() + ", more than " + most,
            "raise the fee limit, or find out what takes the difference");
      }
    }
    return shortfall(effects, totals);
  }

  /// What the wallet may lose of an asset: what the intent spends, unless this transaction only
  /// prepares it, and the fee.
  private BigInteger most(AssetId asset, List<Effect> effects) {
    BigInteger most = BigInteger.ZERO;
    boolean prepares = effects.stream().anyMatch(Effect.Approval.class::isInstance);
    if (!prepares && asset.equals(intent.spends().asset().id())) {
      most = most.add(intent.spends().baseUnits());
    }
    if (fees != null && asset.equals(fees.perTransaction().asset().id())) {
      most = most.add(fees.perTransaction().baseUnits());
    }
    return most;
  }

  private Verdict.@Nullable Deny shortfall(List<Effect> effects, Map<AssetId, BigInteger> totals) {
    boolean exchanges = effects.stream().anyMatch(Effect.Exchange.class::isInstance);
    if (!exchanges || !(intent instanceof Intent.Swap swap)) {
      return null;
    }
    Amount minimum = swap.minimum();
    BigInteger least = minimum.baseUnits();
    if (fees != null && minimum.asset().id().equals(fees.perTransaction().asset().id())) {
      // The fee is paid from what comes in.
      least = least.subtract(fees.perTransaction().baseUnits());
    }
    BigInteger gained = totals.getOrDefault(minimum.asset().id(), BigInteger.ZERO);
    return gained.compareTo(least) >= 0
        ? null
        : deny(
            "it would bring " + gained + " base units, less than " + minimum,
            "find out who takes the difference");
  }

  private static Verdict.Deny deny(String reason, String remedy) {
    return new Verdict.Deny(NAME, reason, List.of(remedy));
  }
}
