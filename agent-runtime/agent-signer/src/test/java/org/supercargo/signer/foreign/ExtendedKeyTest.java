package org.supercargo.signer.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.SigningKey;

class ExtendedKeyTest {
  private static ExtendedKey at(KeyType type, String seed, String path) {
    ExtendedKey key = ExtendedKey.master(type, Bytes.fromHex(seed).toArray());
    for (DerivationPath.Step step : DerivationPath.parse(path).steps()) {
      key = key.child(step);
    }
    return key;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "bip32.csv")
  void secp256k1_keys_are_derived_as_bip_32_says(
      String seed, String path, String extendedPublicKey, String extendedPrivateKey) {
    ExtendedKeyText expected = ExtendedKeyText.parse(extendedPrivateKey);
    try (ExtendedKey key = at(KeyType.SECP256K1, seed, path)) {
      assertThat(Bytes.of(key.secret())).isEqualTo(expected.secret());
      assertThat(Bytes.of(key.chainCode())).isEqualTo(expected.chainCode());
      assertThat(Bytes.of(key.compressedPublicKey()))
          .isEqualTo(ExtendedKeyText.parse(extendedPublicKey).key());
    }
    byte[] derived =
        ExtendedKey.derive(
            KeyType.SECP256K1, Bytes.fromHex(seed).toArray(), DerivationPath.parse(path));
    assertThat(Bytes.of(derived)).isEqualTo(expected.secret());
  }

  @ParameterizedTest
  @CsvFileSource(resources = "slip10-ed25519.csv")
  void ed25519_keys_are_derived_as_slip_10_says(
      String seed, String path, String chainCode, String secret, String publicKey) {
    try (ExtendedKey key = at(KeyType.ED25519, seed, path);
        SigningKey signing = KeyType.ED25519.key(key.secret())) {
      assertThat(Bytes.of(key.secret()).hex()).isEqualTo(secret);
      assertThat(Bytes.of(key.chainCode()).hex()).isEqualTo(chainCode);
      assertThat(signing.publicKey().hex()).isEqualTo(publicKey);
    }
  }

  @Test
  void an_ed25519_key_has_no_child_that_is_not_hardened() {
    assertThatThrownBy(() ->
            ExtendedKey.derive(
                KeyType.ED25519, new byte[64], DerivationPath.parse("m/44'/501'/0'/0")))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("hardened");
  }

  @Test
  void a_closed_key_holds_nothing() {
    ExtendedKey key = ExtendedKey.master(KeyType.SECP256K1, new byte[64]);
    key.close();
    assertThat(key.secret()).containsOnly(0);
    assertThat(key.chainCode()).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({
    "m,m",
    "m/0,m/0",
    "m/44h/60H/0'/0/2147483647,m/44'/60'/0'/0/2147483647",
    "m/1/2/3/4/5/6/7/8/9/10,m/1/2/3/4/5/6/7/8/9/10"
  })
  void a_path_is_read_and_written(String text, String written) {
    assertThat(DerivationPath.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "M",
        "/0",
        "m/",
        "m//0",
        "m/0/",
        "m/-1",
        "m/x",
        "m/0''",
        "m/'",
        "m/2147483648",
        "m/9999999999'",
        "m/1/2/3/4/5/6/7/8/9/10/11",
        "44'/60'/0'/0/0",
        "m/0 "
      })
  void anything_else_is_no_path(String text) {
    assertThatThrownBy(() -> DerivationPath.parse(text))
        .isInstanceOf(SupercargoException.class)
        .hasMessageContaining("derivation path");
  }
}
