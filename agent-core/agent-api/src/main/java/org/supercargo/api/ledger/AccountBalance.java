package org.supercargo.api.ledger;

import java.math.BigInteger;
import org.supercargo.api.asset.AssetId;

/// The sum of all postings to one account in one asset.
public record AccountBalance(String account, AssetId asset, BigInteger baseUnits) {}
