package org.supercargo.api.mandate;

import java.math.BigInteger;
import org.supercargo.api.asset.AssetId;

/// Budget an admitted intent takes from a rule, until it is proved not to have been spent.
public record Reservation(String rule, AssetId unit, BigInteger baseUnits) {}
