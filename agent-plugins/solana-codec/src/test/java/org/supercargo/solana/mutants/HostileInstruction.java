package org.supercargo.solana.mutants;

import org.supercargo.solana.Instruction;

/// An instruction somebody might slip into a payment.
///
/// @param fate what the decoder has to make of it on its own
public record HostileInstruction(String name, Instruction instruction, Fate fate) {
  /// What an instruction decodes to.
  public enum Fate {
    /// An [org.supercargo.api.intent.Effect.AuthorityChange].
    CONTROL,
    /// An [org.supercargo.api.intent.Effect.Undecodable].
    UNREAD,
    /// An effect of its own: a movement, an approval, a new account, a memo.
    EFFECT,
    /// Nothing but a change of the fee.
    FEE
  }
}
