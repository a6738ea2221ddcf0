package org.supercargo.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.engine.file.Given.ADDRESSES;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.intent.Intent;
import org.supercargo.engine.file.MandateCase.Expected;

/// Tables of cases: read, judged in order, and missed when the mandate says something else.
final class MandateCasesTest {
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

  private static final AgentFile AGENT =
      Given.parse(
          """
          agent: captain
          purpose: It pays the crew and trades.
          plugins: wallet
          wallets: {solana: main, base: main}
          address-book:
            alice: {solana: solana-alice, base: base-alice}
            bob: {solana: solana-bob}
            me: {base: "0x00000000000000000000000000000000000000Aa"}
            home: {delivery: "1 Quay Street"}
          mandate:
            expires: 2028-12-31
            fees:
              solana: {per-transaction: 0.01 SOL, rolling: 0.2 SOL per 24h}
              base: {per-transaction: 0.001 ETH, rolling: 0.02 ETH per 24h}
            valuations: {USDC: 1}
            quote-age: 5m
            limits: {rolling: $500 per 24h}
            approvers: {ops: "%s", cfo: "%s"}
            rules:
              - name: crew
                allow: transfer
                chains: [solana, base]
                assets: USDC
                payees: [alice, bob]
                per-transaction: 25 USDC
                rolling: [60 USDC per 24h, 40 USDC per 24h per payee]
                count: 5 per 24h
              - name: large
                approve: transfer
                chains: solana
                assets: USDC
                payees: [alice]
                above: 25 USDC
                per-transaction: 200 USDC
                rolling: 300 USDC per 7d
                by: [ops, cfo]
                quorum: 2
                delay: 10m
                lapse: 2h
              - name: trade
                allow: swap
                chains: base
                assets: USDC
                buys: ETH
                contracts: base-router
                per-transaction: 100 USDC
                share-of-balance: 10%%
                maximum-slippage: 1%%
              - name: claim
                allow: call
                chains: base
                assets: ETH
                contracts: base-rewards
                functions: ["claim(address)"]
                arguments: {0: me}
                per-transaction: 0.1 ETH
              - name: data
                allow: payment
                chains: base
                assets: USDC
                hosts: api.example.com
                per-transaction: 1 USDC
              - name: coffee
                allow: order
                payees: home
                shops: roastery
                products: {beans: 4}
                per-transaction: $60
                amount-from: owner
          """
              .formatted(Given.OPS, Given.CFO));

  private static List<CaseResult> run(String text) {
    return MandateCases.parse("table.yaml", text.getBytes(UTF_8), AGENT, ADDRESSES, NOW)
        .run(AGENT.spec().mandate());
  }

  private static CaseResult one(String row) {
    return run("cases:\n  - { " + row + " }\n").getFirst();
  }

  private static void isAsExpected(String table) {
    assertThat(run(table))
        .isNotEmpty()
        .allSatisfy(result ->
            assertThat(result.misses())
                .as("line %d: %s", result.row().line(), result.reason())
                .isEmpty());
  }

  @Test
  void every_kind_of_intent_can_be_told() {
    List<CaseResult> results =
        run(
            """
            prices: { USDC: 1, ETH: 2500 }
            balances: { USDC: 1000 }
            cases:
              - { task: a, transfer: 25 USDC, to: alice, chain: solana, memo: "invoice 7" }
              - { task: b, swap: 100 USDC, for: 0.0397 ETH }
              - { task: c, payment: 0.5 USDC, host: api.example.com, to: base-host, resource: /v1 }
              - { task: d, order: $54, shop: roastery, items: [3 beans], to: home, amount-from: owner }
              - { task: e, call: "claim(address)", contract: base-rewards, arguments: [me], value: 0.01 ETH }
            """);
    assertThat(results)
        .extracting(result -> result.row().intent() == null ? "" : summary(result))
        .containsExactly(
            "pay 25 USDC to alice on solana",
            "swap 100 USDC for at least 0.0397 ETH on uniswap-v3",
            "pay 0.5 USDC to api.example.com for /v1 on base",
            "order 3 beans from roastery to home for at most 54 USD",
            "call claim(address) of base-rewards on base");
    assertThat(results).extracting(CaseResult::said).containsOnly(Expected.ALLOW);
    assertThat(results)
        .extracting(CaseResult::rule)
        .containsExactly("crew", "trade", "data", "coffee", "claim");
    var call = java.util.Objects.requireNonNull((Intent.Call) results.getLast().row().intent());
    assertThat(call.spends()).isEqualTo(call.value());
    assertThat(call.arguments()).containsExactly("0x00000000000000000000000000000000000000aa");
  }

  private static String summary(CaseResult result) {
    Intent intent = result.row().intent();
    return intent == null ? "" : intent.summary();
  }

  @Test
  void a_task_should_be_allowed_and_an_attack_or_slip_refused_unless_a_row_says_otherwise() {
    assertThat(one("task: a, transfer: 25 USDC, to: bob").misses()).isEmpty();
    assertThat(one("task: a, transfer: 26 USDC, to: bob").misses())
        .containsExactly("expected allow, said deny");
    assertThat(one("attack: a, transfer: 26 USDC, to: bob").misses()).isEmpty();
    assertThat(one("slip: a, transfer: 25 USDC, to: bob").misses())
        .containsExactly("expected deny, said allow");
    assertThat(one("task: a, transfer: 26 USDC, to: alice, chain: solana").misses())
        .containsExactly("expected allow, said approve");
    assertThat(one("case: a, transfer: 26 USDC, to: bob, expect: deny").misses()).isEmpty();
  }

  @Test
  void a_row_can_ask_for_the_rule_and_the_reason() {
    String row = "attack: a, transfer: 26 USDC, to: bob";
    assertThat(one(row + ", rule: default deny, because: more than 25 USDC").misses()).isEmpty();
    assertThat(one(row + ", rule: limits").misses())
        .containsExactly("expected rule \"limits\", \"default deny\" decided");
    assertThat(one(row + ", because: it is late").misses())
        .containsExactly("expected because \"it is late\"");
    assertThat(one(row).remedies()).containsExactly("spend at most 25 USDC per transaction");
  }

  @Test
  void what_one_row_spends_counts_in_the_windows_of_those_after_it() {
    isAsExpected(
        """
        week: 2027-03-01
        cases:
          - { task: first, at: Mon 09:00, transfer: 25 USDC, to: alice, chain: solana }
          - { task: second, at: Mon 10:00, transfer: 15 USDC, to: alice, chain: base }
          - { slip: one base unit too many on the first chain, at: Mon 11:00, transfer: 15.000001 USDC, to: alice, chain: solana, because: for each payee }
          - { task: the last of hers, at: Mon 11:00, transfer: 15 USDC, to: alice, chain: solana }
          - { task: the last of all, at: Mon 11:00, transfer: 20 USDC, to: bob }
          - { slip: nothing is left, at: Mon 11:00, transfer: 0.000001 USDC, to: bob, because: left of 60 USDC }
          - { slip: a moment before the first leaves the window, at: "2027-03-02T08:59:59Z", transfer: 1 USDC, to: bob, because: left of 60 }
          - { slip: the first counts for its whole window, at: Tue 09:00, transfer: 1 USDC, to: bob }
          - { task: a second later it does not, at: "2027-03-02T09:00:01Z", transfer: 20 USDC, to: bob }
        """);
  }

  @Test
  void a_refused_row_spends_nothing_and_a_row_can_happen_many_times() {
    List<CaseResult> results =
        run(
            """
            cases:
              - { slip: too much, transfer: 26 USDC, to: bob, times: 100 }
              - { task: five small ones, transfer: 1 USDC, to: bob, times: 5 }
              - { attack: a sixth, transfer: 1 USDC, to: bob, because: 5 were allowed before }
            """);
    assertThat(results).allMatch(CaseResult::isAsExpected);
    assertThat(one("task: six, transfer: 1 USDC, to: bob, times: 6").misses())
        .containsExactly("expected allow, said deny");
  }

  @Test
  void a_proposal_that_waits_holds_its_budget_until_it_lapses() {
    isAsExpected(
        """
        week: 2027-03-01
        cases:
          - { case: asked, at: Mon 09:00, transfer: 200 USDC, to: alice, chain: solana, expect: approve, rule: large }
          - { case: no room for two, at: Mon 10:00, transfer: 200 USDC, to: alice, chain: solana, expect: deny, because: left of 300 }
          - { case: it lapsed after two hours, at: Mon 11:00, transfer: 200 USDC, to: alice, chain: solana, expect: approve }
        """);
  }

  @Test
  void approvals_are_stated_with_how_long_ago_they_were_given() {
    String row = "case: a, transfer: 50 USDC, to: alice, chain: solana, approved-by: ";
    assertThat(one(row + "{ ops: 1h }, expect: approve, because: 1 of cfo").misses()).isEmpty();
    assertThat(one(row + "{ ops: 1h, cfo: 9m }, expect: approve, because: the delay").misses())
        .isEmpty();
    CaseResult met = one(row + "{ ops: 1h, cfo: 10m }, expect: allow");
    assertThat(met.misses()).isEmpty();
    assertThat(met.approved()).isTrue();
    assertThat(one("task: a, transfer: 5 USDC, to: bob").approved()).isFalse();
  }

  @Test
  void facts_of_the_table_hold_for_rows_that_say_none_of_their_own() {
    String table =
        """
        prices: { USDC: 1, ETH: 2500 }
        price-age: 1m
        balances: { USDC: 1000 }
        cases:
          - { %s, swap: 100 USDC, for: 0.04 ETH %s }
        """;
    isAsExpected(table.formatted("task: a", ""));
    isAsExpected(
        table
            .formatted("attack: a", ", prices: { USDC: 1, ETH: 2600 }")
            .replace("0.04 ETH", "0.038 ETH"));
    isAsExpected(table.formatted("attack: a", ", price-age: 6m, because: no independent price"));
    isAsExpected(table.formatted("attack: a", ", balances: { USDC: 999 }, because: 10 % of"));
    isAsExpected(table.formatted("attack: a", ", balances: { ETH: 5 }, because: not known"));
  }

  @Test
  void what_was_spent_before_can_be_stated_for_one_row() {
    String row = "transfer: 25 USDC, to: bob, spent: ";
    assertThat(one("task: a, " + row + "{ crew: 15 USDC }").misses()).isEmpty();
    assertThat(one("slip: a, " + row + "{ crew: [10 USDC, 10 USDC] }, because: left of").misses())
        .isEmpty();
    assertThat(one("slip: a, " + row + "{ crew: 5 }, because: 5 were allowed").misses()).isEmpty();
    assertThat(one("slip: a, " + row + "{ limits: $476 }, rule: limits").misses()).isEmpty();
    assertThat(one("slip: a, " + row + "{ fees: 0.191 SOL }, rule: fees").misses()).isEmpty();
  }

  @Test
  void addresses_that_are_not_the_owners_words_say_so() {
    String row = "transfer: 5 USDC, to: solana-mallory, chain: solana";
    assertThat(one("attack: a, " + row + ", payee-from: tool, rule: payee provenance").misses())
        .isEmpty();
    assertThat(one("slip: a, " + row + ", rule: default deny").misses()).isEmpty();
    assertThat(one("task: a, transfer: 5 USDC, to: solana-bob, chain: solana").misses()).isEmpty();
  }

  @Test
  void words_that_name_nothing_to_propose_are_told_as_such() {
    CaseResult result = one("slip: a, transfer: \"1,000 USDC\", to: bob, expect: unreadable");
    assertThat(result.isAsExpected()).isTrue();
    assertThat(result.said()).isEqualTo(Expected.UNREADABLE);
    assertThat(result.rule()).isEqualTo("-");
    assertThat(result.reason()).contains("a comma could mean");
    assertThat(one("slip: a, transfer: 1 USDC, to: bob, expect: unreadable").misses())
        .containsExactly("expected unreadable, said allow");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'transfer: 5 USDC, to: bob' | exactly one of task, attack, slip, case
          'task: a, attack: b, transfer: 5 USDC, to: bob' | exactly one of task, attack, slip, case
          'case: a, transfer: 5 USDC, to: bob' | the key "expect" is missing
          'task: a' | exactly one of transfer, swap, call, payment, order
          'task: a, transfer: 5 USDC, swap: 5 USDC, to: bob' | exactly one of transfer, swap
          'task: a, transfer: 5 USDC' | the key "to" is missing
          'task: a, transfer: 5 USDC, to: mallory' | Say on which chain
          'task: a, transfer: 5 USDC, to: alice' | USDC is on solana, base
          'task: a, transfer: 5 USDC, to: bob, chain: base' | bob has no address on base
          'task: a, transfer: 5 USDC, to: bob, chain: mars' | "mars" is not a chain
          'task: a, transfer: 5, to: bob' | is not an amount with its asset
          'task: a, transfer: 5 DOGE, to: bob' | "DOGE" is not known to this agent
          'task: a, transfer: 5 USDC, to: bob, tot: alice' | there is no key "tot" here
          'task: a, transfer: 5 USDC, to: bob, expect: maybe' | "maybe" cannot be expected
          'task: a, transfer: 5 USDC, to: bob, at: soon' | "soon" is not a time
          'task: a, transfer: 5 USDC, to: bob, at: Mon 09:00' | nothing says in which week
          'task: a, transfer: 5 USDC, to: bob, at: "2020-01-01T00:00:00Z"' | before the one above it
          'task: a, transfer: 5 USDC, to: bob, times: 0' | "0" is not a whole number
          'task: a, transfer: 5 USDC, to: bob, spent: { crews: 5 USDC }' | nothing is counted under "crews"
          'task: a, transfer: 5 USDC, to: bob, payee-from: space' | "space" is no origin
          'task: a, order: 54 USDC, shop: roastery, items: 3 beans, to: home' | is not an amount of dollars
          'task: a, order: $54, shop: roastery, items: beans, to: home' | is not a number and a product
          'task: a, order: $54, shop: roastery, items: 3 beans, to: alice' | alice has no address for deliveries
          'task: a, payment: 1 USDC, host: "api.example.com:443", to: base-x' | is not the name of a host
          """)
  void a_row_that_says_nothing_clear_is_refused_with_its_line(String row, String words) {
    assertThatThrownBy(() -> one(row))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.what()).startsWith("table.yaml:2 cases[0]");
              assertThat(refusal.what() + " " + refusal.advice()).contains(words);
            });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'cases: []' | the list is empty
          'case: []' | there is no key "case" here; did you mean "cases"?
          'week: 2027-03-01' | the key "cases" is missing
          """)
  void a_table_that_is_none_is_refused(String text, String words) {
    assertThatThrownBy(() -> run(text))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(words);
  }

  @Test
  void a_week_begins_on_a_monday_and_times_are_those_of_its_zone() {
    assertThatThrownBy(() -> run("week: 2027-03-02\ncases: [{task: a, transfer: 5 USDC, to: bob}]"))
        .hasMessageContaining("\"2027-03-02\" is not the date of a Monday");
    List<CaseResult> results =
        run(
            """
            week: 2027-03-22
            zone: Europe/Berlin
            cases:
              - { task: a, transfer: 1 USDC, to: bob }
              - { task: b, at: Sat 12:00, transfer: 1 USDC, to: bob }
              - { task: c, at: Mon of week 2 12:00, transfer: 1 USDC, to: bob }
              - { task: d, transfer: 2 USDC, to: bob }
            """);
    assertThat(results)
        .extracting(result -> result.row().at().toString())
        .as("winter time, summer time, and the time of the row before")
        .containsExactly(
            "2027-03-21T23:00:00Z",
            "2027-03-27T11:00:00Z",
            "2027-03-29T10:00:00Z",
            "2027-03-29T10:00:00Z");
  }
}
