package org.supercargo.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Rule;

final class AgentFileTest {
  /// Each address of a test says itself which chain it is on.
  private static final AddressReader ADDRESSES =
      (chain, text) -> {
        if (!text.startsWith(chain.name() + "-")) {
          throw SupercargoException.user(
              text + " is no address on " + chain.name(), "Give one of " + chain.name() + ".");
        }
        return new Address(chain, text);
      };

  private static final String GOOD =
      """
      agent: captain
      purpose: It pays the crew and trades.
      model: {backend: deepseek, name: deepseek-chat}
      plugins: [wallet, uniswap]
      wallets:
        solana: main
        base: trading_key-2
      assets:
        - {symbol: BONK, chain: solana, address: solana-bonk, decimals: 5}
      address-book:
        Alice: {solana: solana-alice, base: base-alice}
        bob: {base: base-bob}
      mandate:
        expires: 2027-12-31T18:00:00Z
        fees: {solana: 0.01 SOL, base: 0.001 ETH}
        valuations: {USDC: 1, ETH: $2500.50, SOL: 100}
        rules:
          - name: crew
            allow: transfer
            chains: [solana, base]
            assets: [USDC, SOL]
            payees: [alice, BOB]
            per-transaction: [10 USDC, 1 SOL]
            rolling: [40 USDC per 24h, $25.5 per 90m, 100 USDC per 7d]
          - name: trade
            approve: swap
            chains: base
            assets: USDC
            buys: [ETH, WETH]
            contracts: [base-router]
            per-transaction: $50
            maximum-loss: 2.5%
          - name: never
            deny: [transfer, swap]
            chains: solana
            assets: BONK
      limits: {model-calls: 10, repeats: 2, wall-time: 90s}
      """;

  private static AgentFile parse(String text) {
    return AgentFile.parse("captain.yaml", text.getBytes(StandardCharsets.UTF_8), ADDRESSES);
  }

  @Test
  void a_full_file_is_read_to_the_last_value() {
    AgentSpec spec = parse(GOOD).spec();
    assertThat(spec.id()).isEqualTo(new AgentId("captain"));
    assertThat(spec.purpose()).isEqualTo("It pays the crew and trades.");
    assertThat(spec.model()).isEqualTo(new ModelSpec("deepseek", "deepseek-chat"));
    assertThat(spec.plugins()).containsExactly("wallet", "uniswap");
    assertThat(spec.wallets())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(ChainId.SOLANA, "main", ChainId.BASE, "trading_key-2"));
    assertThat(spec.assets("bonk"))
        .containsExactly(
            new Asset(AssetId.token(new Address(ChainId.SOLANA, "solana-bonk")), "BONK", 5));
    assertThat(spec.assets("usdc"))
        .extracting(Asset::chain)
        .containsExactly(ChainId.SOLANA, ChainId.BASE);
    assertThat(spec.addressBook().names()).containsExactly("alice", "bob");
    assertThat(spec.addressBook().find("alice", ChainId.BASE))
        .contains(new Address(ChainId.BASE, "base-alice"));
    assertThat(spec.limits()).isEqualTo(new TickLimits(10, 2, Duration.ofSeconds(90)));
  }

  @Test
  void the_mandate_is_read_with_every_bound_it_sets() {
    AgentSpec spec = parse(GOOD).spec();
    var mandate = spec.mandate();
    assertThat(mandate.expires()).isEqualTo(Instant.parse("2027-12-31T18:00:00Z"));
    assertThat(mandate.feeCeilings())
        .containsEntry(ChainId.SOLANA, amount(spec, "0.01", "SOL", ChainId.SOLANA))
        .containsEntry(ChainId.BASE, amount(spec, "0.001", "ETH", ChainId.BASE));
    assertThat(mandate.valuations().usdPerUnit())
        .hasSize(4)
        .hasEntrySatisfying(
            AssetId.nativeOf(ChainId.BASE),
            price -> assertThat(price).isEqualByComparingTo(new BigDecimal("2500.5")));
    assertThat(mandate.rules()).extracting(Rule::name).containsExactly("crew", "trade", "never");

    Rule crew = mandate.rules().get(0);
    assertThat(crew.decision()).isEqualTo(Rule.Decision.ALLOW);
    assertThat(crew.kinds()).containsExactly(Intent.Kind.TRANSFER);
    Amount tenOnSolana = amount(spec, "10", "USDC", ChainId.SOLANA);
    Amount tenOnBase = amount(spec, "10", "USDC", ChainId.BASE);
    assertThat(crew.conditions())
        .contains(
            new Condition.OnChain(Set.of(ChainId.SOLANA, ChainId.BASE)),
            new Condition.Pays(
                List.of(
                    payee("alice", ChainId.SOLANA, "solana-alice"),
                    payee("alice", ChainId.BASE, "base-alice"),
                    payee("BOB", ChainId.BASE, "base-bob"))),
            new Condition.PerTransaction(tenOnSolana),
            new Condition.PerTransaction(tenOnBase),
            new Condition.Rolling(amount(spec, "40", "USDC", ChainId.BASE), Duration.ofHours(24)),
            new Condition.UsdRolling(Amount.parse("25.5", Asset.USD), Duration.ofMinutes(90)),
            new Condition.Rolling(amount(spec, "100", "USDC", ChainId.SOLANA), Duration.ofDays(7)));

    Rule trade = mandate.rules().get(1);
    assertThat(trade.decision()).isEqualTo(Rule.Decision.APPROVE);
    assertThat(trade.conditions())
        .contains(
            new Condition.Contracts(Set.of(new Address(ChainId.BASE, "base-router"))),
            new Condition.UsdPerTransaction(Amount.parse("50", Asset.USD)),
            new Condition.MaximumLoss(new BigDecimal("2.5")));
    assertThat(mandate.rules().get(2).kinds())
        .containsExactlyInAnyOrder(Intent.Kind.TRANSFER, Intent.Kind.SWAP);
  }

  private static Amount amount(AgentSpec spec, String number, String symbol, ChainId chain) {
    return Amount.parse(
        number,
        spec.assets(symbol).stream()
            .filter(asset -> asset.chain().equals(chain))
            .findFirst()
            .orElseThrow());
  }

  private static Payee payee(String name, ChainId chain, String address) {
    return new Payee(name, new Address(chain, address), Provenance.MANDATE);
  }

  @Test
  void what_a_file_leaves_out_has_the_documented_default() {
    AgentSpec spec =
        parse(
                """
                agent: captain
                purpose: It watches.
                plugins: wallet
                wallets: {solana: main}
                mandate:
                  expires: 2027-12-31
                  fees: {solana: 0.01 SOL}
                  rules:
                    - {name: none, deny: transfer, chains: solana}
                """)
            .spec();
    assertThat(spec.model()).isEqualTo(new ModelSpec("offline", ""));
    assertThat(spec.limits()).isEqualTo(TickLimits.DEFAULT);
    assertThat(spec.addressBook().names()).isEmpty();
    assertThat(spec.mandate().expires()).isEqualTo(Instant.parse("2027-12-31T00:00:00Z"));
  }

  @Test
  void any_changed_byte_of_the_file_changes_its_digest() {
    String digest = parse(GOOD).digest();
    assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(parse(GOOD).digest());
    assertThat(parse(GOOD + "# harmless\n").digest()).isNotEqualTo(digest);
  }

  @Test
  void a_file_that_is_not_there_is_named(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("captain.yaml");
    assertThatThrownBy(() -> AgentFile.read(file, ADDRESSES))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("captain.yaml");
    Files.writeString(file, GOOD);
    assertThat(AgentFile.read(file, ADDRESSES)).isEqualTo(parse(GOOD));
  }

  /// The good file with one line replaced: what was there, what is there now, the line that must be
  /// named, and words of the complaint.
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "(nothing)",
      textBlock =
          """
          agent: captain | agent: Captain Hook | 1 | "Captain Hook" is not an agent name
          agent: captain | agent: | 1 | a value is missing
          agent: captain | name: captain | 1 | there is no key "name" here
          agent: captain | agnet: captain | 1 | there is no key "agnet" here
          model: {backend: deepseek, name: deepseek-chat} | model: {name: x} | 3 | the key "backend" is missing
          model: {backend: deepseek, name: deepseek-chat} | model: {backend: x, key: secret} | 3 | there is no key "key" here
          plugins: [wallet, uniswap] | plugins: [] | 4 | the list is empty
          plugins: [wallet, uniswap] | plugins: | 4 | a value is missing
          '  solana: main' | '  polygon: main' | 6 | "polygon" is not a chain known here
          '  solana: main' | '  solana: ../main' | 6 | "../main" is not a key name
          '  solana: main' | '  eip155:8453: main' | 7 | "base" is given twice under two spellings
          '  base: trading_key-2' | '  solana: trading_key-2' | 7 | the key "solana" is given twice
          decimals: 5} | decimals: 37} | 9 | "37" is not a whole number from 0 to 36
          decimals: 5} | decimals: five} | 9 | "five" is not a whole number from 0 to 36
          address: solana-bonk | address: base-bonk | 9 | base-bonk is no address on solana
          symbol: BONK | symbol: usdc | 9 | is already known on solana
          symbol: BONK | symbol: 1BONK | 9 | "1BONK" is not an asset symbol
          Alice: {solana: solana-alice, base: base-alice} | Alice: {solana: base-alice} | 11 | base-alice is no address on solana
          Alice: {solana: solana-alice, base: base-alice} | Alice Smith: {solana: solana-alice} | 11 | is not a name for the address book
          'bob: {base: base-bob}' | 'alice: {base: base-bob}' | 12 | "alice" is given twice under two spellings
          'bob: {base: base-bob}' | 'bob: {base: base-bob, eip155:8453: base-eve}' | 12 | "eip155:8453" is given twice
          expires: 2027-12-31T18:00:00Z | expires: soon | 14 | "soon" is not a date
          expires: 2027-12-31T18:00:00Z | expires: 2027-02-30 | 14 | "2027-02-30" is not a date
          'solana: 0.01 SOL,' | 'solana: 0.01 USDC,' | 15 | fees on solana are not paid in USDC
          'solana: 0.01 SOL,' | 'solana: 0.0000000001 SOL,' | 15 | SOL has 9 decimals
          'solana: 0.01 SOL,' | 'solana: $1,' | 15 | fees on solana are not paid in USD
          'solana: 0.01 SOL,' | 'solana: 0.01,' | 15 | "0.01" is not an amount
          'solana: 0.01 SOL,' | 'solana: 0.01 ETH,' | 15 | the asset "ETH" is not known on the chains of this rule
          'base: 0.001 ETH}' | 'base: 0.001 ETH, eip155:8453: 9 ETH}' | 15 | "eip155:8453" is given twice
          'SOL: 100}' | 'SOL: 1e2}' | 16 | scientific notation is not accepted
          'SOL: 100}' | 'DOGE: 100}' | 16 | the asset "DOGE" is not known
          'SOL: 100}' | 'sol: 100, SOL: 90}' | 16 | "SOL" is given twice under two spellings
          allow: transfer | allow: everything | 19 | "everything" is not a kind of intent
          allow: transfer | name2: transfer | 19 | there is no key "name2" here
          '      chains: [solana, base]' | '      chains: []' | 20 | the list is empty
          '      chains: [solana, base]' | '      chains: [solana, mars]' | 20 | "mars" is not a chain known here
          assets: [USDC, SOL] | assets: [USDC, GOLD] | 21 | the asset "GOLD" is not known on the chains of this rule
          assets: [USDC, SOL] | assets: [] | 21 | the list is empty
          payees: [alice, BOB] | payees: [] | 22 | the list is empty
          payees: [alice, BOB] | payees: | 22 | a value is missing
          payees: [alice, BOB] | payees: [alice, mallory] | 22 | "mallory" is not in the address book
          payees: [alice, BOB] | payees: [solana-alice] | 22 | "solana-alice" is not in the address book
          per-transaction: [10 USDC, 1 SOL] | per-transaction: [10] | 23 | "10" is not an amount
          per-transaction: [10 USDC, 1 SOL] | per-transaction: [-1 USDC] | 23 | it is negative
          per-transaction: [10 USDC, 1 SOL] | per-transaction: ['1,000 USDC'] | 23 | a comma could mean
          rolling: [40 USDC per 24h, $25.5 per 90m, 100 USDC per 7d] | rolling: 40 USDC | 24 | "40 USDC" is not a rolling cap
          rolling: [40 USDC per 24h, $25.5 per 90m, 100 USDC per 7d] | rolling: 40 USDC per 0h | 24 | the window 0h is out of range
          rolling: [40 USDC per 24h, $25.5 per 90m, 100 USDC per 7d] | rolling: 40 USDC per 401d | 24 | out of range
          rolling: [40 USDC per 24h, $25.5 per 90m, 100 USDC per 7d] | rolling: 40 USDC per 1w | 24 | is not a rolling cap
          name: trade | name: crew | 25 | two rules are called "crew"
          contracts: [base-router] | contracts: [solana-router] | 30 | solana-router is no address on base
          maximum-loss: 2.5% | maximum-loss: 101% | 32 | "101%" is not a share
          maximum-loss: 2.5% | maximum-loss: 2.5 | 32 | "2.5" is not a share
          model-calls: 10 | model-calls: 0 | 37 | "0" is not a whole number from 1 to 200
          model-calls: 10 | model-calls: 201 | 37 | "201" is not a whole number from 1 to 200
          wall-time: 90s | wall-time: 0s | 37 | "0s" is not a length of time
          wall-time: 90s | wall-time: forever | 37 | "forever" is not a length of time
          """)
  void a_bad_line_is_named_with_what_is_wrong(String good, String bad, int line, String words) {
    assertThat(GOOD).as("the good file").contains(good);
    assertThatThrownBy(
            () -> parse(GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad))))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.what()).startsWith("captain.yaml:" + line).contains(words);
              assertThat(refusal.advice()).as("what to do").isNotBlank();
            });
  }

  /// What is missing is complained about where it should be: at the rule or mapping around it.
  @ParameterizedTest(name = "without {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'purpose: It pays the crew and trades.' | the key "purpose" is missing
          'plugins: [wallet, uniswap]' | the key "plugins" is missing
          '  expires: 2027-12-31T18:00:00Z' | the key "expires" is missing
          '  fees: {solana: 0.01 SOL, base: 0.001 ETH}' | the key "fees" is missing
          '      allow: transfer' | a rule needs exactly one of allow, approve and deny
          '      chains: [solana, base]' | the key "chains" is missing
          '      assets: [USDC, SOL]' | the rule names no assets
          '      payees: [alice, BOB]' | the rule allows transfers and names no payees
          '      buys: [ETH, WETH]' | does not name buys, contracts and maximum-loss
          '      contracts: [base-router]' | does not name buys, contracts and maximum-loss
          '      maximum-loss: 2.5%' | does not name buys, contracts and maximum-loss
          '      per-transaction: $50' | the rule sets no cap for
          """)
  void a_bound_that_is_left_out_never_means_everything(String line, String words) {
    assertThat(GOOD).as("the good file").contains(line + "\n");
    assertThatThrownBy(() -> parse(GOOD.replace(line + "\n", "")))
        .isInstanceOf(SupercargoException.class)
        .hasMessageStartingWith("captain.yaml:")
        .hasMessageContaining(words);
  }

  @Test
  void an_asset_without_a_cap_of_its_own_or_in_dollars_is_refused() {
    String uncapped =
        GOOD.replace("per-transaction: [10 USDC, 1 SOL]", "per-transaction: [10 USDC]")
            .replace("$25.5 per 90m, ", "");
    assertThatThrownBy(() -> parse(uncapped))
        .hasMessageContaining("the rule sets no cap for " + AssetId.nativeOf(ChainId.SOLANA));
  }

  @Test
  void a_cap_on_a_rule_that_forbids_is_refused_because_it_would_pass_large_sums() {
    String capped = GOOD.replace("assets: BONK", "assets: BONK\n      per-transaction: 5 BONK");
    assertThatThrownBy(() -> parse(capped))
        .hasMessageContaining("a rule that forbids cannot have a cap");
  }

  @Test
  void two_decisions_in_one_rule_are_one_too_many() {
    assertThatThrownBy(
            () -> parse(GOOD.replace("allow: transfer", "allow: transfer\n      deny: swap")))
        .hasMessageContaining("a rule needs exactly one of allow, approve and deny");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | is empty
          '# only a comment' | is empty
          'just text' | this must be a mapping
          '[a, list]' | this must be a mapping
          'agent: [unclosed' | this is not YAML
          'agent: "unclosed' | this is not YAML
          '&a [*a]' | YAML
          """)
  void what_is_no_agent_file_at_all_is_refused(String text, String words) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aliases_and_second_documents_are_refused_rather_than_expanded() {
    assertThatThrownBy(() ->
            parse(
                GOOD.replace("[wallet, uniswap]", "&p [wallet, uniswap]")
                    .replace("assets: [USDC, SOL]", "assets: *p")))
        .isInstanceOf(SupercargoException.class);
    assertThatThrownBy(() -> parse(GOOD + "---\nagent: second\n"))
        .isInstanceOf(SupercargoException.class);
  }

  @Test
  void an_unknown_key_brings_the_nearest_known_one_first() {
    assertThatThrownBy(() -> parse(GOOD.replace("purpose:", "porpoise:")))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> assertThat(refusal.advice()).startsWith("Known keys: purpose"));
  }
}
