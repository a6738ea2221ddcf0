package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.solana.Samples.ALICE;
import static org.supercargo.solana.Samples.BOB;
import static org.supercargo.solana.Samples.CARGO;
import static org.supercargo.solana.Samples.CAROL;
import static org.supercargo.solana.Samples.USDC;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;

/// A program called by another does not show at the top level. So a program is understood only if
/// it calls none, or none of somebody's choice. What the real programs call when they run is shown
/// in plugin-solana, on a real virtual machine.
class NothingHiddenTest {
  /// Any program, such as a token issuer's hook.
  private static final PublicKey STRANGER = TestKey.of(77).key();

  private final SolanaCodec codec = new SolanaCodec();

  @Test
  void only_these_programs_are_understood() {
    // Before adding one, say in its comment why nothing it does hides below the top level.
    assertThat(Program.values())
        .containsExactly(
            Program.SYSTEM,
            Program.COMPUTE_BUDGET,
            Program.TOKEN,
            Program.TOKEN_2022,
            Program.ASSOCIATED_TOKEN,
            Program.MEMO);
    for (RefusedProgram program : RefusedProgram.values()) {
      assertThat(Program.find(PublicKey.parse(program.address()))).as("%s", program).isEmpty();
    }
  }

  @Test
  void a_program_that_could_call_any_other_is_undecodable() {
    assertUndecodable(
        new Instruction(
            STRANGER,
            List.of(
                AccountMeta.writableSigner(ALICE.key()),
                AccountMeta.readonly(TokenProgram.TOKEN.address())),
            Bytes.fromHex("00")),
        "the program " + STRANGER + " is not known");
  }

  @Test
  void system_is_given_no_program_to_call() {
    assertGivenNoMore(Samples.lamports(5));
  }

  @Test
  void compute_budget_is_given_no_accounts_at_all() {
    assertGivenNoMore(Samples.limit(5));
    assertGivenNoMore(Samples.price(5));
  }

  @Test
  void token_is_given_no_program_to_call() {
    assertGivenNoMore(Samples.usdc(5));
  }

  /// A node fails a transfer of a mint with a hook unless the hook is among the accounts.
  @Test
  void token_2022_is_not_given_the_hook_a_mint_may_have() {
    assertGivenNoMore(Samples.tokens(TokenProgram.TOKEN_2022, CARGO, 5, 9));
  }

  @Test
  void memo_is_given_no_accounts_at_all() {
    assertGivenNoMore(new ProgramInstruction.Memo("invoice 7"));
  }

  @Test
  void associated_token_calls_the_system_program_and_a_token_program_and_no_others() {
    ProgramInstruction creation = Samples.accountOfBob(USDC, TokenProgram.TOKEN);
    assertGivenNoMore(creation);
    for (int index : List.of(4, 5)) {
      Instruction honest = creation.instruction();
      var accounts = new ArrayList<>(honest.accounts());
      accounts.set(index, AccountMeta.readonly(STRANGER));
      assertUndecodable(
          new Instruction(honest.program(), accounts, honest.data()),
          "names " + STRANGER + " as the " + (index == 4 ? "System program" : "token program"));
    }
  }

  @Test
  void a_program_among_the_accounts_of_a_payment_is_undecodable_even_unused() {
    Instruction transfer = Samples.usdc(5).instruction();
    Instruction ruse =
        new Instruction(
            Program.COMPUTE_BUDGET.address(),
            List.of(AccountMeta.readonly(STRANGER)),
            Samples.limit(5).instruction().data());
    assertThat(decode(List.of(ruse, transfer))).anyMatch(Effect.Undecodable.class::isInstance);
  }

  private void assertGivenNoMore(ProgramInstruction instruction) {
    Instruction honest = instruction.instruction();
    for (PublicKey more : List.of(STRANGER, CAROL.key(), BOB.key())) {
      for (int at = 0; at <= honest.accounts().size(); at++) {
        var accounts = new ArrayList<>(honest.accounts());
        accounts.add(at, AccountMeta.readonly(more));
        assertUndecodable(
            new Instruction(honest.program(), accounts, honest.data()),
            " is given " + accounts.size() + " accounts instead of " + honest.accounts().size());
      }
    }
  }

  private void assertUndecodable(Instruction instruction, String reason) {
    assertThat(decode(List.of(instruction)))
        .as("%s", instruction)
        .anySatisfy(effect ->
            assertThat(effect)
                .isInstanceOfSatisfying(
                    Effect.Undecodable.class,
                    unknown -> assertThat(unknown.what()).contains(reason)));
  }

  private List<Effect> decode(List<Instruction> instructions) {
    return codec.decode(
        ChainId.SOLANA,
        Samples.message(instructions).serialize(),
        ALICE.address(),
        new DecodingHints(Set.of(BOB.address()), Set.of()));
  }
}
