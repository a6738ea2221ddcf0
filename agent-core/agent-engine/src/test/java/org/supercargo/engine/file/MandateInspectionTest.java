package org.supercargo.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A quiet file, and one change after the other that its owner would hardly mean.
final class MandateInspectionTest {
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

  private static final String QUIET =
      """
      agent: captain
      purpose: It pays the crew and trades.
      plugins: wallet
      wallets: {solana: main, base: main}
      assets:
        - {symbol: BONK, chain: solana, address: solana-bonk, decimals: 5}
      address-book:
        alice: {solana: solana-AAAA1111-alice, base: base-alice}
        bob: {solana: solana-BBBB2222-bob}
        me: {base: "0x00000000000000000000000000000000000000aa"}
        home: {delivery: "1 Quay Street"}
      mandate:
        expires: 2027-12-31
        fees:
          solana: {per-transaction: 0.01 SOL, rolling: 0.2 SOL per 24h}
          base: {per-transaction: 0.001 ETH, rolling: 0.02 ETH per 24h}
        valuations: {USDC: 1, ETH: 3000}
        quote-age: 5m
        limits: {rolling: [$500 per 24h, 400 USDC per 24h], count: 50 per 24h}
        approvers: {ops: "%s"}
        rules:
          - name: crew
            allow: transfer
            chains: solana
            assets: USDC
            payees: [alice, bob]
            per-transaction: 10 USDC
            rolling: 40 USDC per 24h
            hours: "Mon-Fri 09:00-17:00 UTC"
          - name: more
            approve: transfer
            chains: solana
            assets: USDC
            payees: [alice, bob]
            above: 10 USDC
            per-transaction: 100 USDC
            by: ops
          - name: trade
            allow: swap
            chains: base
            assets: USDC
            buys: ETH
            contracts: base-router
            per-transaction: 50 USDC
            maximum-loss: 3%%
          - name: claim
            allow: call
            chains: base
            assets: ETH
            contracts: base-rewards
            functions: ["claim(address)"]
            arguments: {0: me}
            per-transaction: 0 ETH
          - name: coffee
            allow: order
            payees: home
            shops: roastery
            products: {beans: 4}
            per-transaction: $60
      """
          .formatted(Given.OPS);

  private static List<Warning> warnings(String text) {
    return MandateInspection.of(Given.parse(text), NOW);
  }

  private static String changed(String good, String bad) {
    assertThat(QUIET).as("the quiet file").contains(good);
    return QUIET.replace(good, bad);
  }

  @Test
  void a_file_that_says_what_it_means_has_no_warnings() {
    assertThat(warnings(QUIET)).isEmpty();
  }

  @Test
  void an_order_that_waits_for_a_balance_nobody_may_ask_for_is_warned_of() {
    String order =
        QUIET
            + """
            orders:
              refill:
                do: refill
                with: {host: api.example.com, amount: 5 USDC, chain: base}
                when: {prepaid: api.example.com, below: $1}
                most: 5
            """;
    assertThat(warnings(order))
        .singleElement()
        .extracting(Warning::what)
        .asString()
        .contains("the order never acts: the mandate names no sign-in to api.example.com");
    assertThat(
            warnings(
                order.replace(
                    "  quote-age: 5m\n", "  quote-age: 5m\n  sign-in: api.example.com\n")))
        .isEmpty();
  }

  /// What was there, what is there now, and words of the one warning.
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expires: 2027-12-31 | expires: 2026-12-31 | the mandate expired at 2026-12-31
          quote-age: 5m | quote-age: 2h | prices count until they are 2h old
          'count: 50 per 24h}' | 'count: 50 per 24h, share-of-balance: 50%}' | a share of the balance refuses every order
          'limits: {rolling: [$500 per 24h, 400 USDC per 24h], count' | 'limits: {rolling: [$500 per 24h, 4 WETH per 24h], count' | a limit bounds WETH, which no rule spends
          'approvers: {ops:' | 'approvers: {cfo: "ed25519:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", ops:' | no rule asks for the approval of cfo
          maximum-loss: 3% | maximum-loss: 30% | may lose 30 %
          maximum-loss: 3% | maximum-slippage: 10.5% | may lose 10.5 %
          'per-transaction: 10 USDC' | 'per-transaction: 45 USDC' | 45 USDC at once is never reached: only 40 USDC is allowed
          'per-transaction: 100 USDC' | 'per-transaction: 450 USDC' | 450 USDC at once is never reached: only 400 USDC is allowed
          'per-transaction: $60' | 'per-transaction: $600' | $600 at once is never reached: only $500 is allowed
          'above: 10 USDC' | 'above: 100 USDC' | nothing is above 100 USDC and at most 100 USDC
          '  rules:\\n' | '  rules:\\n    - {name: gift, allow: transfer, chains: solana, assets: BONK, payees: alice, per-transaction: $5}\\n' | bounds BONK by its price alone
          'by: ops' | 'by: ops\\n      share-of-balance: 100%' | 100 % of a balance is all of it
          'by: ops' | 'by: ops\\n      payee-from: tool' | "more" never applies: no payee that is allowed comes from there
          'by: ops' | 'by: ops\\n      amount-from: mandate' | "more" never applies: no amount that is allowed comes from there
          'base: {per-transaction: 0.001 ETH, rolling: 0.02 ETH per 24h}' | 'base: {per-transaction: 0.001 ETH, rolling: 0.0019 ETH per 24h}' | a swap may take two transactions of 0.001 ETH
          'functions: ["claim(address)"]\\n      arguments: {0: me}' | 'functions: ["claim(address)"]' | argument 0 of claim(address) may be anyone's address
          'functions: ["claim(address)"]\\n      arguments: {0: me}' | 'functions: ["multicall(bytes[])"]' | multicall(bytes[]) hands tokens, rights or control to others
          'contracts: base-rewards' | 'contracts: "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"' | is a token's own contract
          'bob: {solana: solana-BBBB2222-bob}' | 'bob: {solana: solana-bonk}' | the payee bob is also a contract
          'solana-BBBB2222-bob' | 'solana-AAAA9999-alice' | the addresses of alice and bob begin and end alike
          'solana-BBBB2222-bob' | 'solana-AAAA1111-alice' | alice and bob have the same address on solana
          '  home: {delivery' | '  b0b: {solana: solana-CCCC3333-b0b}\\n  home: {delivery' | the names b0b and bob look alike
          '  home: {delivery' | '  burn: {base: "0x0000000000000000000000000000000000000000"}\\n  home: {delivery' | nobody has the key of burn's address
          """)
  void what_is_hardly_meant_is_said(String good, String bad, String words) {
    assertThat(warnings(changed(good.replace("\\n", "\n"), bad.replace("\\n", "\n"))))
        .as("warnings")
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.what()).contains(words);
          assertThat(warning.advice()).isNotBlank();
          assertThat(warning.line()).isPositive();
        });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "0xAAAA999999999999999999999999999999991111, true",
    "0xaaaa999999999999999999999999999999991111, true",
    "0xBBBB000000000000000000000000000000001111, false",
    "0xAAAA000000000000000000000000000000002222, false",
    "0xBBBB000000000000000000000000000000002222, false"
  })
  void addresses_look_alike_when_they_begin_and_end_alike(String address, boolean alike) {
    String text =
        changed("base: base-alice", "base: \"0xAAAA000000000000000000000000000000001111\"")
            .replace("solana-BBBB2222-bob", "solana-BBBB2222-bob, base: \"" + address + "\"");
    assertThat(warnings(text))
        .extracting(Warning::what)
        .isEqualTo(
            alike ? List.of("the addresses of alice and bob begin and end alike") : List.of());
  }

  @Test
  void a_warning_names_the_line_of_what_it_is_about() {
    Warning warning = warnings(changed("maximum-loss: 3%", "maximum-loss: 30%")).getFirst();
    assertThat(QUIET.split("\n", -1)[warning.line() - 1]).contains("maximum-loss: 3%");
  }

  @Test
  void warnings_come_in_the_order_of_their_lines() {
    String both =
        changed("maximum-loss: 3%", "maximum-loss: 30%").replace("2027-12-31", "2026-12-31");
    assertThat(warnings(both)).extracting(Warning::line).isSorted().hasSize(2);
  }

  @Test
  void a_chain_without_wallet_or_fees_is_said_for_each_rule_that_uses_it() {
    assertThat(warnings(changed("wallets: {solana: main, base: main}", "wallets: {base: main}")))
        .extracting(Warning::what)
        .containsExactly(
            "rule \"crew\" applies on solana, where the agent has no wallet",
            "rule \"more\" applies on solana, where the agent has no wallet");
    String fees = "    solana: {per-transaction: 0.01 SOL, rolling: 0.2 SOL per 24h}\n";
    assertThat(warnings(changed(fees, "")))
        .extracting(Warning::what)
        .containsExactly(
            "rule \"crew\" never applies on solana: the mandate sets no fees there",
            "rule \"more\" never applies on solana: the mandate sets no fees there");
  }

  @Test
  void a_cap_in_dollars_needs_something_that_says_what_a_dollar_buys() {
    String valued =
        changed("valuations: {USDC: 1, ETH: 3000}", "valuations: {USDC: 1}")
            .replace("  quote-age: 5m\n", "");
    assertThat(warnings(valued))
        .extracting(Warning::what)
        .containsExactly(
            "rule \"trade\" never applies to ETH: nothing says what it is worth",
            "rule \"claim\" never applies to ETH: nothing says what it is worth");
    String slippage =
        changed("maximum-loss: 3%", "maximum-slippage: 3%").replace("  quote-age: 5m\n", "");
    assertThat(warnings(slippage))
        .singleElement()
        .satisfies(
            warning -> assertThat(warning.what()).contains("without quote-age no price counts"));
  }

  @Test
  void a_rule_that_nothing_bounds_in_number_is_said() {
    String unbounded =
        changed(", 400 USDC per 24h], count: 50 per 24h}", "]}")
            .replace("limits: {rolling: [$500 per 24h]}", "limits: {per-transaction: $500}");
    assertThat(warnings(unbounded))
        .extracting(Warning::what)
        .contains(
            "no limits hold over all rules together",
            "nothing bounds how often rule \"more\" applies",
            "nothing bounds how often rule \"trade\" applies")
        .doesNotContain("nothing bounds how often rule \"crew\" applies");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'deny: transfer' | crew,more
          'deny: [transfer, swap]' | crew,more,trade
          'deny: transfer\\n      chains: [solana, base]' | crew,more
          'deny: transfer\\n      payees: [alice, bob]' | crew,more
          'deny: transfer\\n      payees: alice' | ''
          'deny: transfer\\n      chains: base' | ''
          'deny: transfer\\n      above: 10 USDC' | more
          'deny: transfer\\n      above: 11 USDC' | ''
          'deny: transfer\\n      hours: "Mon-Sun 00:00-24:00 UTC"' | crew
          'deny: transfer\\n      hours: "Mon-Fri 08:00-18:00 UTC"' | crew
          'deny: transfer\\n      hours: "Mon-Fri 10:00-18:00 UTC"' | ''
          'deny: transfer\\n      hours: "Fri-Mon 00:00-24:00 UTC"' | ''
          'deny: call\\n      contracts: base-rewards\\n      chains: base' | claim
          'deny: call\\n      functions: ["exit()"]' | ''
          'deny: order\\n      shops: [roastery, bakery]' | coffee
          'deny: order\\n      shops: bakery' | ''
          """)
  void a_rule_that_is_wholly_forbidden_is_said(String forbids, String covered) {
    String text = QUIET + "    - name: never\n      " + forbids.replace("\\n", "\n") + "\n";
    assertThat(warnings(text))
        .extracting(warning -> warning.what().replaceAll("^rule \"(\\w+)\" never decides.*", "$1"))
        .isEqualTo(covered.isEmpty() ? List.of() : List.of(covered.split(",")));
  }

  @Test
  void an_approval_that_swallows_what_is_free_is_said() {
    assertThat(warnings(changed("      above: 10 USDC\n", "")))
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.what())
              .isEqualTo(
                  "rule \"crew\" never decides: rule \"more\" asks for approval of all of it");
          assertThat(warning.advice()).contains("above: $100");
        });
    assertThat(
            warnings(
                changed("      above: 10 USDC\n", "")
                    .replace("per-transaction: 100 USDC", "per-transaction: 5 USDC")))
        .as("more than the approval covers is still free")
        .isEmpty();
  }

  @Test
  void a_mandate_that_only_forbids_allows_nothing() {
    String text =
        QUIET.substring(0, QUIET.indexOf("    - name: crew"))
            + "    - {name: never, deny: transfer}\n";
    assertThat(warnings(text))
        .extracting(Warning::what)
        .contains("no rule allows anything", "no rule asks for the approval of ops");
  }

  @Test
  void hosts_in_other_letters_are_said() {
    String payment =
        QUIET
            + """
                - name: data
                  allow: payment
                  chains: base
                  assets: USDC
                  hosts: [xn--bcher-kva.example, api.example.com]
                  per-transaction: 1 USDC
            """;
    assertThat(warnings(payment))
        .singleElement()
        .satisfies(warning -> assertThat(warning.what()).startsWith("xn--bcher-kva.example"));
  }
}
