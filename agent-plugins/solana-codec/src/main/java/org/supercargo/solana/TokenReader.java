package org.supercargo.solana;

import java.util.List;

/// Reads instructions of Token and Token-2022, which share their numbers.
///
/// Source: `TokenInstruction` in
/// [spl-token-2022-interface](https://docs.rs/spl-token-2022-interface).
final class TokenReader {
  private static final int TRANSFER = 3;
  private static final int APPROVE = 4;
  private static final int APPROVE_CHECKED = 13;
  private static final int TRANSFER_FEE_EXTENSION = 26;

  /// By number. Those that Token does not have fail there.
  private static final List<String> NAMES =
      List.of(
          "InitializeMint",
          "InitializeAccount",
          "InitializeMultisig",
          "Transfer",
          "Approve",
          "Revoke",
          "SetAuthority",
          "MintTo",
          "Burn",
          "CloseAccount",
          "FreezeAccount",
          "ThawAccount",
          "TransferChecked",
          "ApproveChecked",
          "MintToChecked",
          "BurnChecked",
          "InitializeAccount2",
          "SyncNative",
          "InitializeAccount3",
          "InitializeMultisig2",
          "InitializeMint2",
          "GetAccountDataSize",
          "InitializeImmutableOwner",
          "AmountToUiAmount",
          "UiAmountToAmount",
          "InitializeMintCloseAuthority",
          "TransferFeeExtension",
          "ConfidentialTransferExtension",
          "DefaultAccountStateExtension",
          "Reallocate",
          "MemoTransferExtension",
          "CreateNativeMint",
          "InitializeNonTransferableMint",
          "InterestBearingMintExtension",
          "CpiGuardExtension",
          "InitializePermanentDelegate",
          "TransferHookExtension",
          "ConfidentialTransferFeeExtension",
          "WithdrawExcessLamports",
          "MetadataPointerExtension",
          "GroupPointerExtension",
          "GroupMemberPointerExtension",
          "ConfidentialMintBurnExtension",
          "ScaledUiAmountExtension",
          "PausableExtension");

  private TokenReader() {}

  static Reading read(TokenProgram program, Instruction instruction) {
    var data = new ByteReader(instruction.data());
    int tag = data.u8("token instruction's number");
    if (tag >= NAMES.size()) {
      throw new MalformedTransactionException(
          program.title() + " instruction " + tag + " is not known");
    }
    String name = program.title() + " " + NAMES.get(tag);
    return switch (tag) {
      case TRANSFER ->
          throw new MalformedTransactionException(
              name + " names no mint, so what it moves cannot be told");
      case ProgramInstruction.TransferChecked.TAG -> transferChecked(program, instruction, data);
      case APPROVE_CHECKED -> approveChecked(program, instruction, data);
      case APPROVE -> approve(name, instruction, data);
      case TRANSFER_FEE_EXTENSION ->
          throw new MalformedTransactionException(
              name + " withholds a fee that the bytes do not tell");
      default -> control(name, instruction);
    };
  }

  private static Reading transferChecked(
      TokenProgram program, Instruction instruction, ByteReader data) {
    var amount = data.u64("amount");
    int decimals = data.u8("decimals");
    data.requireEnd();
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
    data.u8("decimals");
    data.requireEnd();
    instruction.requireAccounts(4);
    return new Reading.Approve(
        program,
        instruction.writable(0),
        instruction.key(1),
        instruction.key(2),
        instruction.signer(3),
        amount);
  }

  private static Reading approve(String name, Instruction instruction, ByteReader data) {
    var amount = data.u64("amount");
    data.requireEnd();
    instruction.requireAccounts(3);
    return new Reading.Control(
        instruction.key(0),
        "%s: %s may take %s base units".formatted(name, instruction.key(1), amount));
  }

  private static Reading control(String name, Instruction instruction) {
    if (instruction.accounts().isEmpty()) {
      throw new MalformedTransactionException(name + " names no account");
    }
    return new Reading.Control(instruction.key(0), name);
  }
}
