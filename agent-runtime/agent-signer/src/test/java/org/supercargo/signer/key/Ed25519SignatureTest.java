package org.supercargo.signer.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.Bytes;

class Ed25519SignatureTest {
  static final Bytes MESSAGE = Bytes.of("pay the chandler 2.5 USDC".getBytes(UTF_8));
  private static final List<Ed25519Cases.Case> CASES =
      Ed25519Cases.of(filled((byte) 0x51), MESSAGE);

  private static byte[] filled(byte value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, value);
    return bytes;
  }

  static List<Ed25519Cases.Case> cases() {
    return CASES;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "rfc8032.csv")
  void the_published_signatures_are_made_and_verify(
      String seed, String publicKey, String message, String signature) {
    Bytes text = Bytes.fromHex(message);
    try (SigningKey key = KeyType.ED25519.key(Bytes.fromHex(seed).toArray())) {
      assertThat(key.publicKey().hex()).isEqualTo(publicKey);
      assertThat(key.sign(text).hex()).isEqualTo(signature);
    }
    Bytes expected = Bytes.fromHex(signature);
    assertThat(Ed25519Signature.verifies(Bytes.fromHex(publicKey), text, expected)).isTrue();
    assertThat(Edwards25519.verifies(Bytes.fromHex(publicKey), text, expected)).isTrue();
    Bytes other = Bytes.fromHex(message + "00");
    assertThat(Ed25519Signature.verifies(Bytes.fromHex(publicKey), other, expected)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void only_what_an_honest_signer_makes_verifies(Ed25519Cases.Case each) {
    assertThat(Ed25519Signature.verifies(each.publicKey(), MESSAGE, each.signature()))
        .isEqualTo(each.isGood());
    assertThat(Edwards25519.verifies(each.publicKey(), MESSAGE, each.signature()))
        .as("the other arithmetic")
        .isEqualTo(each.isGood());
  }

  @Test
  void the_classes_of_bad_signatures_are_all_there() {
    assertThat(cases().stream().filter(each -> !each.isGood())).hasSizeGreaterThan(120);
    assertThat(Edwards25519.smallOrder().stream().map(Edwards25519.Point::encode))
        .doesNotHaveDuplicates()
        .hasSize(8);
  }

  @Test
  void our_signatures_are_those_of_the_other_arithmetic() {
    long seed = 8032;
    var random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      byte[] secret = new byte[32];
      byte[] message = new byte[random.nextInt(200)];
      random.nextBytes(secret);
      random.nextBytes(message);
      Bytes text = Bytes.of(message);
      try (SigningKey key = KeyType.ED25519.key(secret)) {
        Bytes signature = key.sign(text);
        assertThat(Edwards25519.verifies(key.publicKey(), text, signature))
            .as("round %s of seed %s", round, seed)
            .isTrue();
        assertThat(Ed25519Signature.verifies(key.publicKey(), text, signature)).isTrue();
      }
    }
  }
}
