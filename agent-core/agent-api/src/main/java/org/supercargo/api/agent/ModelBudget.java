package org.supercargo.api.agent;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Amount;

/// What an agent may spend on its models. A call is made only if the most it can cost is left.
///
/// @param perRun in USD, for one run
/// @param perDay in USD, for the 24 hours before each call
/// @param inAll in USD, for the agent's whole life
/// @param tokensPerRun input and output together
/// @param tokensPerDay input and output together, for the 24 hours before each call
public record ModelBudget(
    @Nullable Amount perRun,
    @Nullable Amount perDay,
    @Nullable Amount inAll,
    OptionalLong tokensPerRun,
    OptionalLong tokensPerDay) {
  /// No limit but those of the tick.
  public static final ModelBudget NONE =
      new ModelBudget(null, null, null, OptionalLong.empty(), OptionalLong.empty());
}
