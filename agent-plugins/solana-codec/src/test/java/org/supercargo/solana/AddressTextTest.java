package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.ChainId;

class AddressTextTest {
  private static final String ADDRESS = "AKnL4NNf3DGWZJS6cPknBuEGnVsV4A4m5tgebLHaRSZ9";

  @Test
  void an_address_is_read_with_or_without_space_around_it() {
    assertThat(AddressText.parse("  " + ADDRESS + "\n", ChainId.SOLANA).text()).isEqualTo(ADDRESS);
  }

  @Test
  void an_evm_address_is_recognised() {
    assertRefused(
        "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
        "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913 looks like an EVM address, not a Solana address");
  }

  @Test
  void a_wrong_character_is_named_with_its_place() {
    assertRefused(
        ADDRESS.replace('G', '0'),
        "\"AKnL4NNf3D0WZJS6cPknBuE0nVsV4A4m5tgebLHaRSZ9\" is not a Solana address: character 11 is"
            + " '0', which base58 does not have");
  }

  @Test
  void a_wrong_length_is_counted() {
    assertRefused(
        ADDRESS.substring(0, 40),
        "\"AKnL4NNf3DGWZJS6cPknBuEGnVsV4A4m5tgebLHa\" is not a Solana address: it stands for 29"
            + " bytes, and an address has 32");
  }

  @Test
  void other_things_people_paste_are_recognised() {
    assertRefused(" ", "The Solana address is empty");
    assertRefused("alice.sol", "\"alice.sol\" looks like a domain name, which is not looked up");
  }

  @Test
  void what_may_be_a_secret_key_is_never_repeated() {
    var secret = new byte[64];
    secret[0] = 7;
    String text = Base58.encode(Bytes.of(secret));
    assertThatThrownBy(() -> AddressText.parse(text, ChainId.SOLANA))
        .hasMessage(
            "The text has the length of a transaction signature or a secret key, not of an address")
        .hasMessageNotContaining(text);
    assertThatThrownBy(() -> AddressText.parse(text + "11111", ChainId.SOLANA))
        .hasMessageNotContaining(text);
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> AddressText.parse(text, ChainId.SOLANA))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER))
        .hasMessage(message);
  }
}
