package org.supercargo.solana;

import static org.supercargo.solana.RefusedInstruction.control;

/// Reads instructions of the Associated Token Account program.
///
/// The older forms of Create, without data or with the rent sysvar, are not read: one form for each
/// meaning.
///
/// Source: `AssociatedTokenAccountInstruction` in [its
/// interface](https://docs.rs/spl-associated-token-account-interface).
final class AssociatedTokenReader {
  private static final int RECOVER_NESTED = 2;

  private AssociatedTokenReader() {}

  static Reading read(Instruction instruction) {
    var data = new ByteReader(instruction.data());
    int tag = data.u8("Associated Token instruction's number");
    data.requireEnd();
    return switch (tag) {
      case ProgramInstruction.CreateAssociatedToken.CREATE -> create(instruction, false);
      case ProgramInstruction.CreateAssociatedToken.CREATE_IDEMPOTENT -> create(instruction, true);
      case RECOVER_NESTED ->
          control("RecoverNested", "moves its tokens and its SOL out for", 5)
              .refuse(Program.ASSOCIATED_TOKEN.title(), instruction);
      default ->
          throw new MalformedTransactionException(
              "Associated Token instruction " + tag + " is not known");
    };
  }

  private static Reading create(Instruction instruction, boolean idempotent) {
    instruction.requireAccounts(6);
    if (!instruction.key(4).equals(Program.SYSTEM.address())) {
      throw new MalformedTransactionException(
          "Associated Token Create names " + instruction.key(4) + " as the System program");
    }
    TokenProgram tokenProgram =
        TokenProgram.find(instruction.key(5))
            .orElseThrow(() ->
                new MalformedTransactionException(
                    "Associated Token Create names "
                        + instruction.key(5)
                        + " as the token program"));
    instruction.signer(0);
    var creation =
        new ProgramInstruction.CreateAssociatedToken(
            instruction.writable(0),
            instruction.key(2),
            instruction.key(3),
            tokenProgram,
            idempotent);
    if (!creation.account().equals(instruction.writable(1))) {
      throw new MalformedTransactionException(
          instruction.key(1)
              + " is not the associated token account of "
              + creation.owner()
              + " for "
              + creation.mint());
    }
    return new Reading.Known(creation);
  }
}
