package org.supercargo.engine.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.engine.file.Given.ADDRESSES;
import static org.supercargo.engine.file.Given.FULL;
import static org.supercargo.engine.file.Given.isRefused;
import static org.supercargo.engine.file.Given.parse;
import static org.supercargo.engine.file.Given.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.Planning;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// The parts of an agent file around its mandate.
final class AgentFileTest {
  @Test
  void a_full_file_is_read_to_the_last_value() {
    AgentSpec spec = parse(FULL).spec();
    assertThat(spec.id()).isEqualTo(new AgentId("captain"));
    assertThat(spec.purpose()).isEqualTo("It pays the crew and trades.");
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
    assertThat(spec.addressBook().names()).containsExactly("alice", "bob", "home", "me");
    assertThat(spec.addressBook().find("alice", ChainId.BASE))
        .contains(new Address(ChainId.BASE, "base-alice"));
    assertThat(spec.addressBook().find("home", ChainId.OFF_CHAIN))
        .contains(new Address(ChainId.OFF_CHAIN, "Jane Doe, 1 Quay Street, Port"));
    assertThat(spec.limits()).isEqualTo(new TickLimits(10, 2, Duration.ofSeconds(90)));
    assertThat(spec.owner()).isNull();
  }

  @Test
  void what_a_file_leaves_out_has_the_documented_default() {
    AgentFile file =
        parse(
            """
            agent: captain
            purpose: It watches.
            plugins: wallet
            wallets: {solana: main}
            mandate:
              expires: 2027-12-31
              fees: {solana: {per-transaction: 0.01 SOL, rolling: 1 SOL per 24h}}
              rules:
                - {name: none, deny: transfer}
            """);
    AgentSpec spec = file.spec();
    assertThat(spec.model()).isEqualTo(ModelSpec.of("offline"));
    assertThat(spec.planning()).isEqualTo(Planning.DEFAULT);
    assertThat(spec.goals()).isEmpty();
    assertThat(spec.orders()).isEmpty();
    assertThat(spec.limits()).isEqualTo(TickLimits.DEFAULT);
    assertThat(spec.addressBook().names()).isEmpty();
    assertThat(spec.mandate().expires()).isEqualTo(Instant.parse("2027-12-31T00:00:00Z"));
    assertThat(spec.mandate().quoteAge()).isNull();
    assertThat(spec.mandate().limits()).isEmpty();
    assertThat(spec.mandate().approvers()).isEmpty();
    assertThat(file.version()).isZero();
  }

  @Test
  void any_changed_byte_of_the_file_changes_its_digest() {
    String digest = parse(FULL).digest();
    assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(parse(FULL).digest());
    assertThat(parse(FULL + "# harmless\n").digest()).isNotEqualTo(digest);
  }

  @Test
  void every_value_knows_its_line() {
    FileLines lines = parse(FULL).lines();
    String[] text = FULL.split("\n", -1);
    assertThat(text[lines.of("mandate.expires") - 1]).contains("expires:");
    assertThat(text[lines.of("mandate.rules[1].quorum") - 1]).contains("quorum: 2");
    assertThat(text[lines.of("mandate.rules[0]") - 1]).contains("name: crew");
    assertThat(text[lines.of("address-book.home") - 1]).contains("home:");
    assertThat(text[lines.of("goals.payday.accept[2]") - 1]).contains("- answers:");
    assertThat(text[lines.of("orders.stop-loss") - 1]).contains("stop-loss:");
    assertThat(lines.of("mandate.rules[1].nothing.like.it"))
        .isEqualTo(lines.of("mandate.rules[1]"));
  }

  @Test
  void a_file_that_is_not_there_is_named(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("captain.yaml");
    assertThatThrownBy(() -> AgentFile.read(file, ADDRESSES))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("captain.yaml");
    Files.writeString(file, FULL);
    assertThat(AgentFile.read(file, ADDRESSES)).isEqualTo(parse(FULL));
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused_and_not_replaced() {
    byte[] latin = FULL.replace("the crew", "the cr\u00e9w").getBytes(ISO_8859_1);
    assertThatThrownBy(() -> AgentFile.parse("captain.yaml", latin, ADDRESSES))
        .hasMessageContaining("captain.yaml is not UTF-8");
  }

  /// The full file with one piece replaced: what was there, what is there now, the line that must
  /// be named, and words of the complaint.
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "(nothing)",
      textBlock =
          """
          agent: captain | agent: Captain Hook | 1 | "Captain Hook" is not an agent name
          agent: captain | agent: | 1 | a value is missing
          agent: captain | agent: ~ | 1 | a value is missing
          agent: captain | agent: [captain] | 1 | this must be one value
          agent: captain | name: captain | 1 | there is no key "name" here
          agent: captain | agnet: captain | 1 | there is no key "agnet" here; did you mean "agent"?
          plugins: [wallet, uniswap] | plugins: [] | 4 | the list is empty
          plugins: [wallet, uniswap] | plugins: | 4 | a value is missing
          '  solana: main' | '  polygon: main' | 6 | "polygon" is not a chain known here
          '  solana: main' | '  solana: ../main' | 6 | "../main" is not a key name
          '  solana: main' | '  eip155:8453: main' | 7 | "base" is given twice under two spellings
          '  base: trading_key-2' | '  solana: trading_key-2' | 7 | the key "solana" is given twice
          decimals: 5} | decimals: 37} | 9 | "37" is not a whole number from 0 to 36
          decimals: 5} | decimals: five} | 9 | "five" is not a whole number from 0 to 36
          decimals: 5} | decimals: 05} | 9 | "05" is not a whole number from 0 to 36
          address: solana-bonk | address: base-bonk | 9 | base-bonk is no address on solana
          symbol: BONK | symbol: usdc | 9 | is already known on solana
          symbol: BONK | symbol: 1BONK | 9 | "1BONK" is not an asset symbol
          Alice: {solana: solana-alice, base: base-alice} | Alice: {solana: base-alice} | 11 | base-alice is no address on solana
          Alice: {solana: solana-alice, base: base-alice} | Alice Smith: {solana: solana-alice} | 11 | is not a name for the address book
          Alice: {solana: solana-alice, base: base-alice} | Alice: {} | 11 | the entry has no address
          'bob: {base: base-bob}' | 'alice: {base: base-bob}' | 12 | "alice" is given twice under two spellings
          'bob: {base: base-bob}' | 'bob: {base: base-bob, eip155:8453: base-eve}' | 12 | "eip155:8453" is given twice
          model-calls: 10 | model-calls: 0 | 82 | "0" is not a whole number from 1 to 200
          model-calls: 10 | model-calls: 201 | 82 | "201" is not a whole number from 1 to 200
          wall-time: 90s | wall-time: 0s | 82 | the time 0s is out of range
          wall-time: 90s | wall-time: forever | 82 | "forever" is not a length of time
          wall-time: 90s | wall-time: 1:30 | 82 | "1:30" is not a length of time
          """)
  void a_bad_line_is_named_with_what_is_wrong(String good, String bad, int line, String words) {
    isRefused(with(good, bad), line, words);
  }

  /// What is missing is complained about where it should be.
  @ParameterizedTest(name = "without {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'purpose: It pays the crew and trades.' | the key "purpose" is missing
          'plugins: [wallet, uniswap]' | the key "plugins" is missing
          '  expires: 2027-12-31T18:00:00Z' | the key "expires" is missing
          """)
  void a_key_that_is_needed_is_missed(String line, String words) {
    assertThat(FULL).contains(line + "\n");
    isRefused(FULL.replace(line + "\n", ""), words);
  }

  @Test
  void a_delivery_address_is_one_line_of_text_and_not_too_long() {
    AgentSpec spec = parse(with("Jane Doe, 1 Quay", "Jane Doe,   1 Quay")).spec();
    assertThat(spec.addressBook().find("home", ChainId.OFF_CHAIN).orElseThrow().text())
        .isEqualTo("Jane Doe, 1 Quay Street, Port");
    isRefused(with("Jane Doe", "J".repeat(300)), "the delivery address has");
  }

  @Test
  void an_unknown_key_brings_the_nearest_known_one_first() {
    assertThatThrownBy(() -> parse(with("purpose:", "porpoise:")))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> assertThat(refusal.advice()).startsWith("Known keys: purpose"));
  }
}
