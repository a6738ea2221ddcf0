package org.supercargo.solana;

import static org.supercargo.solana.RefusedInstruction.control;
import static org.supercargo.solana.RefusedInstruction.unread;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.supercargo.api.Bytes;

/// Instructions of Token and Token-2022 that no intent asks for.
///
/// Source: `TokenInstruction` in
/// [spl-token-2022-interface](https://docs.rs/spl-token-2022-interface) and
/// [spl-token-interface](https://docs.rs/spl-token-interface); for the eight-byte numbers,
/// [spl-token-metadata-interface](https://docs.rs/spl-token-metadata-interface) and
/// [spl-token-group-interface](https://docs.rs/spl-token-group-interface).
final class RefusedTokenInstructions {
  /// Beyond these numbers Token has only those of [#LATER_OF_TOKEN].
  private static final int LAST_OF_TOKEN = 24;

  private static final Set<Integer> LATER_OF_TOKEN = Set.of(38, 45, 255);

  private static final String ONLY_COMPUTES = "only computes something, for other programs";

  private static final Map<Integer, RefusedInstruction> BY_NUMBER =
      Map.ofEntries(
          Map.entry(0, control("InitializeMint", "makes it a mint")),
          Map.entry(1, control("InitializeAccount", "makes it a token account")),
          Map.entry(2, control("InitializeMultisig", "makes it an account of several signers")),
          Map.entry(3, unread("Transfer", "names no mint, so what it moves cannot be told")),
          Map.entry(4, control("Approve", "lets tokens of it be taken by", 1)),
          Map.entry(5, control("Revoke", "takes away a permission to spend from it")),
          Map.entry(6, control("SetAuthority", "changes who rules it")),
          Map.entry(7, control("MintTo", "issues new tokens of it to", 1)),
          Map.entry(8, control("Burn", "destroys tokens in it")),
          Map.entry(9, control("CloseAccount", "closes it and gives its SOL to", 1)),
          Map.entry(10, control("FreezeAccount", "freezes it")),
          Map.entry(11, control("ThawAccount", "thaws it")),
          Map.entry(14, control("MintToChecked", "issues new tokens of it to", 1)),
          Map.entry(15, control("BurnChecked", "destroys tokens in it")),
          Map.entry(16, control("InitializeAccount2", "makes it a token account")),
          Map.entry(17, unread("SyncNative", "turns SOL into wrapped SOL")),
          Map.entry(18, control("InitializeAccount3", "makes it a token account")),
          Map.entry(19, control("InitializeMultisig2", "makes it an account of several signers")),
          Map.entry(20, control("InitializeMint2", "makes it a mint")),
          Map.entry(21, unread("GetAccountDataSize", ONLY_COMPUTES)),
          Map.entry(22, control("InitializeImmutableOwner", "fixes its owner for ever")),
          Map.entry(23, unread("AmountToUiAmount", ONLY_COMPUTES)),
          Map.entry(24, unread("UiAmountToAmount", ONLY_COMPUTES)),
          Map.entry(25, control("InitializeMintCloseAuthority", "sets who may close the mint")),
          Map.entry(26, unread("TransferFeeExtension", "sets, withholds or collects fees")),
          Map.entry(
              27, unread("ConfidentialTransferExtension", "concerns balances nobody can read")),
          Map.entry(
              28, control("DefaultAccountStateExtension", "sets whether accounts begin frozen")),
          Map.entry(29, control("Reallocate", "lengthens it with SOL of", 1)),
          Map.entry(30, control("MemoTransferExtension", "sets whether it takes only memos")),
          Map.entry(31, unread("CreateNativeMint", "creates the mint of wrapped SOL")),
          Map.entry(
              32, control("InitializeNonTransferableMint", "forbids every transfer of its tokens")),
          Map.entry(33, control("InterestBearingMintExtension", "sets the interest it shows")),
          Map.entry(34, control("CpiGuardExtension", "sets what programs may do with it")),
          Map.entry(
              35, control("InitializePermanentDelegate", "lets someone take from every holder")),
          Map.entry(36, control("TransferHookExtension", "sets a program every transfer runs")),
          Map.entry(
              37, unread("ConfidentialTransferFeeExtension", "concerns fees nobody can read")),
          Map.entry(38, control("WithdrawExcessLamports", "pays SOL out of it to", 1)),
          Map.entry(39, control("MetadataPointerExtension", "sets where its metadata is")),
          Map.entry(40, control("GroupPointerExtension", "sets where its group is")),
          Map.entry(41, control("GroupMemberPointerExtension", "sets where its membership is")),
          Map.entry(
              42, unread("ConfidentialMintBurnExtension", "concerns amounts nobody can read")),
          Map.entry(43, control("ScaledUiAmountExtension", "sets how its amounts are shown")),
          Map.entry(44, control("PausableExtension", "pauses or resumes every transfer")),
          Map.entry(45, control("UnwrapLamports", "pays wrapped SOL out of it to", 1)),
          Map.entry(46, control("PermissionedBurnExtension", "sets who may burn, or burns")),
          Map.entry(255, unread("Batch", "runs several instructions, which are not read")));

  /// Token-2022 keeps metadata and groups itself, under numbers of eight bytes.
  private static final Map<String, RefusedInstruction> BY_LONG_NUMBER =
      Map.of(
          "d2e11ea258b84d8d", control("metadata Initialize", "writes its metadata"),
          "dde9312db5cadcc8", control("metadata UpdateField", "changes its metadata"),
          "ea122038598d25b5", control("metadata RemoveKey", "changes its metadata"),
          "d7e4a6e45464567b", control("metadata UpdateAuthority", "changes who rules it"),
          "faa6b4fa0d0cb846", unread("metadata Emit", ONLY_COMPUTES),
          "79716c2736330004", control("group InitializeGroup", "makes it a group"),
          "6c25ab8ff81e126e", control("group UpdateGroupMaxSize", "changes its group"),
          "a1695801edddd8cb", control("group UpdateGroupAuthority", "changes who rules it"),
          "9820deb0dfed7486", control("group InitializeMember", "makes it a member of a group"));

  private static final int LONG_NUMBER = 8;

  private RefusedTokenInstructions() {}

  static Optional<RefusedInstruction> find(TokenProgram program, Bytes data) {
    byte[] content = data.toArray();
    int number = content[0] & 0xff;
    boolean exists =
        switch (program) {
          case TOKEN -> number <= LAST_OF_TOKEN || LATER_OF_TOKEN.contains(number);
          case TOKEN_2022 -> true;
        };
    if (exists && BY_NUMBER.containsKey(number)) {
      return Optional.ofNullable(BY_NUMBER.get(number));
    }
    return program == TokenProgram.TOKEN_2022 && content.length >= LONG_NUMBER
        ? Optional.ofNullable(BY_LONG_NUMBER.get(HexFormat.of().formatHex(content, 0, LONG_NUMBER)))
        : Optional.empty();
  }
}
