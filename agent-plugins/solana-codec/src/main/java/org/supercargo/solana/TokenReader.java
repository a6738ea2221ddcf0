package org.supercargo.solana;

/// Reads instructions of Token and Token-2022, which share their numbers.
///
/// Source: `TokenInstruction` in
/// [spl-token-2022-interface](https://docs.rs/spl-token-2022-interface).
final class TokenReader {
  private TokenReader() {}

  static Reading read(TokenProgram program, Instruction instruction) {
    var data = new ByteReader(instruction.data());
    int tag = data.u8("token instruction's number");
    return switch (tag) {
      case ProgramInstruction.TransferChecked.TAG -> transferChecked(program, instruction, data);
      case ProgramInstruction.ApproveChecked.TAG -> approveChecked(program, instruction, data);
      default ->
          RefusedTokenInstructions.find(program, instruction.data())
              .orElseThrow(() ->
                  new MalformedTransactionException(
                      program.title() + " instruction " + tag + " is not known"))
              .refuse(program.title(), instruction);
    };
  }

  private static Reading transferChecked(
      TokenProgram program, Instruction instruction, ByteReader data) {
    var amount = data.u64("amount");
    int decimals = data.u8("decimals");
    data.requireEnd();
    // More accounts would belong to a multisignature or to a program of the mint's issuer.
    instruction.requireAccounts(4);
    return new Reading.Known(
        new ProgramInstruction.TransferChecked(
            program,
            instruction.writable(0),
            instruction.key(1),
            instruction.writable(2),
            instruction.signer(3),
            amount,
            decimals));
  }

  private static Reading approveChecked(
      TokenProgram program, Instruction instruction, ByteReader data) {
    var amount = data.u64("amount");
    int decimals = data.u8("decimals");
    data.requireEnd();
    instruction.requireAccounts(4);
    return new Reading.Known(
        new ProgramInstruction.ApproveChecked(
            program,
            instruction.writable(0),
            instruction.key(1),
            instruction.key(2),
            instruction.signer(3),
            amount,
            decimals));
  }
}
