package org.supercargo.plugin.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.plugin.solana.LocalChain.SOL;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.chain.Draft;
import org.supercargo.solana.Program;
import org.supercargo.solana.PublicKey;

/// What the decoder relies on when it reads top-level instructions only: of the programs it
/// understands, none calls another one when it runs, but for Associated Token, which calls the
/// System program and the token program. Measured on the real programs, by their own log.
class InnerCallsTest {
  private static final Pattern CALL = Pattern.compile("Program (\\w+) invoke \\[(\\d+)]");

  private static LocalChain local;

  @BeforeAll
  static void start() {
    local = new LocalChain();
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  private record Called(Program program, int depth) {}

  @Test
  void system_memo_and_compute_budget_call_nothing() {
    TestWallet wallet = local.walletWithSol(1_000_000_000);
    Draft draft = draft(wallet, Amount.ofBaseUnits(SOL, 5_000_000));
    assertThat(calls(draft))
        .containsExactly(
            new Called(Program.COMPUTE_BUDGET, 1),
            new Called(Program.COMPUTE_BUDGET, 1),
            new Called(Program.MEMO, 1),
            new Called(Program.SYSTEM, 1));
  }

  @Test
  void token_calls_nothing_and_associated_token_only_system_and_token() {
    assertCalls(local.usdc(), Program.TOKEN);
  }

  @Test
  void token_2022_calls_nothing_for_a_mint_without_a_hook() {
    assertCalls(local.cargo(), Program.TOKEN_2022);
  }

  private static void assertCalls(Asset token, Program program) {
    TestWallet wallet = local.walletWithSol(1_000_000_000);
    local.fund(wallet, token, 10);
    List<Called> calls = calls(draft(wallet, Amount.ofBaseUnits(token, 5)));
    int creation = calls.indexOf(new Called(Program.ASSOCIATED_TOKEN, 1));
    int memo = calls.indexOf(new Called(Program.MEMO, 1));
    assertThat(creation).as("%s", calls).isGreaterThan(0).isLessThan(memo);
    assertThat(calls.subList(creation + 1, memo))
        .isNotEmpty()
        .allSatisfy(inner -> {
          assertThat(inner.depth()).isGreaterThan(1);
          assertThat(inner.program()).isIn(Program.SYSTEM, program);
        });
    assertThat(calls.subList(memo, calls.size()))
        .containsExactly(new Called(Program.MEMO, 1), new Called(program, 1));
  }

  private static Draft draft(TestWallet wallet, Amount amount) {
    Draft draft = local.draft(wallet, TestWallet.create().address(), amount, "invoice 7");
    assertThat(draft.simulation().error()).isNull();
    return draft;
  }

  private static List<Called> calls(Draft draft) {
    var calls = new ArrayList<Called>();
    for (String line : draft.simulation().logs()) {
      var call = CALL.matcher(line);
      if (call.matches()) {
        calls.add(
            new Called(
                Program.find(PublicKey.parse(call.group(1))).orElseThrow(),
                Integer.parseInt(call.group(2))));
      }
    }
    return calls;
  }
}
