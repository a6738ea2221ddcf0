package org.supercargo.api.ledger;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import org.supercargo.api.asset.AssetId;

/// One side of a ledger entry.
///
/// @param account a path such as `wallet/solana` or `expense/payee/alice`
/// @param baseUnits positive is a debit (an asset or expense grows), negative a credit
public record Posting(String account, AssetId asset, BigInteger baseUnits) {
  public Posting {
    requireNonNull(account, "account is null");
    requireNonNull(asset, "asset is null");
    requireNonNull(baseUnits, "baseUnits is null");
  }
}
