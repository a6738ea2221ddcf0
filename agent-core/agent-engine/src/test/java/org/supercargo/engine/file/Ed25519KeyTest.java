package org.supercargo.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

final class Ed25519KeyTest {
  /// The order of the base point, RFC 8032, 5.1.
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static Ed25519Key key(String hex) {
    return Ed25519Key.parse("ed25519:" + hex);
  }

  /// Source: RFC 8032, 7.1, tests 1 to 3.
  @ParameterizedTest
  @CsvSource({
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
        + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void the_signatures_of_the_standard_are_verified(String key, String message, String signature) {
    Bytes text = Bytes.fromHex(message);
    Bytes signed = Bytes.fromHex(signature);
    assertThat(key(key).verifies(text, signed)).isTrue();
    assertThat(key(key).verifies(Bytes.fromHex(message + "00"), signed)).isFalse();
    for (int at = 0; at < signed.size(); at++) {
      byte[] changed = signed.toArray();
      changed[at] ^= 1;
      assertThat(key(key).verifies(text, Bytes.of(changed))).as("byte %d changed", at).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Owner.class)
  void what_an_owner_signs_is_the_owners(Owner owner) {
    Bytes message = Bytes.of(new byte[] {1, 2, 3});
    for (Owner other : Owner.values()) {
      assertThat(other.key().verifies(message, owner.sign(message))).isEqualTo(other == owner);
    }
  }

  @Test
  void a_signature_has_one_form_only() {
    Bytes message = Bytes.of(new byte[] {7});
    byte[] signature = Owner.ONE.sign(message).toArray();
    byte[] s = new byte[32];
    for (int at = 0; at < 32; at++) {
      s[at] = signature[63 - at];
    }
    byte[] larger = new BigInteger(1, s).add(ORDER).toByteArray();
    byte[] forged = signature.clone();
    for (int at = 0; at < 32; at++) {
      int from = larger.length - 1 - at;
      forged[32 + at] = from < 0 ? 0 : larger[from];
    }
    assertThat(Owner.ONE.key().verifies(message, Bytes.of(signature))).isTrue();
    assertThat(Owner.ONE.key().verifies(message, Bytes.of(forged))).as("s + order").isFalse();
    assertThat(Owner.ONE.key().verifies(message, Bytes.of(Arrays.copyOf(signature, 63)))).isFalse();
    assertThat(Owner.ONE.key().verifies(message, Bytes.of(Arrays.copyOf(signature, 65)))).isFalse();
    assertThat(Owner.ONE.key().verifies(message, Bytes.EMPTY)).isFalse();
  }

  /// Points of order 1, 2, 4 and 8, other encodings of the first three, and bytes that are no
  /// point. With a key of small order a signature could fit any message.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void keys_that_could_be_forged_or_written_twice_are_refused(String hex) {
    assertThatThrownBy(() -> key(hex))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("no usable Ed25519 public key");
  }

  @Test
  void a_key_is_read_as_wallets_and_as_tools_show_it() {
    // The same 32 bytes in base58.
    assertThat(Ed25519Key.parse("ed25519:FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z"))
        .isEqualTo(Owner.ONE.key());
    assertThat(Owner.ONE.key().toString())
        .isEqualTo("ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "ed25519:",
        "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751",
        "ed25519:FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96",
        "ed25519:0Ven3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z",
        "ed25519:1FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z",
        "ed25519:11111111111111111111111111111111111111111111111111111111111111111111111111111111111111",
        "secp256k1:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
      })
  void what_is_no_key_is_refused_and_never_repeated(String text) {
    assertThatThrownBy(() -> Ed25519Key.parse(text))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              if (text.length() > 8) {
                assertThat(refusal.what() + refusal.advice()).doesNotContain(text.substring(8));
              }
            });
  }
}
