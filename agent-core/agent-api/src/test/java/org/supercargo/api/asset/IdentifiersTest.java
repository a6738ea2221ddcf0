package org.supercargo.api.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;

final class IdentifiersTest {
  @Test
  void named_chains_are_found_by_name_in_any_case_and_by_identifier() {
    for (ChainId chain : ChainId.named()) {
      assertThat(ChainId.find(chain.name())).contains(chain);
      assertThat(ChainId.find(chain.name().toUpperCase(Locale.ROOT))).contains(chain);
      assertThat(ChainId.find(chain.toString())).contains(chain);
    }
    assertThat(ChainId.SOLANA).hasToString("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");
    assertThat(ChainId.BASE).hasToString("eip155:8453");
  }

  @Test
  void a_chain_nobody_named_is_not_found_and_is_called_by_its_identifier() {
    assertThat(ChainId.find("ethereum")).isEmpty();
    assertThat(ChainId.find("")).isEmpty();
    assertThat(new ChainId("eip155", "1").name()).isEqualTo("eip155:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "toolongname", "EIP155", "eip 155", "eip155/"})
  void a_namespace_outside_caip_2_is_refused(String namespace) {
    assertThatThrownBy(() -> new ChainId(namespace, "1"))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("CAIP-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8453:1", "84 53", "123456789012345678901234567890123"})
  void a_reference_outside_caip_2_is_refused(String reference) {
    assertThatThrownBy(() -> new ChainId("eip155", reference))
        .isInstanceOf(SupercargoException.class);
  }

  @Test
  void an_asset_identifier_reads_back_what_it_writes() {
    for (AssetId id :
        List.of(
            AssetId.USD,
            AssetId.nativeOf(ChainId.SOLANA),
            AssetId.nativeOf(ChainId.BASE),
            AssetId.token(
                new Address(ChainId.SOLANA, "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v")),
            AssetId.token(
                new Address(ChainId.BASE, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913")))) {
      assertThat(AssetId.parse(id.toString())).isEqualTo(id);
    }
    assertThat(AssetId.nativeOf(ChainId.BASE)).hasToString("eip155:8453/slip44:60");
    assertThat(AssetId.nativeOf(ChainId.SOLANA).isNative()).isTrue();
    assertThat(AssetId.USD.isNative()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "USDC", "eip155:8453", "eip155:8453/slip44", "/slip44:60", "eip155/slip44:60"})
  void text_that_is_no_caip_19_asset_is_refused(String text) {
    assertThatThrownBy(() -> AssetId.parse(text)).isInstanceOf(SupercargoException.class);
  }

  @Test
  void a_chain_without_a_known_coin_says_so() {
    assertThatThrownBy(() -> AssetId.nativeOf(ChainId.OFF_CHAIN))
        .hasMessageContaining("no native coin known");
  }

  @Test
  void the_address_book_ignores_case_and_keeps_chains_apart() {
    var solana = new Address(ChainId.SOLANA, "alice-on-solana");
    var base = new Address(ChainId.BASE, "alice-on-base");
    var bob = new Address(ChainId.BASE, "bob-on-base");
    var book = new AddressBook(Map.of("Alice", List.of(solana, base), "bob", List.of(bob)));
    assertThat(book.names()).containsExactly("alice", "bob");
    assertThat(book.knows("ALICE")).isTrue();
    assertThat(book.find("aLiCe", ChainId.SOLANA)).contains(solana);
    assertThat(book.find("alice", ChainId.BASE)).contains(base);
    assertThat(book.find("bob", ChainId.SOLANA)).isEmpty();
    assertThat(book.find("mallory", ChainId.BASE)).isEmpty();
    assertThat(book.nameOf(bob)).contains("bob");
    assertThat(book.nameOf(new Address(ChainId.SOLANA, "bob-on-base"))).isEmpty();
  }

  @Test
  void two_names_that_differ_only_in_case_are_refused() {
    var mine = new Address(ChainId.BASE, "mine");
    var other = new Address(ChainId.BASE, "other");
    assertThatThrownBy(
            () -> new AddressBook(Map.of("alice", List.of(mine), "Alice", List.of(other))))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("alice");
  }
}
