package org.supercargo.api.model;

import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;

/// What one model call used.
///
/// @param input prompt tokens in all, cached ones included
/// @param cached prompt tokens served from the provider's cache
/// @param output answer tokens in all, reasoning included
/// @param cost in [Asset#USD], by the price list named in the backend's configuration
public record Usage(long input, long cached, long output, long reasoning, Amount cost) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, Amount.zero(Asset.USD));

  public Usage {
    if (input < 0 || cached < 0 || output < 0 || reasoning < 0 || cached > input) {
      throw new IllegalArgumentException("token counts are negative or contradict each other");
    }
  }

  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cached + other.cached,
        output + other.output,
        reasoning + other.reasoning,
        cost.plus(other.cost));
  }
}
