package org.supercargo.proof.owner;

import java.math.BigInteger;
import java.time.Duration;
import org.supercargo.api.asset.AssetId;

/// What transactions of one chain may cost, rent included.
public record FeeWord(
    AssetId coin, BigInteger atOnce, BigInteger tip, BigInteger within, Duration window) {}
