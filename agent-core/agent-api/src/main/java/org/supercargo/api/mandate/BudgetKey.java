package org.supercargo.api.mandate;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.AssetId;

/// Names a sum: what was spent under one rule, in one unit, within a window that ends now.
///
/// @param rule a rule's name, [Mandate#LIMITS] or [Mandate#FEES]
/// @param unit an asset whose base units are added up, [AssetId#USD], or [#INTENTS] to count
/// @param window null for the whole life of the agent
/// @param per what the sum is kept apart by
public record BudgetKey(String rule, AssetId unit, @Nullable Duration window, Per per) {
  /// The unit of counts: each intent is one.
  public static final AssetId INTENTS = new AssetId(AssetId.USD.chain(), "count", "intents");

  /// Whether every payee or asset has a sum of its own.
  public enum Per {
    /// One sum for all.
    AGENT,
    /// One for each [org.supercargo.api.intent.Intent#counterparty()].
    PAYEE,
    /// One for each asset that is spent.
    ASSET
  }

  public BudgetKey {
    requireNonNull(rule, "rule is null");
    requireNonNull(unit, "unit is null");
    requireNonNull(per, "per is null");
  }
}
