package org.supercargo.plugin.solana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.Message;
import org.supercargo.solana.MessageCompiler;
import org.supercargo.solana.ProgramInstruction;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

class TransactionErrorTextTest {
  private static final PublicKey WALLET = TestWallet.create().key();
  private static final PublicKey STRANGER = TestWallet.create().key();

  /// System, Associated Token, and a program that nobody knows.
  private static final Message MESSAGE =
      new MessageCompiler(
              WALLET,
              List.of(
                  new ProgramInstruction.SystemTransfer(WALLET, STRANGER, BigInteger.ONE)
                      .instruction(),
                  new ProgramInstruction.CreateAssociatedToken(
                          WALLET, STRANGER, STRANGER, TokenProgram.TOKEN, true)
                      .instruction(),
                  new Instruction(STRANGER, List.of(), Bytes.EMPTY)))
          .legacy(WALLET);

  @Test
  void a_programs_own_numbers_get_words_where_they_are_known() {
    assertDescribed(
        "{\"InstructionError\":[0,{\"Custom\":1}]}",
        "instruction 1 (System) failed: not enough lamports (error 1)");
    assertDescribed(
        "{\"InstructionError\":[1,{\"Custom\":0}]}",
        "instruction 2 (Associated Token) failed: the account exists and belongs to another owner"
            + " (error 0)");
    assertDescribed(
        "{\"InstructionError\":[2,{\"Custom\":6001}]}", "instruction 3 failed: (error 6001)");
    assertDescribed(
        "{\"InstructionError\":[0,{\"Custom\":4294967295}]}",
        "instruction 1 (System) failed: (error 4294967295)");
  }

  @Test
  void the_chains_own_names_are_kept() {
    assertDescribed(
        "{\"InstructionError\":[2,\"InvalidAccountData\"]}",
        "instruction 3 failed: InvalidAccountData");
    assertDescribed("\"AccountInUse\"", "AccountInUse");
    assertDescribed(
        "\"InsufficientFundsForFee\"", "InsufficientFundsForFee: the fee payer cannot pay the fee");
    assertDescribed(
        "{\"InsufficientFundsForRent\":{\"account_index\":0}}",
        "InsufficientFundsForRent: " + WALLET + " would hold less SOL than its rent exemption");
  }

  @Test
  void errors_nobody_has_seen_yet_are_quoted() {
    assertDescribed("{\"NewError\":{\"a\":1}}", "{\"NewError\":{\"a\":1}}");
    assertDescribed(
        "{\"InstructionError\":[99,{\"New\":1}]}", "instruction 100 failed: {\"New\":1}");
    assertDescribed("{\"InstructionError\":[]}", "{\"InstructionError\":[]}");
  }

  private static void assertDescribed(String json, String words) {
    try {
      assertThat(TransactionErrorText.describe(JsonRpc.JSON.readTree(json), MESSAGE))
          .isEqualTo(words);
    } catch (JsonProcessingException wrong) {
      throw new AssertionError(json, wrong);
    }
  }
}
