package org.supercargo.api.intent;

import java.math.BigInteger;
import org.supercargo.api.asset.AssetId;

/// How a wallet's holding of one asset changed; negative when it went down.
public record BalanceChange(AssetId asset, BigInteger baseUnits) {}
