package org.supercargo.api.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;

class SignInTest {
  private static final Instant ISSUED = Instant.parse("2026-09-30T19:00:00.000Z");

  private static SignIn signIn(String domain, String uri, String statement, String nonce) {
    return new SignIn(domain, URI.create(uri), statement, nonce, ISSUED, ISSUED.plusSeconds(300));
  }

  private static SignIn usual() {
    return signIn(
        "api.venice.ai", "https://api.venice.ai", "Sign in to Venice AI", "3f2a91c4d80b7e15");
  }

  /// The form of Venice's documentation, with a real address.
  @Test
  void the_message_for_a_solana_account_has_the_lines_that_hosts_read() {
    var account = new Address(ChainId.SOLANA, "3VTKDoBvXa2C6eezZM4mLFHL6yUVBg6MBPk39kSw5KQv");
    assertThat(usual().message(account))
        .isEqualTo(
            """
            api.venice.ai wants you to sign in with your Solana account:
            3VTKDoBvXa2C6eezZM4mLFHL6yUVBg6MBPk39kSw5KQv

            Sign in to Venice AI

            URI: https://api.venice.ai
            Version: 1
            Chain ID: 5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp
            Nonce: 3f2a91c4d80b7e15
            Issued At: 2026-09-30T19:00:00Z
            Expiration Time: 2026-09-30T19:05:00Z\
            """);
  }

  @Test
  void the_message_for_an_account_on_base_names_it_as_an_ethereum_account() {
    var account = new Address(ChainId.BASE, "0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0");
    assertThat(usual().message(account).lines())
        .startsWith(
            "api.venice.ai wants you to sign in with your Ethereum account:",
            "0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0")
        .contains("Chain ID: 8453");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          API.venice.ai | https://API.venice.ai | is not the name of a host
          api.venice.ai:443 | https://api.venice.ai | is not the name of a host
          evil.example.com | https://api.venice.ai | is no address of evil.example.com
          api.venice.ai | https://api.venice.ai.evil.example.com | is no address of
          api.venice.ai | https://api.venice.ai@evil.example.com | is no address of
          api.venice.ai | https://user@api.venice.ai | is no address of
          api.venice.ai | http://api.venice.ai | is no address of
          api.venice.ai | https://api.venice.ai/#part | is no address of
          api.venice.ai | ftp://api.venice.ai | is no address of
          """)
  void a_host_and_an_address_that_are_not_the_same_are_refused(
      String domain, String uri, String words) {
    assertThatThrownBy(() -> signIn(domain, uri, "Sign in", "0123456789"))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(words);
  }

  @Test
  void a_host_on_this_machine_may_be_asked_without_encryption() {
    assertThat(signIn("127.0.0.1", "http://127.0.0.1:8080", "Sign in", "0123456789").domain())
        .isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "carriage\rreturn", "ünïcode", "tab\there"})
  void a_statement_that_could_hold_other_lines_is_refused(String statement) {
    assertThatThrownBy(
            () -> signIn("a.example.com", "https://a.example.com", statement, "0123456789"))
        .hasMessageContaining("the statement is no line of plain text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with space 1", "line\nbreak1", "0123456789-"})
  void a_nonce_of_anything_but_letters_and_digits_is_refused(String nonce) {
    assertThatThrownBy(() -> signIn("a.example.com", "https://a.example.com", "Sign in", nonce))
        .hasMessageContaining("the nonce is not");
  }

  @Test
  void a_proof_is_good_for_five_minutes_at_the_most() {
    SignIn usual = usual();
    assertThatThrownBy(() -> until(usual, ISSUED.plusSeconds(300).plusMillis(1)))
        .hasMessageContaining("longer than 5 minutes");
    assertThatThrownBy(() -> until(usual, ISSUED)).hasMessageContaining("ends before it begins");
    assertThatThrownBy(() -> until(usual, ISSUED.plusNanos(1)))
        .hasMessageContaining("whole milliseconds");
  }

  private static SignIn until(SignIn usual, Instant expires) {
    return new SignIn(
        usual.domain(), usual.uri(), usual.statement(), usual.nonce(), ISSUED, expires);
  }
}
