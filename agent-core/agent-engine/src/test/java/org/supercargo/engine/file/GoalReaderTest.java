package org.supercargo.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.engine.file.Given.FULL;
import static org.supercargo.engine.file.Given.isRefused;
import static org.supercargo.engine.file.Given.parse;
import static org.supercargo.engine.file.Given.with;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.Goal;
import org.supercargo.api.agent.GoalSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.plan.Expectation;

/// The goals that an agent file names, and what has to hold when they are reached.
final class GoalReaderTest {
  private static final String PAYS = "- pays: {payee: Alice, amount: 2 USDC, chain: base}";
  private static final String SWAPS = "- swaps: {sell: 1 USDC, for: ETH, chain: base}";

  @Test
  void goals_are_read_to_the_last_value_and_in_their_order() {
    AgentSpec spec = parse(FULL).spec();
    Asset usdc =
        spec.assets("USDC").stream()
            .filter(asset -> asset.chain().equals(ChainId.BASE))
            .findFirst()
            .orElseThrow();
    assertThat(spec.goals())
        .containsExactly(
            new GoalSpec(
                "payday",
                new Goal("pay alice 2 USDC on base"),
                List.of(
                    new Expectation.Paid(
                        new Address(ChainId.BASE, "base-alice"), Amount.parse("2", usdc)),
                    new Expectation.Swapped(
                        Amount.parse("1", usdc), AssetId.nativeOf(ChainId.BASE)),
                    new Expectation.Answered("paid"),
                    new Expectation.NothingElse())),
            new GoalSpec("watch", new Goal("say what is left"), List.of()));
    assertThat(spec.goal("watch")).contains(spec.goals().getLast());
  }

  @Test
  void a_goal_may_wait_for_a_cheaper_hour() {
    assertThat(parse(FULL).spec().goals().getLast().offPeak()).isFalse();
    String file = with("watch: {goal: say", "watch: {off-peak: true, goal: say");
    assertThat(parse(file).spec().goals().getLast().offPeak()).isTrue();
    isRefused(
        with("watch: {goal: say", "watch: {off-peak: yes, goal: say"),
        92,
        "neither true nor false");
  }

  @Test
  void one_expectation_needs_no_list() {
    String file = with("watch: {goal: say", "watch: {accept: nothing-else, goal: say");
    assertThat(parse(file).spec().goals().getLast().accept())
        .containsExactly(new Expectation.NothingElse());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          watch: {goal: | Pay day: {goal: | 92 | "Pay day" is not a name for a goal
          watch: {goal: | payday: {goal: | 92 | the key "payday" is given twice
          watch: {goal: | PAYDAY: {goal: | 92 | "PAYDAY" is given twice under two spellings
          '{goal: say what is left}' | say what is left | 92 | this must be a mapping
          '{goal: say what is left}' | {accept: nothing-else} | 92 | the key "goal" is missing
          '{goal: say what is left}' | '{goal: }' | 92 | a value is missing
          '{goal: say what is left}' | '{goal: "  "}' | 92 | a value is missing
          '{goal: say what is left}' | '{goal: say it, acept: []}' | 92 | did you mean "accept"?
          '{goal: say what is left}' | '{goal: say it, accept: []}' | 92 | the list is empty
          - nothing-else | - nothing | 91 | "nothing" cannot be expected
          - nothing-else | '- answers: "paid"' | 91 | the same is expected twice
          - nothing-else | '- nothing-else: true' | 91 | there is no key "nothing-else" here
          - nothing-else | - {} | 91 | exactly one of pays, swaps, answers
          - nothing-else | '- {answers: a, pays: b}' | 91 | exactly one of pays, swaps, answers
          '- answers: "paid"' | '- answers:' | 90 | a value is missing
          '- answers: "paid"' | '- answers: [paid]' | 90 | this must be one value
          """)
  void a_bad_goal_is_named_with_what_is_wrong(String good, String bad, int line, String words) {
    isRefused(with(good, bad), line, words);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alice 2 USDC | this must be a mapping
          {payee: Alice, amount: 2 USDC} | the key "chain" is missing
          {payee: Alice, chain: base} | the key "amount" is missing
          {amount: 2 USDC, chain: base} | the key "payee" is missing
          {payee: Alice, amount: 2 USDC, chain: base, memo: hi} | there is no key "memo" here
          {payee: eve, amount: 2 USDC, chain: base} | "eve" is not in the address book
          {payee: base-alice, amount: 2 USDC, chain: base} | "base-alice" is not in the address book
          {payee: bob, amount: 2 USDC, chain: solana} | "bob" has no address on solana
          {payee: home, amount: 2 USDC, chain: base} | "home" has no address on base
          {payee: Alice, amount: 2 USDC, chain: polygon} | "polygon" is not a chain known here
          {payee: Alice, amount: 2 BONK, chain: base} | the asset "BONK" is not known on base
          {payee: Alice, amount: 2 SOL, chain: base} | the asset "SOL" is not known on base
          {payee: Alice, amount: 0 USDC, chain: base} | the amount is zero
          {payee: Alice, amount: -2 USDC, chain: base} | it is negative
          {payee: Alice, amount: $2, chain: base} | dollars move on no chain
          {payee: Alice, amount: 2, chain: base} | "2" is not an amount
          {payee: Alice, amount: 0.0000001 USDC, chain: base} | cannot be represented
          """)
  void a_bad_payment_is_refused(String yaml, String words) {
    isRefused(with(PAYS, "- pays: " + yaml), 88, words);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {sell: 1 USDC, for: ETH} | the key "chain" is missing
          {sell: 1 USDC, chain: base} | the key "for" is missing
          {for: ETH, chain: base} | the key "sell" is missing
          {sell: 1 USDC, buy: ETH, chain: base} | there is no key "buy" here
          {sell: 1 USDC, for: SOL, chain: base} | the asset "SOL" is not known on base
          {sell: 1 ETH, for: USDC, chain: solana} | the asset "ETH" is not known on solana
          {sell: 1 USDC, for: usdc, chain: base} | USDC is swapped for itself
          {sell: 0 USDC, for: ETH, chain: base} | the amount is zero
          """)
  void a_bad_swap_is_refused(String yaml, String words) {
    isRefused(with(SWAPS, "- swaps: " + yaml), 89, words);
  }

  @Test
  void goals_without_one_are_refused() {
    int start = FULL.indexOf("goals:\n");
    String none =
        FULL.substring(0, start) + "goals: {}\n" + FULL.substring(FULL.indexOf("orders:\n"));
    isRefused(none, 84, "there are no goals here");
  }

  @Test
  void a_goal_that_no_planner_could_read_is_refused_at_its_line() {
    isRefused(with("say what is left", "x".repeat(8_001)), 92, "The goal has 8001 characters");
  }
}
