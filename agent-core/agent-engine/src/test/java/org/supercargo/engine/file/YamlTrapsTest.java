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

/// What YAML lets people write and other people misread.
final class YamlTrapsTest {
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
          """)
  void what_is_no_agent_file_at_all_is_refused(String text, String words) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(words);
  }

  @Test
  void the_same_key_twice_is_refused_with_its_line() {
    isRefused(with("plugins:", "purpose: Another.\nplugins:"), "\"purpose\" is given twice");
    isRefused(
        with("count: [10 per 24h", "count: 1 per 24h\n      count: [10 per 24h"),
        "\"count\" is given twice");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '[wallet, uniswap]' | '&p [wallet, uniswap]' | 4
          'agent: captain' | 'agent: &a captain' | 1
          'purpose: It pays the crew and trades.' | 'purpose: *a' | 2
          'plugins:' | '<<: {limits: {}}\nplugins:' | 4
          'agent: captain' | 'agent: !!str captain' | 1
          'plugins: [wallet, uniswap]' | 'plugins: !list [wallet, uniswap]' | 4
          """)
  void nothing_of_the_file_may_be_said_elsewhere(String good, String bad, int line) {
    isRefused(with(good, bad.replace("\\n", "\n")), line, "");
  }

  @Test
  void a_second_document_is_refused_rather_than_ignored() {
    assertThatThrownBy(() -> parse(FULL + "---\nagent: second\n"))
        .isInstanceOf(SupercargoException.class);
  }

  @Test
  void tabs_are_refused_wherever_they_stand() {
    isRefused(with("  solana: main", "\tsolana: main"), 6, "there is a tab");
    isRefused(with("plugins: [wallet", "plugins:\t[wallet"), 4, "there is a tab");
  }

  @ParameterizedTest(name = "U+{0}")
  @ValueSource(strings = {"200B", "202E", "2066", "FEFF", "00AD", "00A0", "2003", "E000", "0007"})
  void characters_nobody_sees_are_refused_wherever_they_stand(String hex) {
    String unseen = Character.toString(Integer.parseInt(hex, 16));
    isRefused(with("the crew", "the" + unseen + " crew"), "U+" + hex);
    isRefused(with("plugins:", "# a comment" + unseen + "\nplugins:"), 4, "U+" + hex);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '"0x00000000000000000000000000000000000000Aa"' | '0x00000000000000000000000000000000000000Aa' | stands without quotes
          'contracts: [base-router]' | 'contracts: [0x2626664c2603336E57B271c5C0b26F421741e481]' | stands without quotes
          '[10 USDC, 1 SOL]' | '[010 USDC, 1 SOL]' | begins with a zero
          '[10 USDC, 1 SOL]' | '[1_0 USDC, 1 SOL]' | is not a plain decimal number
          '[10 USDC, 1 SOL]' | '[1e1 USDC, 1 SOL]' | scientific notation
          '[10 USDC, 1 SOL]' | '["1,000 USDC", 1 SOL]' | a comma could mean
          '[10 USDC, 1 SOL]' | '[0x10 USDC, 1 SOL]' | is not a plain decimal number
          '[10 per 24h,' | '[010 per 24h,' | "010" is not a whole number
          '[10 per 24h,' | '[0o10 per 24h,' | "0o10" is not a whole number
          '[10 per 24h,' | '[1_0 per 24h,' | "1_0" is not a whole number
          '[10 per 24h,' | '[10.0 per 24h,' | "10.0" is not a whole number
          'quorum: 2' | 'quorum: 0b10' | "0b10" is not a whole number
          'quote-age: 5m' | 'quote-age: 5:00' | "5:00" is not a length of time
          'quote-age: 5m' | 'quote-age: 5' | "5" is not a length of time
          'quote-age: 5m' | 'quote-age: 5 min' | "5 min" is not a length of time
          'quote-age: 5m' | 'quote-age: 05m' | "05m" is not a length of time
          """)
  void numbers_are_read_as_they_are_written_or_not_at_all(String good, String bad, String words) {
    isRefused(with(good, bad), words);
  }

  @Test
  void letters_that_look_like_others_are_refused_in_names_and_hosts() {
    String cyrillic = "\u0430";
    isRefused(with("bob: {base", "b\u043eb: {base"), 12, "CYRILLIC SMALL LETTER O");
    isRefused(with("name: crew", "name: cr" + "\u0435" + "w"), "mixes letters that look alike");
    isRefused(with("api.example.com", cyrillic + "pi.example.com"), "is not the name of a host");
    isRefused(
        with("[roastery.example]", "[ro" + cyrillic + "stery.example]"),
        "mixes letters that look alike");
    isRefused(with("espresso-beans: 4", "espr\u0435sso-beans: 4"), "mixes letters");
    assertThat(parse(with("name: crew", "name: L\u00f6hne der Besatzung")).spec().mandate().rules())
        .extracting(rule -> rule.name())
        .contains("L\u00f6hne der Besatzung");
  }
}
