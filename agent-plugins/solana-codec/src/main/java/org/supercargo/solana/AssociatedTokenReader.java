package org.supercargo.solana;

/// Reads instructions of the Associated Token Account program.
///
/// Source: `AssociatedTokenAccountInstruction` in [its
/// interface](https://docs.rs/spl-associated-token-account-interface).
final class AssociatedTokenReader {
  private static final int RECOVER_NESTED = 2;
  private static final PublicKey RENT =
      PublicKey.parse("SysvarRent111111111111111111111111111111111");

  private AssociatedTokenReader() {}

  static Reading read(Instruction instruction) {
    var data = new ByteReader(instruction.data());
    int tag =
        data.remaining() == 0
            ? ProgramInstruction.CreateAssociatedToken.CREATE
            : data.u8("Associated Token instruction's number");
    data.requireEnd();
    return switch (tag) {
      case ProgramInstruction.CreateAssociatedToken.CREATE -> create(instruction, false);
      case ProgramInstruction.CreateAssociatedToken.CREATE_IDEMPOTENT -> create(instruction, true);
      case RECOVER_NESTED -> {
        instruction.requireAccounts(7);
        yield new Reading.Control(instruction.key(0), "Associated Token RecoverNested");
      }
      default ->
          throw new MalformedTransactionException(
              "Associated Token instruction " + tag + " is not known");
    };
  }

  private static Reading create(Instruction instruction, boolean idempotent) {
    boolean olderForm =
        instruction.accounts().size() == 7 && instruction.key(6).equals(RENT) && !idempotent;
    if (!olderForm) {
      instruction.requireAccounts(6);
    }
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
