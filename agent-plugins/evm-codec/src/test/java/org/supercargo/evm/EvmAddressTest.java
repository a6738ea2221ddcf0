package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.ChainId;

class EvmAddressTest {
  /// The list of EIP-55.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
      })
  void the_addresses_of_the_standard_keep_their_letters(String text) {
    assertThat(EvmAddress.parse(text).text()).isEqualTo(text);
    assertThat(EvmAddress.parse(text.toLowerCase(Locale.ROOT)).text()).isEqualTo(text);
    assertThat(EvmAddress.parse(text).on(ChainId.BASE).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD, its checksum is wrong",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe, 39 hexadecimal digits instead of 40",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0, 41 hexadecimal digits instead of 40",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg, more than hexadecimal digits",
    "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, lacks its 0x",
    "9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM, looks like a Solana address",
    "vitalik.eth, is a name",
    "'  ', is empty",
    "pay me, is not an address"
  })
  void what_is_no_address_is_told_apart(String text, String complaint) {
    assertThatThrownBy(() -> EvmAddress.parse(text))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining(complaint)
        .satisfies(thrown ->
            assertThat(((SupercargoException) thrown).category())
                .isEqualTo(SupercargoException.Category.USER));
  }

  @Test
  void what_may_be_a_private_key_is_never_repeated() {
    String key = "46".repeat(32);
    assertThatThrownBy(() -> EvmAddress.parse(key)).hasMessageNotContaining("4646");
    assertThatThrownBy(() -> EvmAddress.parse("0x" + key)).hasMessageNotContaining("4646");
  }

  @Test
  void a_public_key_controls_its_address() {
    assertThat(EvmAddress.ofPublicKey(TestKey.OF_EIP_155.publicKey()).text())
        .isEqualTo("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
  }
}
