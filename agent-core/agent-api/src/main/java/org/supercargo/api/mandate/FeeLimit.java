package org.supercargo.api.mandate;

import java.time.Duration;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Amount;

/// What fees and account rent may cost on one chain, in its own coin.
///
/// Without the rolling limit a planner could empty a wallet by fees alone, with dust payments that
/// no other cap counts.
///
/// @param perTransaction at the most, tip and rent included
/// @param tip at the most of `perTransaction` for whoever orders transactions
/// @param rolling for all transactions within any `window`; a transaction counts with the most its
///   bytes allow, one that opens an account with all of `perTransaction`
public record FeeLimit(Amount perTransaction, Amount tip, Amount rolling, Duration window) {
  public FeeLimit {
    if (!perTransaction.asset().equals(tip.asset())
        || !perTransaction.asset().equals(rolling.asset())) {
      throw SupercargoException.user(
          "The fee limits name several assets", "Fees of a chain are paid in its own coin.");
    }
    if (perTransaction.isMoreThan(rolling)) {
      throw SupercargoException.user(
          "One transaction may cost " + perTransaction + ", more than all of them, " + rolling,
          "Raise the rolling fee limit.");
    }
  }
}
