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
/// level is hidden. What is not understood becomes [Effect.Undecodable].
final class EffectDecoder {
  private final ChainId chain;
  private final Message message;
  private final PublicKey wallet;
  private final Collection<PublicKey> owners;
  private final List<Effect> effects = new ArrayList<>();
  private final List<ProgramInstruction> known = new ArrayList<>();
  private final Set<String> tunings = new HashSet<>();

  /// @param owners wallets whose associated token accounts are recognised, `wallet` among them
  EffectDecoder(ChainId chain, Message message, PublicKey wallet, Collection<PublicKey> owners) {
    this.chain = chain;
    this.message = message;
    this.wallet = wallet;
    this.owners = owners;
  }

  List<Effect> decode(Map<PublicKey, AddressLookupTable> tables) {
    if (!message.signers().contains(wallet)) {
      undecodable(wallet + " does not have to sign it");
    }
    List<AccountMeta> accounts = accounts(tables);
    int number = 0;
    for (CompiledInstruction compiled : message.instructions()) {
      number++;
      try {
        add(read(resolve(compiled, accounts)));
      } catch (MalformedTransactionException reason) {
        undecodable("instruction " + number + ": " + reason.what());
      }
    }
    var all = new ArrayList<Effect>();
    all.add(
        new Effect.Fee(
            address(message.feePayer()),
            AssetId.nativeOf(chain),
            TransactionFee.atMost(message, known)));
    all.addAll(effects);
    return all;
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

  static Reading read(Instruction instruction) {
    Program program =
        Program.find(instruction.program())
            .orElseThrow(() ->
                new MalformedTransactionException(
                    "the program " + instruction.program() + " is not known"));
    return switch (program) {
      case SYSTEM -> SystemReader.read(instruction);
      case COMPUTE_BUDGET -> ComputeBudgetReader.read(instruction);
      case TOKEN -> TokenReader.read(TokenProgram.TOKEN, instruction);
      case TOKEN_2022 -> TokenReader.read(TokenProgram.TOKEN_2022, instruction);
      case ASSOCIATED_TOKEN -> AssociatedTokenReader.read(instruction);
      case MEMO, MEMO_V1 -> MemoReader.read(instruction);
    };
  }

  private void add(Reading reading) {
    switch (reading) {
      case Reading.Known(ProgramInstruction value) -> add(value);
      case Reading.Approve approve ->
          effects.add(
              new Effect.Approval(
                  asset(approve.mint()),
                  address(owner(approve.source(), approve.mint(), approve.program())),
                  address(approve.spender()),
                  approve.amount()));
      case Reading.Control control ->
          effects.add(new Effect.AuthorityChange(address(control.account()), control.what()));
      case Reading.Tuning tuning -> requireFirst("setting " + tuning.tag());
    }
  }

  private void add(ProgramInstruction instruction) {
    switch (instruction) {
      case ProgramInstruction.UnitLimit limit -> {
        requireFirst("compute unit limit");
        known.add(limit);
      }
      case ProgramInstruction.UnitPrice price -> {
        requireFirst("compute unit price");
        known.add(price);
      }
      case ProgramInstruction.SystemTransfer transfer ->
          effects.add(
              new Effect.Move(
                  AssetId.nativeOf(chain),
                  address(transfer.from()),
                  address(transfer.to()),
                  transfer.lamports()));
      case ProgramInstruction.TransferChecked transfer -> effects.add(move(transfer));
      case ProgramInstruction.CreateAssociatedToken creation ->
          effects.add(
              new Effect.AccountCreation(
                  address(creation.payer()),
                  address(creation.account()),
                  address(creation.owner())));
      case ProgramInstruction.Memo memo -> effects.add(new Effect.Memo(memo.text()));
      case ProgramInstruction.AdvanceNonce advance ->
          effects.add(
              new Effect.AuthorityChange(
                  address(advance.nonceAccount()),
                  "System AdvanceNonceAccount by " + advance.authority()));
    }
  }

  private Effect move(ProgramInstruction.TransferChecked transfer) {
    PublicKey from = owner(transfer.source(), transfer.mint(), transfer.program());
    if (!from.equals(transfer.source()) && !from.equals(transfer.authority())) {
      throw new MalformedTransactionException(
          transfer.authority() + " moves tokens of " + from + " as a delegate");
    }
    return new Effect.Move(
        asset(transfer.mint()),
        address(from),
        address(owner(transfer.destination(), transfer.mint(), transfer.program())),
        transfer.amount());
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
    if (!tunings.add(what)) {
      throw new MalformedTransactionException("the " + what + " is given twice");
    }
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
