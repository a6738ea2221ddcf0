package org.supercargo.solana;

import static org.supercargo.solana.RefusedInstruction.control;
import static org.supercargo.solana.RefusedInstruction.unread;

import java.util.Map;
import java.util.Optional;

/// Reads instructions of the System program.
///
/// Source: `SystemInstruction` in
/// [solana-system-interface](https://docs.rs/solana-system-interface).
final class SystemReader {
  private static final Map<Long, RefusedInstruction> REFUSED =
      Map.ofEntries(
          Map.entry(0L, control("CreateAccount", "creates it with SOL of", 0).about(1)),
          Map.entry(1L, control("Assign", "gives it to a program, which rules it from then on")),
          Map.entry(3L, control("CreateAccountWithSeed", "creates it with SOL of", 0).about(1)),
          Map.entry(5L, control("WithdrawNonceAccount", "pays SOL out of it to", 1)),
          Map.entry(6L, control("InitializeNonceAccount", "sets who may use its nonce")),
          Map.entry(7L, control("AuthorizeNonceAccount", "changes who may use its nonce")),
          Map.entry(8L, control("Allocate", "gives it data, after which it cannot pay any more")),
          Map.entry(9L, control("AllocateWithSeed", "gives it data and a program that rules it")),
          Map.entry(10L, control("AssignWithSeed", "gives it to a program")),
          Map.entry(11L, unread("TransferWithSeed", "moves SOL of an account derived from a seed")),
          Map.entry(12L, control("UpgradeNonceAccount", "converts its nonce")),
          Map.entry(13L, control("CreateAccountAllowPrefund", "creates it for a program to rule")));

  private SystemReader() {}

  static Reading read(Instruction instruction) {
    var data = new ByteReader(instruction.data());
    long tag = data.u32("System instruction's number");
    if (tag == ProgramInstruction.SystemTransfer.TAG) {
      return transfer(instruction, data);
    }
    if (tag == ProgramInstruction.AdvanceNonce.TAG) {
      return advanceNonce(instruction, data);
    }
    return Optional.ofNullable(REFUSED.get(tag))
        .orElseThrow(
            () -> new MalformedTransactionException("System instruction " + tag + " is not known"))
        .refuse("System", instruction);
  }

  private static Reading transfer(Instruction instruction, ByteReader data) {
    var lamports = data.u64("lamports");
    data.requireEnd();
    instruction.requireAccounts(2);
    instruction.signer(0);
    return new Reading.Known(
        new ProgramInstruction.SystemTransfer(
            instruction.writable(0), instruction.writable(1), lamports));
  }

  private static Reading advanceNonce(Instruction instruction, ByteReader data) {
    data.requireEnd();
    instruction.requireAccounts(3);
    return new Reading.Known(
        new ProgramInstruction.AdvanceNonce(instruction.writable(0), instruction.signer(2)));
  }
}
