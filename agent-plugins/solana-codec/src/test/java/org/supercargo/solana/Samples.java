package org.supercargo.solana;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.supercargo.api.Bytes;

/// Keys and messages shared by the tests.
final class Samples {
  static final TestKey ALICE = TestKey.of(1);
  static final TestKey BOB = TestKey.of(2);
  static final TestKey CAROL = TestKey.of(3);
  static final PublicKey USDC = PublicKey.parse("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");
  static final PublicKey CARGO = TestKey.of(8).key();
  static final PublicKey BLOCKHASH = new PublicKey(Bytes.of(filled(7)));

  private Samples() {}

  static byte[] filled(int value) {
    var content = new byte[32];
    Arrays.fill(content, (byte) value);
    return content;
  }

  static PublicKey account(TestKey owner, PublicKey mint, TokenProgram program) {
    return ProgramAddress.associatedToken(owner.key(), mint, program);
  }

  static ProgramInstruction.SystemTransfer lamports(long amount) {
    return new ProgramInstruction.SystemTransfer(
        ALICE.key(), BOB.key(), BigInteger.valueOf(amount));
  }

  static ProgramInstruction.TransferChecked usdc(long amount) {
    return tokens(TokenProgram.TOKEN, USDC, amount, 6);
  }

  static ProgramInstruction.TransferChecked tokens(
      TokenProgram program, PublicKey mint, long amount, int decimals) {
    return new ProgramInstruction.TransferChecked(
        program,
        account(ALICE, mint, program),
        mint,
        account(BOB, mint, program),
        ALICE.key(),
        BigInteger.valueOf(amount),
        decimals);
  }

  static ProgramInstruction.CreateAssociatedToken accountOfBob(
      PublicKey mint, TokenProgram program) {
    return new ProgramInstruction.CreateAssociatedToken(
        ALICE.key(), BOB.key(), mint, program, true);
  }

  static ProgramInstruction.UnitLimit limit(long units) {
    return new ProgramInstruction.UnitLimit(units);
  }

  static ProgramInstruction.UnitPrice price(long microLamports) {
    return new ProgramInstruction.UnitPrice(BigInteger.valueOf(microLamports));
  }

  static Message message(ProgramInstruction... instructions) {
    return message(Stream.of(instructions).map(ProgramInstruction::instruction).toList());
  }

  static Message message(List<Instruction> instructions) {
    return new MessageCompiler(ALICE.key(), instructions).legacy(BLOCKHASH);
  }
}
