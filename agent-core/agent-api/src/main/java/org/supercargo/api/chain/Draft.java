package org.supercargo.api.chain;

import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Simulation;

/// An unsigned transaction with everything known about it.
///
/// @param unsigned the bytes the signer will decode for itself: a message on Solana, an unsigned
///   EIP-2718 envelope on EVM chains
/// @param effects decoded from `unsigned`, not from the intent
public record Draft(
    Bytes unsigned, Validity validity, List<Effect> effects, Simulation simulation) {
  public Draft {
    effects = List.copyOf(effects);
  }
}
