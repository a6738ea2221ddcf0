package org.supercargo.solana;

/// Reads instructions of the System program.
///
/// Source: `SystemInstruction` in
/// [solana-system-interface](https://docs.rs/solana-system-interface).
final class SystemReader {
  private static final int WITHDRAW_NONCE = 5;

  private SystemReader() {}

  static Reading read(Instruction instruction) {
    var data = new ByteReader(instruction.data());
    long tag = data.u32("System instruction's number");
    if (tag == ProgramInstruction.SystemTransfer.TAG) {
      return transfer(instruction, data);
    }
    String name = name(tag);
    if (instruction.accounts().isEmpty()) {
      throw new MalformedTransactionException("System " + name + " names no account");
    }
    if (tag == ProgramInstruction.AdvanceNonce.TAG) {
      return advanceNonce(instruction, data);
    }
    if (tag == WITHDRAW_NONCE && instruction.accounts().size() > 1) {
      return new Reading.Control(
          instruction.key(0),
          "System %s: %s lamports to %s".formatted(name, data.u64("lamports"), instruction.key(1)));
    }
    return new Reading.Control(instruction.key(0), "System " + name);
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
    if (!instruction.key(1).equals(ProgramInstruction.AdvanceNonce.RECENT_BLOCKHASHES)) {
      throw new MalformedTransactionException(
          "System AdvanceNonceAccount does not name the recent blockhashes");
    }
    return new Reading.Known(
        new ProgramInstruction.AdvanceNonce(instruction.writable(0), instruction.signer(2)));
  }

  private static String name(long tag) {
    return switch ((int) Math.min(tag, 100)) {
      case 0 -> "CreateAccount";
      case 1 -> "Assign";
      case 3 -> "CreateAccountWithSeed";
      case 4 -> "AdvanceNonceAccount";
      case WITHDRAW_NONCE -> "WithdrawNonceAccount";
      case 6 -> "InitializeNonceAccount";
      case 7 -> "AuthorizeNonceAccount";
      case 8 -> "Allocate";
      case 9 -> "AllocateWithSeed";
      case 10 -> "AssignWithSeed";
      case 11 -> "TransferWithSeed";
      case 12 -> "UpgradeNonceAccount";
      default ->
          throw new MalformedTransactionException("System instruction " + tag + " is not known");
    };
  }
}
