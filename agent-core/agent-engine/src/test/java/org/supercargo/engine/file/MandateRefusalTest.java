package org.supercargo.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.engine.file.Given.FULL;
import static org.supercargo.engine.file.Given.isRefused;
import static org.supercargo.engine.file.Given.parse;
import static org.supercargo.engine.file.Given.with;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// What a mandate must not say, each refused with its place and what to do.
final class MandateRefusalTest {
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expires: 2027-12-31T18:00:00Z | expires: soon | "soon" is not a date
          expires: 2027-12-31T18:00:00Z | expires: 2027-02-30 | "2027-02-30" is not a date
          expires: 2027-12-31T18:00:00Z | expires: 31.12.2027 | is not a date
          expires: 2027-12-31T18:00:00Z | expired: 2027-12-31 | did you mean "expires"?
          'solana: {per-transaction: 0.01 SOL,' | 'solana: {per-transaction: 0.01 USDC,' | fees on solana are not paid in USDC
          'solana: {per-transaction: 0.01 SOL,' | 'solana: {per-transaction: 0.0000000001 SOL,' | SOL has 9 decimals
          'solana: {per-transaction: 0.01 SOL,' | 'solana: {per-transaction: $1,' | fees on solana are not paid in USD
          'solana: {per-transaction: 0.01 SOL,' | 'solana: {per-transaction: 0.01,' | "0.01" is not an amount
          'solana: {per-transaction: 0.01 SOL,' | 'solana: {per-transaction: 0.01 ETH,' | the asset "ETH" is not known on solana
          'solana: {per-transaction: 0.01 SOL,' | 'solana: {per-transaction: 0.3 SOL,' | more than all of them
          'tip: 0.001 SOL' | 'tip: 0.02 SOL' | the tip is part of what one transaction may cost
          'tip: 0.001 SOL, rolling' | 'tips: 0.001 SOL, rolling' | did you mean "tip"?
          'rolling: 0.2 SOL per 24h}' | 'rolling: 0.2 SOL}' | is not a rolling limit of fees
          'rolling: 0.2 SOL per 24h}' | 'rolling: 0.2 SOL per 24h per payee}' | is not a rolling limit of fees
          'rolling: 0.2 SOL per 24h}' | 'rolling: 0.2 SOL per day}' | is not a rolling limit of fees
          ', rolling: 0.2 SOL per 24h}' | '}' | many tiny payments could spend all of a wallet on fees
          '{per-transaction: 0.01 SOL, tip: 0.001 SOL, rolling: 0.2 SOL per 24h}' | 0.01 SOL | need per-transaction and rolling
          '    base: {per-transaction' | '    solana: {per-transaction' | the key "solana" is given twice
          'SOL: 100}' | 'SOL: 1e2}' | scientific notation is not accepted
          'SOL: 100}' | 'SOL: 0}' | valued at nothing
          'SOL: 100}' | 'SOL: -1}' | it is negative
          'SOL: 100}' | 'DOGE: 100}' | the asset "DOGE" is not known
          'SOL: 100}' | 'sol: 100, SOL: 90}' | "SOL" is given twice under two spellings
          quote-age: 5m | quote-age: 0s | the time 0s is out of range
          quote-age: 5m | quote-age: 25h | the time 25h is out of range
          'quote-age: 5m' | 'sign-in: [https://api.venice.ai]' | is not the name of a host
          'quote-age: 5m' | 'sign-in: [api.venice.ai, api.venice.ai]' | given twice
          'quote-age: 5m' | 'sign-in: []' | the list is empty
          'limits: {rolling: [$200' | 'limits: {maximum-loss: 3%, rolling: [$200' | there is no key "maximum-loss" here
          'limits: {rolling: [$200 per 24h, $60 per 1h per asset], lifetime: $5000, count: [100 per 24h, 9000]}' | 'limits: {}' | the limits bound nothing
          'per asset], lifetime' | 'per rule], lifetime' | "per rule" is not known
          'lifetime: $5000,' | 'lifetime: $5000 per 24h,' | is not a cap for life
          'count: [100 per 24h, 9000]' | 'count: []' | the list is empty
          'count: [100 per 24h, 9000]' | 'count: 0' | "0" is not a whole number from 1
          """)
  void a_bad_term_of_the_mandate(String good, String bad, String words) {
    isRefused(with(good, bad), words);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'ops: "ed25519:d75a98' | 'ops: "d75a98' | A person's key begins with ed25519:
          'ops: "ed25519:d75a98' | 'ops: "ed25519:d75a' | neither base58 nor 64 hexadecimal digits
          'cfo: "ed25519:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"' | 'cfo: "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"' | two approvers have the same key
          'cfo: "ed25519:3d' | 'chief officer: "ed25519:3d' | is not the name of an approver
          'by: [ops, cfo]' | 'by: [ops, cto]' | "cto" is no approver of this mandate
          'by: [ops, cfo]' | 'by: []' | the list is empty
          'by: [ops, cfo]' | 'by: [ops, ops]' | given twice
          'quorum: 2' | 'quorum: 3' | "3" is not a whole number from 1 to 2
          'quorum: 2' | 'quorum: 0' | "0" is not a whole number from 1 to 2
          'delay: 10m' | 'delay: 61d' | out of range
          'lapse: 2d' | 'lapse: 0s' | out of range
          """)
  void bad_terms_of_approval(String good, String bad, String words) {
    isRefused(with(good, bad), words);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allow: transfer | allow: everything | "everything" is not a kind of intent
          allow: transfer | allow: [transfer, payment] | lets through several kinds
          allow: transfer | name2: transfer | there is no key "name2" here
          allow: transfer | 'allow: transfer\\n      deny: swap' | exactly one of allow, approve and deny
          'chains: [solana, base]' | 'chains: []' | the list is empty
          'chains: [solana, base]' | 'chains: [solana, mars]' | "mars" is not a chain known here
          'chains: [solana, base]' | 'chains: [solana, solana]' | given twice
          'assets: [USDC, SOL]' | 'assets: [USDC, GOLD]' | the asset "GOLD" is not known on base, solana
          'assets: [USDC, SOL]' | 'assets: []' | the list is empty
          'payees: [alice, BOB]' | 'payees: []' | the list is empty
          'payees: [alice, BOB]' | 'payees:' | a value is missing
          'payees: [alice, BOB]' | 'payees: [alice, mallory]' | "mallory" is not in the address book
          'payees: [alice, BOB]' | 'payees: [solana-alice]' | "solana-alice" is not in the address book
          'payees: [alice, BOB]' | 'payees: [alice, home]' | "home" has no address on the chains of this rule
          'payees: home' | 'payees: bob' | "bob" has no delivery address
          'per-transaction: [10 USDC, 1 SOL]' | 'per-transaction: [10]' | "10" is not an amount
          'per-transaction: [10 USDC, 1 SOL]' | 'per-transaction: [-1 USDC, 1 SOL]' | it is negative
          'per-transaction: [10 USDC, 1 SOL]' | 'per-transaction: [10 USDC, 1 SOL, 5 BONK]' | bounds BONK and does not spend it
          'rolling: [40 USDC per 24h,' | 'rolling: [40 USDC,' | "40 USDC" is not a rolling cap
          'rolling: [40 USDC per 24h,' | 'rolling: [40 USDC per 0h,' | out of range
          'rolling: [40 USDC per 24h,' | 'rolling: [40 USDC per 401d,' | out of range
          'rolling: [40 USDC per 24h,' | 'rolling: [40 USDC per 1w,' | "1w" is not a length of time
          'rolling: [40 USDC per 24h,' | 'rolling: [40 USDC per day,' | is not a rolling cap
          'rolling: [40 USDC per 24h,' | 'rolling: [40 USDC per 24h per asset,' | is of one asset already
          'rolling: [40 USDC per 24h,' | 'rolling: [40 USDC per 24h each,' | is not a rolling cap
          'share-of-balance: 12.5%' | 'share-of-balance: 0%' | "0%" is not a share
          'share-of-balance: 12.5%' | 'share-of-balance: 101%' | "101%" is not a share
          'share-of-balance: 12.5%' | 'share-of-balance: 12.5' | "12.5" is not a share
          'payee-known-for: 24h' | 'payee-known-for: a day' | is not a length of time
          'amount-from: [owner, tool]' | 'amount-from: model' | "model" is no origin a rule can rely on
          'payee-from: mandate' | 'payee-from: memory' | "memory" is no origin a rule can rely on
          'name: trade' | 'name: crew' | two rules are called "crew"
          'name: trade' | 'name: Crew' | two rules are called "Crew"
          'name: trade' | 'name: fees' | the name "fees" is taken
          'name: trade' | 'name: Limits' | the name "Limits" is taken
          'name: trade' | 'name: default deny' | is taken
          'contracts: [base-router]' | 'contracts: [solana-router]' | solana-router is no address on base
          'contracts: [base-router]' | 'contracts: [alice, home]' | "home" has no address on base
          'maximum-loss: 2.5%' | 'maximum-loss: 101%' | "101%" is not a share
          'maximum-slippage: 1%' | 'maximum-slippage: 1' | "1" is not a share
          """)
  void a_bad_rule(String good, String bad, String words) {
    isRefused(with(good, bad.replace("\\n", "\n")), words);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Mon-Fri",
        "09:00-17:00 Europe/Berlin",
        "Mon-Fri 09:00-17:00",
        "Mon-Fri 9:00-17:00 Europe/Berlin",
        "Mon-Fri 09:00-25:00 Europe/Berlin",
        "Mon-Fri 09:00-09:00 Europe/Berlin",
        "Mon-Fri 09:00-17:00 CET",
        "Mon-Fri 09:00-17:00 +01:00",
        "Mon-Fri 09:00-17:00 Etc/GMT+5",
        "Mon-Fri 09:00-17:00 Europe/Atlantis",
        "monday-friday 09:00-17:00 Europe/Berlin",
        "Mon-Wed-Fri 09:00-17:00 Europe/Berlin"
      })
  void hours_that_could_mean_several_things(String hours) {
    isRefused(with("Mon-Fri 09:00-17:00 Europe/Berlin", hours), "mandate.rules[0].hours");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '["claim(address,uint256)", "renew(address,uint256)"]' | '[claim]' | "claim" is not the signature of a function
          '["claim(address,uint256)", "renew(address,uint256)"]' | '["claim(address to,uint256)"]' | is not the signature of a function
          '["claim(address,uint256)", "renew(address,uint256)"]' | '["claim(address,uint)"]' | a parameter without a size
          '["claim(address,uint256)", "renew(address,uint256)"]' | '["claim((address,uint256)"]' | is not the signature of a function
          '["claim(address,uint256)", "renew(address,uint256)"]' | '["claim(address,)"]' | a parameter without a size
          '["claim(address,uint256)", "renew(address,uint256)"]' | '["claim(address,uint256)", "stop()"]' | stop() has no argument 0
          '["claim(address,uint256)", "renew(address,uint256)"]' | '["claim(address,uint256)", "renew(uint256,uint256)"]' | argument 0 is address here and uint256 there
          'arguments: {0: me, 1: [5, 7]}' | 'arguments: {2: me}' | has no argument 2
          'arguments: {0: me, 1: [5, 7]}' | 'arguments: {first: me}' | "first" is not a whole number
          'arguments: {0: me, 1: [5, 7]}' | 'arguments: {0: []}' | the list is empty
          'arguments: {0: me, 1: [5, 7]}' | 'arguments: {0: mallory}' | mallory is no address on base
          'arguments: {0: me, 1: [5, 7]}' | 'arguments: {1: 5.0}' | "5.0" is not a whole number
          'arguments: {0: me, 1: [5, 7]}' | 'arguments: {1: 05}' | "05" is not a whole number
          'functions: ["claim(address,uint256)", "renew(address,uint256)"]' | '' | there are arguments and no functions
          'hosts: [api.example.com, data.example.org]' | 'hosts: ["*.example.com"]' | is not the name of a host
          'hosts: [api.example.com, data.example.org]' | 'hosts: ["https://api.example.com"]' | is not the name of a host
          'hosts: [api.example.com, data.example.org]' | 'hosts: ["api.example.com:443"]' | is not the name of a host
          'hosts: [api.example.com, data.example.org]' | 'hosts: [API.example.com]' | is not the name of a host
          'hosts: [api.example.com, data.example.org]' | 'hosts: [api.example.com, api.example.com]' | given twice
          'hosts: [api.example.com, data.example.org]' | 'hosts: []' | the list is empty
          'products: {espresso-beans: 4, "filters 100": 10}' | 'products: [espresso-beans]' | products need a number
          'products: {espresso-beans: 4, "filters 100": 10}' | 'products: {}' | the list is empty
          'products: {espresso-beans: 4, "filters 100": 10}' | 'products: {espresso-beans: 0}' | "0" is not a whole number
          'shops: [roastery.example]' | 'shops: []' | the list is empty
          """)
  void a_bad_counterparty(String good, String bad, String words) {
    isRefused(with(good, bad), words);
  }

  /// What is left out is complained about at the rule around it.
  @ParameterizedTest(name = "without {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '      allow: transfer' | a rule needs exactly one of allow, approve and deny
          '      chains: [solana, base]' | the key "chains" is missing
          '      assets: [USDC, SOL]' | the rule names no assets
          '      payees: [alice, BOB]' | the rule allows transfers and names no payees
          '      buys: [ETH, WETH]' | does not name buys and contracts
          '      contracts: [base-router]' | does not name buys and contracts
          '      per-transaction: $50' | the rule sets no cap for
          '      by: [ops, cfo]' | does not say whose approval it asks for
          '      quorum: 2' | names 2 approvers and does not say how many are needed
          '      contracts: base-rewards' | does not name contracts and functions
          '      per-transaction: 0 ETH' | the rule sets no cap for
          '      hosts: [api.example.com, data.example.org]' | allows payments and names no hosts
          '      rolling: 1 USDC per 24h per payee' | the rule sets no cap for
          '      payees: home' | the rule allows orders and names no payees
          '      shops: [roastery.example]' | does not name shops and products
          '      products: {espresso-beans: 4, "filters 100": 10}' | does not name shops and products
          '      per-transaction: $60' | the rule sets no cap in dollars
          """)
  void a_bound_that_is_left_out_never_means_everything(String line, String words) {
    assertThat(FULL).as("the full file").contains(line + "\n");
    isRefused(FULL.replace(line + "\n", ""), words);
  }

  @Test
  void a_swap_needs_a_bound_on_what_it_may_lose() {
    String neither =
        FULL.replace("      maximum-loss: 2.5%\n", "").replace("      maximum-slippage: 1%\n", "");
    isRefused(neither, "sets neither maximum-loss nor maximum-slippage");
    assertThat(parse(FULL.replace("      maximum-loss: 2.5%\n", ""))).isNotNull();
    assertThat(parse(FULL.replace("      maximum-slippage: 1%\n", ""))).isNotNull();
  }

  @Test
  void an_asset_without_a_cap_of_its_own_or_in_dollars_is_refused() {
    String uncapped = FULL.replace("[10 USDC, 1 SOL]", "10 USDC").replace("$25.5 per 90m, ", "");
    isRefused(uncapped, "the rule sets no cap for " + AssetId.nativeOf(ChainId.SOLANA));
  }

  /// Each would make the rule skip silently what its owner meant to forbid.
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "per-transaction: 5 BONK",
        "rolling: 5 BONK per 24h",
        "lifetime: 5 BONK",
        "count: 5",
        "share-of-balance: 5%",
        "payee-known-for: 24h",
        "payee-from: owner",
        "amount-from: owner",
        "maximum-loss: 5%",
        "maximum-slippage: 5%"
      })
  void a_rule_that_forbids_has_no_condition_that_a_missing_fact_would_lift(String line) {
    String key = line.substring(0, line.indexOf(':'));
    isRefused(
        with("      assets: BONK\n", "      assets: BONK\n      " + line + "\n"),
        "a rule that forbids cannot have " + key);
  }

  @Test
  void a_rule_that_forbids_cannot_be_slipped_past_by_adding_something() {
    String never = "      deny: [transfer, swap]\n      chains: solana\n      assets: BONK\n";
    isRefused(
        with(never, "      deny: order\n      products: {wine: 1}\n"),
        "a rule that forbids cannot have products");
    isRefused(
        with(
            never,
            """
                  deny: call
                  chains: base
                  functions: ["claim(address)"]
                  arguments: {0: me}
            """),
        "a rule that forbids cannot have arguments");
    isRefused(
        with(never, "      deny: swap\n      chains: base\n      contracts: base-router\n"),
        "cannot tell swaps by their contracts");
    isRefused(with(never, "      deny: [transfer, swap]\n      payees: bob\n"), "about swaps");
    isRefused(with(never, "      deny: [transfer, order]\n      payees: bob\n"), "\"bob\" has no");
    isRefused(with(never, "      deny: [order, swap]\n      chains: base\n"), "about orders");
    assertThat(
            parse(
                with(
                    never,
                    """
                          deny: call
                          chains: base
                          contracts: base-router
                          functions: ["exit()"]
                    """)))
        .isNotNull();
    assertThat(parse(with(never, "      deny: [transfer, swap]\n      above: $500\n"))).isNotNull();
  }

  /// A key that says nothing about a kind would make the rule never apply to it.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '      hosts: [api.example.com, data.example.org]' | payees: alice | ok
          '      hosts: [api.example.com, data.example.org]' | buys: ETH | buys says nothing about payments
          '      hosts: [api.example.com, data.example.org]' | shops: roastery | shops says nothing about payments
          '      shops: [roastery.example]' | chains: base | chains says nothing about orders
          '      shops: [roastery.example]' | assets: USDC | assets says nothing about orders
          '      shops: [roastery.example]' | share-of-balance: 5% | share-of-balance says nothing about orders
          '      buys: [ETH, WETH]' | payees: alice | payees says nothing about swaps
          '      buys: [ETH, WETH]' | payee-from: owner | payee-from says nothing about swaps
          '      payees: [alice, BOB]' | maximum-loss: 3% | maximum-loss says nothing about transfers
          '      payees: [alice, BOB]' | contracts: base-router | contracts says nothing about transfers
          '      payees: [alice, BOB]' | above: $5 | a rule that allows cannot have above
          '      payees: [alice, BOB]' | by: ops | a rule that allows cannot have by
          '      payees: [alice, BOB]' | quorum: 1 | a rule that allows cannot have quorum
          """)
  void a_key_fits_the_kind_and_the_decision(String line, String key, String words) {
    String text = with(line + "\n", line + "\n      " + key + "\n");
    if (words.equals("ok")) {
      assertThat(parse(text)).isNotNull();
    } else {
      isRefused(text, words);
    }
  }

  @Test
  void contracts_are_called_on_evm_chains_only() {
    String onSolana =
        FULL.replace(
                """
                      allow: call
                      chains: base
                      assets: ETH
                      contracts: base-rewards
                """,
                """
                      allow: call
                      chains: solana
                      assets: SOL
                      contracts: solana-rewards
                """)
            .replace("      arguments: {0: me, 1: [5, 7]}\n", "")
            .replace("per-transaction: 0 ETH", "per-transaction: 0 SOL");
    isRefused(onSolana, "contracts are not called on solana");
  }

  @Test
  void contracts_of_two_chains_need_two_rules() {
    isRefused(
        with("approve: swap\n      chains: base", "approve: swap\n      chains: [base, solana]"),
        "contracts need a rule with one chain");
  }

  @Test
  void an_unknown_key_of_a_rule_brings_the_nearest_first() {
    assertThatThrownBy(() -> parse(with("payees: [alice, BOB]", "payee: [alice, BOB]")))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.what()).contains("did you mean \"payees\"?");
              assertThat(refusal.advice()).startsWith("Known keys: payees");
            });
  }
}
