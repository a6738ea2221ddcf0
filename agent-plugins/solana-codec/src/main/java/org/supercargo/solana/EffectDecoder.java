package org.supercargo.solana;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;

/// Tells everything one message can do, from its top-level instructions.
///
/// Only programs whose instructions call nothing unknown are understood, so nothing below the top
/// level is hidden; [Program] says for each why that is so. What is not understood becomes
/// [Effect.Undecodable].
///
/// A message whose effects are all understood is written in one way only, but for the order of its
/// accounts and instructions: every instruction in the form [ProgramInstruction] gives it, every
/// account in the role its instructions need.
final class EffectDecoder {
  private final ChainId chain;
  private final Message message;
  private final PublicKey wallet;
  private final Collection<PublicKey> owners;
  private final Map<AssetId, Integer> decimals;
  private final List<Effect> effects = new ArrayList<>();
  private final List<ProgramInstruction> known = new ArrayList<>();
  private final List<Instruction> needed = new ArrayList<>();
  private final Set<String> given = new HashSet<>();

  /// @param owners wallets whose associated token accounts are recognised, `wallet` among them
  /// @param decimals what the owner holds a token's decimals to be
  EffectDecoder(
      ChainId chain,
      Message message,
      PublicKey wallet,
      Collection<PublicKey> owners,
      Map<AssetId, Integer> decimals) {
    this.chain = chain;
    this.message = message;
    this.wallet = wallet;
    this.owners = owners;
    this.decimals = decimals;
  }

  List<Effect> decode(Map<PublicKey, AddressLookupTable> tables) {
    checkSigners();
    List<AccountMeta> accounts = accounts(tables);
    int number = 0;
    for (CompiledInstruction compiled : message.instructions()) {
      number++;
      try {
        Instruction instruction = resolve(compiled, accounts);
        add(read(instruction), instruction);
      } catch (MalformedTransactionException reason) {
        undecodable("instruction " + number + ": " + reason.what());
      }
    }
    if (known.size() == message.instructions().size()) {
      checkWhole(accounts);
    }
    TransactionFee fee = TransactionFee.atMost(message, known);
    var all = new ArrayList<Effect>();
    all.add(
        new Effect.Fee(
            address(message.feePayer()), AssetId.nativeOf(chain), fee.total(), fee.tip()));
    all.addAll(effects);
    return all;
  }

  /// Besides the wallet only a fee payer may sign: what others sign for is not this wallet's
  /// matter.
  private void checkSigners() {
    List<PublicKey> signers = message.signers();
    if (!signers.contains(wallet)) {
      undecodable(wallet + " does not have to sign it");
    }
    signers.stream()
        .skip(1)
        .filter(signer -> !signer.equals(wallet))
        .forEach(signer -> undecodable(signer + " has to sign it too"));
  }

  private List<AccountMeta> accounts(Map<PublicKey, AddressLookupTable> tables) {
    try {
      return message.accounts(tables);
    } catch (MalformedTransactionException reason) {
      undecodable(reason.what());
      return message.staticAccounts();
    }
  }

  private Instruction resolve(CompiledInstruction compiled, List<AccountMeta> accounts) {
    var metas = new ArrayList<AccountMeta>();
    for (byte index : compiled.accounts().toArray()) {
      if ((index & 0xff) >= accounts.size()) {
        throw new MalformedTransactionException(
            "it names account " + (index & 0xff) + " of an unknown address lookup table");
      }
      metas.add(accounts.get(index & 0xff));
    }
    return new Instruction(accounts.get(compiled.program()).key(), metas, compiled.data());
  }

  /// @throws MalformedTransactionException if it is not understood
  static Reading read(Instruction instruction) {
    Program program =
        Program.find(instruction.program())
            .orElseThrow(() ->
                new MalformedTransactionException(RefusedProgram.reason(instruction.program())));
    return switch (program) {
      case SYSTEM -> SystemReader.read(instruction);
      case COMPUTE_BUDGET -> ComputeBudgetReader.read(instruction);
      case TOKEN -> TokenReader.read(TokenProgram.TOKEN, instruction);
      case TOKEN_2022 -> TokenReader.read(TokenProgram.TOKEN_2022, instruction);
      case ASSOCIATED_TOKEN -> AssociatedTokenReader.read(instruction);
      case MEMO -> MemoReader.read(instruction);
    };
  }

  private static boolean isSame(Instruction canonical, Instruction read) {
    return canonical.program().equals(read.program())
        && canonical.data().equals(read.data())
        && keys(canonical).equals(keys(read));
  }

  private static List<PublicKey> keys(Instruction instruction) {
    return instruction.accounts().stream().map(AccountMeta::key).toList();
  }

  private void add(Reading reading, Instruction read) {
    switch (reading) {
      case Reading.Known(ProgramInstruction value) -> {
        Instruction canonical = value.instruction();
        if (!isSame(canonical, read)) {
          throw new MalformedTransactionException("it is not in the form its meaning has here");
        }
        known.add(value);
        needed.add(canonical);
        add(value);
      }
      case Reading.Control control ->
          effects.add(new Effect.AuthorityChange(address(control.account()), control.what()));
    }
  }

  private void add(ProgramInstruction instruction) {
    switch (instruction) {
      case ProgramInstruction.UnitLimit _ -> requireFirst("compute unit limit");
      case ProgramInstruction.UnitPrice _ -> requireFirst("compute unit price");
      case ProgramInstruction.SystemTransfer transfer ->
          effects.add(
              new Effect.Move(
                  AssetId.nativeOf(chain),
                  address(transfer.from()),
                  address(transfer.to()),
                  transfer.lamports()));
      case ProgramInstruction.TransferChecked transfer -> effects.add(move(transfer));
      case ProgramInstruction.ApproveChecked approval -> effects.add(approval(approval));
      case ProgramInstruction.CreateAssociatedToken creation ->
          effects.add(
              new Effect.AccountCreation(
                  address(creation.payer()),
                  address(creation.account()),
                  address(creation.owner()),
                  creation.rent()));
      case ProgramInstruction.Memo memo -> {
        requireFirst("memo");
        effects.add(new Effect.Memo(memo.text()));
      }
      case ProgramInstruction.AdvanceNonce advance ->
          effects.add(
              new Effect.AuthorityChange(
                  address(advance.nonceAccount()),
                  "System AdvanceNonceAccount uses up its nonce, so that no blockhash limits when"
                      + " this can land"));
    }
  }

  private Effect move(ProgramInstruction.TransferChecked transfer) {
    PublicKey from = owner(transfer.source(), transfer.mint(), transfer.program());
    if (!from.equals(transfer.source()) && !from.equals(transfer.authority())) {
      throw new MalformedTransactionException(
          transfer.authority() + " moves tokens of " + from + " as a delegate");
    }
    checkDecimals(transfer);
    return new Effect.Move(
        asset(transfer.mint()),
        address(from),
        address(owner(transfer.destination(), transfer.mint(), transfer.program())),
        transfer.amount());
  }

  /// The chain compares this byte with the mint. Compared with the owner's file as well, nobody
  /// pays a power of ten too much because the file is wrong.
  private void checkDecimals(ProgramInstruction.TransferChecked transfer) {
    Integer owners = decimals.get(asset(transfer.mint()));
    if (owners != null && owners != transfer.decimals()) {
      throw new MalformedTransactionException(
          "it names "
              + transfer.decimals()
              + " decimals of "
              + transfer.mint()
              + ", and the owner's file "
              + owners);
    }
  }

  private Effect approval(ProgramInstruction.ApproveChecked approval) {
    PublicKey owner = owner(approval.source(), approval.mint(), approval.program());
    if (!owner.equals(approval.source()) && !owner.equals(approval.owner())) {
      throw new MalformedTransactionException(
          approval.owner() + " lets tokens of " + owner + " be taken");
    }
    return new Effect.Approval(
        asset(approval.mint()), address(owner), address(approval.delegate()), approval.amount());
  }

  /// The wallet whose associated token account `account` is, or the account itself.
  ///
  /// A wallet in the place of a token account is refused, so that only its associated token account
  /// ever reads as the wallet.
  private PublicKey owner(PublicKey account, PublicKey mint, TokenProgram program) {
    if (owners.contains(account)) {
      throw new MalformedTransactionException(
          account + " is a wallet where a token account has to be");
    }
    @Nullable PublicKey found = null;
    for (PublicKey candidate : owners) {
      if (ProgramAddress.associatedToken(candidate, mint, program).equals(account)) {
        found = candidate;
      }
    }
    return found == null ? account : found;
  }

  private void requireFirst(String what) {
    if (!given.add(what)) {
      throw new MalformedTransactionException("the " + what + " is given twice");
    }
  }

  /// What no single instruction shows. Called when all of them are understood.
  private void checkWhole(List<AccountMeta> accounts) {
    for (int index = 0; index < known.size(); index++) {
      if (known.get(index) instanceof ProgramInstruction.CreateAssociatedToken creation
          && known.subList(index, known.size()).stream()
              .noneMatch(later -> paysInto(later, creation))) {
        undecodable(
            "it creates the token account " + creation.account() + " and pays nothing into it");
      }
    }
    new AccountRoles(message.feePayer(), needed).excess(accounts).forEach(this::undecodable);
  }

  /// Otherwise a payment of one token could make the wallet pay the rent for an account of another.
  private static boolean paysInto(
      ProgramInstruction instruction, ProgramInstruction.CreateAssociatedToken creation) {
    return instruction instanceof ProgramInstruction.TransferChecked transfer
        && transfer.destination().equals(creation.account());
  }

  private void undecodable(String what) {
    effects.add(new Effect.Undecodable(what));
  }

  private AssetId asset(PublicKey mint) {
    return AssetId.token(address(mint));
  }

  private Address address(PublicKey key) {
    return key.address(chain);
  }
}
