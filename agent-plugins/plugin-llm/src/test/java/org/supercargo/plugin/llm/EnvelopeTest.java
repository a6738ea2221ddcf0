package org.supercargo.plugin.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The envelope against vectors and against a second implementation.
class EnvelopeTest {
  private static final long SEED = 20261124;

  /// SHA-256 of `teep test key A` and of `teep test ephemeral`: the published inputs of the tests
  /// of teep, another client of Venice. What has to come out was computed with OpenSSL.
  private static final BigInteger READER =
      new BigInteger("4b75acc8a59595fde7146d78f2cad46603e79b192e5ceb3e4e5a445abf2feb31", 16);

  private static final BigInteger SENDER =
      new BigInteger("84957d1eeebd956c4a59c28d9aa8c9ceb48c487fbf40f786f8075e4c279ae40e", 16);

  private static final String READER_POINT =
      "04c3658f45ee03e703a6829ca3b729cb641290b04479549d41296e0a6e52fc2cd3"
          + "7a6b10608f1fb0aff0325aec7d2d59bcd1ca68e71d6d513d5e33df0d29281c3e";

  private static final String NONCE = "653f6fa00018e38cd6ec3a63";

  private static final String SEALED =
      "04b37119eee5e7b4421341f726139692505f71d26bbf5d9fc8c162fff8cd54d84b"
          + "d99ff2584148f54eb3467b8a6cbf65fe333477bf9607dc6b496abb98942d468e"
          + NONCE
          + "24e6714f77ab0afc90ad2c972e99c105b684c1aadb73d0fa6711a9c525c3eedd04682a7a16836870f85e";

  private static final String TEXT = "cross-language test vector";

  private static EnclaveKey enclave(String point) {
    return EnclaveKey.read(point).orElseThrow();
  }

  private static byte[] nonce() {
    return HexFormat.of().parseHex(NONCE);
  }

  @Test
  void a_text_is_sealed_byte_for_byte_as_openssl_seals_it() {
    assertThat(
            Envelope.seal(TEXT, enclave(READER_POINT).point(), new EphemeralKey(SENDER), nonce()))
        .isEqualTo(SEALED);
    assertThat(PlainCurve.seal(TEXT, PlainCurve.publicKey(READER), SENDER, nonce()))
        .as("the second implementation")
        .isEqualTo(SEALED);
  }

  @Test
  void what_openssl_sealed_is_opened() {
    assertThat(Envelope.open(SEALED, new EphemeralKey(READER))).contains(TEXT);
    assertThat(PlainCurve.open(SEALED, READER)).isEqualTo(TEXT);
  }

  @Test
  void a_shared_key_is_the_one_openssl_derives() {
    assertThat(new EphemeralKey(SENDER).sharedWith(enclave(READER_POINT).point()).getEncoded())
        .asHexString()
        .isEqualToIgnoringCase("5f53c62cf3c3ddef60e4a98f72af058976b52f2bfd36443ae80470c6982c9026");
  }

  /// Addresses of the keys 1, 2 and 3, known to everybody who ever tested a wallet.
  @ParameterizedTest
  @CsvSource({
    "1, 7e5f4552091a69125d5dfcb7b8c2659029395bdf",
    "2, 2b5ad5c4795c026514f8317c7a215e218dccd6cf",
    "3, 6813eb9362372eef6200f3b1dbc3f819671cba69"
  })
  void a_key_has_its_published_address(BigInteger scalar, String address) {
    String point = PlainCurve.publicKey(scalar).hex();

    assertThat(new EphemeralKey(scalar).pointHex()).isEqualTo(point);
    assertThat(enclave(point).address().hex()).isEqualTo(address);
    assertThat(enclave(point.substring(2)).address().hex()).as("without 04").isEqualTo(address);
  }

  @Test
  void both_implementations_read_each_other_whatever_the_keys_and_the_text() {
    var random = new Random(SEED);
    for (int round = 0; round < 25; round++) {
      EphemeralKey mine = EphemeralKey.draw(random);
      BigInteger theirs = new BigInteger(255, random).add(BigInteger.ONE);
      String text = "Grüße 🚢 " + "x".repeat(random.nextInt(300));
      String there = Envelope.seal(text, enclave(PlainCurve.publicKey(theirs).hex()), random);
      byte[] nonce = new byte[12];
      random.nextBytes(nonce);
      var myPoint = PlainCurve.Point.of(mine.point());

      assertThat(PlainCurve.open(there, theirs)).as("seed " + SEED).isEqualTo(text);
      assertThat(Envelope.open(PlainCurve.seal(text, myPoint, theirs, nonce), mine))
          .as("seed " + SEED)
          .contains(text);
    }
  }

  @Test
  void a_change_of_any_byte_makes_it_unreadable() {
    byte[] sealed = HexFormat.of().parseHex(SEALED);
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      assertThat(Envelope.open(HexFormat.of().formatHex(changed), new EphemeralKey(READER)))
          .as("byte " + at)
          .isEmpty();
    }
  }

  @Test
  void another_reader_and_a_shorter_text_open_nothing() {
    var reader = new EphemeralKey(READER);

    assertThat(Envelope.open(SEALED, new EphemeralKey(SENDER))).isEmpty();
    for (int length = 0; length < SEALED.length(); length++) {
      assertThat(Envelope.open(SEALED.substring(0, length), reader)).as("" + length).isEmpty();
    }
    assertThat(Envelope.open("zz" + SEALED.substring(2), reader)).isEmpty();
  }

  @Test
  void an_empty_text_is_a_text() {
    String empty = PlainCurve.seal("", PlainCurve.publicKey(READER), SENDER, nonce());

    assertThat(empty).as("the shortest envelope").hasSize(186);
    assertThat(Envelope.open(empty, new EphemeralKey(READER))).contains("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "04",
        "02c3658f45ee03e703a6829ca3b729cb641290b04479549d41296e0a6e52fc2cd3",
        "0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000",
        "zz"
      })
  void what_is_no_uncompressed_point_of_the_curve_is_no_key(String text) {
    assertThat(EnclaveKey.read(text)).isEmpty();
  }

  @Test
  void a_point_beside_the_curve_is_no_key() {
    String beside = READER_POINT.substring(0, READER_POINT.length() - 1) + "f";

    assertThat(EnclaveKey.read(beside)).isEmpty();
  }

  @Test
  void a_private_key_is_in_the_range_of_the_curve_and_not_printed() {
    BigInteger order = EnclaveKey.CURVE.getN();
    assertThatThrownBy(() -> new EphemeralKey(BigInteger.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EphemeralKey(order)).isInstanceOf(IllegalArgumentException.class);

    assertThat(new EphemeralKey(READER).toString())
        .contains(READER_POINT)
        .doesNotContain(READER.toString(16))
        .doesNotContain(READER.toString());
  }
}
