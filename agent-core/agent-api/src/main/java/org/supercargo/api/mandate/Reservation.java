package org.supercargo.api.mandate;

import java.math.BigInteger;
import org.supercargo.api.asset.AssetId;

/// Budget an admitted intent takes under a rule, until it is proved not to have been spent.
///
/// @param unit as in [BudgetKey]
/// @param counterparty of the intent, for budgets per payee
/// @param asset that the intent spends, for budgets per asset
public record Reservation(
    String rule, AssetId unit, BigInteger baseUnits, String counterparty, AssetId asset) {}
