package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.evm.Samples.WALLET_ON_BASE;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;

/// Everything else that keys are asked to sign. The transactions were made with viem 2.57.
class ForeignBytesTest {
  private static final EvmCodec CODEC = new EvmCodec();

  @ParameterizedTest
  @CsvSource({
    "e1070582fde894353535353535353535353535353535353535353501808221058080, a legacy transaction",
    "01e0822105070582fde89435353535353535353535353535353535353535350180c0, type 1 (EIP-2930)",
    "03f84482210507010582fde89435353535353535353535353535353535353535350180c001e1a0010000000000000"
        + "0000000000000000000000000000000000000000000000000, type 3 (EIP-4844)",
    "04f88182210507010582fde89435353535353535353535353535353535353535350180c0f85ef85c82210594353535"
        + "35353535353535353535353535353535350780a0ededbef257fa852c0b45dc16ffe3f6fe36ba11c5646dafa7"
        + "efc01e9b29a67c0aa0158be6918a6ed3f7a2da604783ca98a71c4480eadeb42c553cc0e8643bb99060"
        + ", it delegates the account's code",
    "05da82210594353535353535353535353535353535353535353507, it delegates the account's code",
    "0004, begin with 0x00",
    "7ef8a0, begin with 0x7e",
    "02f0, longer than its surroundings",
    "'', no bytes at all"
  })
  void other_transactions_are_called_by_their_names(String hex, String sentence) {
    assertRefused(Bytes.fromHex(hex), sentence);
  }

  @ParameterizedTest
  @CsvSource({"a1", "02", "19", "1901", "f8", "04"})
  void thirty_two_bytes_may_be_the_hash_of_anything(String beginning) {
    assertRefused(
        Bytes.fromHex(beginning + "5a".repeat(32 - beginning.length() / 2)),
        "32 bytes that may be the hash of anything");
  }

  @Test
  void messages_are_not_signed() {
    assertRefused(text("\u0019Ethereum Signed Message:\n5hello"), "personal_sign");
    assertRefused(Bytes.fromHex("1900" + "35".repeat(20) + "01"), "a validator of its own");
    assertRefused(text("{\"types\":{}}"), "a text in JSON");
    assertRefused(text("hello"), "begin with 0x68");
  }

  @Test
  void typed_data_other_than_a_payment_is_not_signed() {
    assertRefused(Bytes.fromHex("1901" + "5a".repeat(64)), "two hashes, which hide what it says");
    assertRefused(
        Bytes.fromHex(
            "19016e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c9"
                + "00".repeat(99)),
        "a permit: it lets a spender take tokens");
    assertRefused(
        Bytes.fromHex(
            "1901ea2aa0a1be11a07ed86d755c93467f4f82362b452371d1ba94d1715123511acb"
                + "00".repeat(99)),
        "a permit: it lets a spender take all tokens");
    assertRefused(
        Bytes.fromHex(
            "1901d099cc98ef71107a616c4f0f941f04c322d8e254fe26b3c6668db87aae413de8"
                + "00".repeat(99)),
        "only its receiver can use");
    assertRefused(
        Bytes.fromHex(
            "1901bb8310d486368db6bd6f849402fdd73ad53d316b5a4b2644ad6efe0f941286d8"
                + "00".repeat(99)),
        "a transaction of a Safe");
    assertRefused(Bytes.fromHex("1901" + "5a".repeat(99)), "typed data of an unknown kind");
    assertRefused(Bytes.fromHex("1901"), "typed data of 2 bytes");
    assertRefused(Bytes.fromHex("1901" + "00".repeat(5_000)), "typed data of 5002 bytes");
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(Bytes bytes, String sentence) {
    assertThat(CODEC.decode(ChainId.BASE, bytes, WALLET_ON_BASE, DecodingHints.NONE))
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Undecodable.class, effect -> assertThat(effect.what()).contains(sentence));
    assertThatThrownBy(() -> CODEC.signingPayload(ChainId.BASE, bytes, WALLET_ON_BASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
    assertThatThrownBy(() -> CODEC.exclusion(ChainId.BASE, bytes, WALLET_ON_BASE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
