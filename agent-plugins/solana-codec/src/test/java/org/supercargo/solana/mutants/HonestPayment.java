package org.supercargo.solana.mutants;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.intent.Intent;
import org.supercargo.solana.AddressLookupTable;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.Message;
import org.supercargo.solana.MessageCompiler;
import org.supercargo.solana.ProgramAddress;
import org.supercargo.solana.ProgramInstruction;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

/// A payment and how an honest builder carries it out.
///
/// @param tokenProgram null for SOL
/// @param creates whether it creates the payee's token account
/// @param price null for no compute budget at all
public record HonestPayment(
    Intent.Transfer intent,
    PublicKey wallet,
    @Nullable TokenProgram tokenProgram,
    boolean creates,
    @Nullable Price price,
    Form form) {
  /// The blockhash of every honest message.
  public static final PublicKey BLOCKHASH = new PublicKey(Bytes.fromHex("07".repeat(32)));

  /// @param units compute unit limit
  /// @param microLamports for each compute unit
  public record Price(long units, long microLamports) {}

  /// How the message is written.
  public enum Form {
    LEGACY,
    V0,
    /// Version 0, with the payee's account from a lookup table.
    V0_WITH_TABLE
  }

  public Address walletAddress() {
    return wallet.address(intent.chain());
  }

  PublicKey payee() {
    return PublicKey.of(intent.payee().address());
  }

  @Nullable PublicKey mint() {
    Asset asset = intent.amount().asset();
    return asset.id().isNative() ? null : PublicKey.parse(asset.id().reference());
  }

  /// Where the tokens go, or the payee itself.
  PublicKey destination() {
    return accountOf(payee());
  }

  PublicKey accountOf(PublicKey owner) {
    PublicKey mint = mint();
    return mint == null || tokenProgram == null
        ? owner
        : ProgramAddress.associatedToken(owner, mint, tokenProgram);
  }

  /// The lookup tables the decoder has to know.
  public List<AddressLookupTable> tables() {
    return form == Form.V0_WITH_TABLE
        ? List.of(
            new AddressLookupTable(
                new PublicKey(Bytes.fromHex("09".repeat(32))),
                List.of(new PublicKey(Bytes.fromHex("0a".repeat(32))), payee(), destination())))
        : List.of();
  }

  List<Instruction> instructions() {
    return instructions(tokenProgram);
  }

  List<Instruction> instructions(@Nullable TokenProgram program) {
    var all = new ArrayList<ProgramInstruction>();
    if (price != null) {
      all.add(new ProgramInstruction.UnitLimit(price.units()));
      all.add(new ProgramInstruction.UnitPrice(BigInteger.valueOf(price.microLamports())));
    }
    PublicKey mint = mint();
    if (creates && mint != null && program != null) {
      all.add(new ProgramInstruction.CreateAssociatedToken(wallet, payee(), mint, program, true));
    }
    if (!intent.memo().isBlank()) {
      all.add(new ProgramInstruction.Memo(intent.memo()));
    }
    all.add(
        mint == null || program == null
            ? new ProgramInstruction.SystemTransfer(wallet, payee(), intent.amount().baseUnits())
            : new ProgramInstruction.TransferChecked(
                program,
                ProgramAddress.associatedToken(wallet, mint, program),
                mint,
                ProgramAddress.associatedToken(payee(), mint, program),
                wallet,
                intent.amount().baseUnits(),
                intent.amount().asset().decimals()));
    return all.stream().map(ProgramInstruction::instruction).toList();
  }

  Message compile(List<Instruction> instructions) {
    var compiler = new MessageCompiler(wallet, instructions);
    return switch (form) {
      case LEGACY -> compiler.legacy(BLOCKHASH);
      case V0, V0_WITH_TABLE -> compiler.versioned(BLOCKHASH, tables());
    };
  }

  /// The bytes an honest builder asks to sign.
  public Bytes message() {
    return compile(instructions()).serialize();
  }

  @Override
  public String toString() {
    return intent.summary()
        + (creates ? ", creating the account" : "")
        + (price == null ? "" : ", " + price)
        + ", "
        + form;
  }
}
