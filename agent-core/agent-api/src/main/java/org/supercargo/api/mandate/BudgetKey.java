package org.supercargo.api.mandate;

import java.time.Duration;
import org.supercargo.api.asset.AssetId;

/// Names a rolling sum: what was spent under one rule, in one unit, within a window that ends now.
public record BudgetKey(String rule, AssetId unit, Duration window) {}
