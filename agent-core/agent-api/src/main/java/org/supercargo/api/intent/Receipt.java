package org.supercargo.api.intent;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a final transaction did to the agent's wallet.
///
/// @param position slot on Solana, block number on EVM chains
/// @param error null when it succeeded; a failed transaction still pays its fee
/// @param changes actual changes of the wallet's balances, fee and rent included
/// @param fee base units of the chain's native coin, zero or more
/// @param rent base units locked in accounts created for others, zero where a chain has none
public record Receipt(
    TransactionId transaction,
    long position,
    @Nullable String error,
    List<BalanceChange> changes,
    BigInteger fee,
    BigInteger rent) {
  public Receipt {
    changes = List.copyOf(changes);
  }

  public boolean succeeded() {
    return error == null;
  }
}
