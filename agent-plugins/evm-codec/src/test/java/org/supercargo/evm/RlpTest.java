package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;

class RlpTest {
  @Test
  void the_examples_of_the_specification_are_written_and_read() {
    assertBothWays(text("dog"), "83646f67");
    assertBothWays(new Rlp.Sequence(List.of(text("cat"), text("dog"))), "c88363617483646f67");
    assertBothWays(text(""), "80");
    assertBothWays(new Rlp.Sequence(List.of()), "c0");
    assertBothWays(Rlp.integer(BigInteger.ZERO), "80");
    assertBothWays(Rlp.integer(BigInteger.valueOf(15)), "0f");
    assertBothWays(Rlp.integer(BigInteger.valueOf(1024)), "820400");
    assertBothWays(
        text("Lorem ipsum dolor sit amet, consectetur adipisicing elit"),
        "b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974");
    var empty = new Rlp.Sequence(List.of());
    var one = new Rlp.Sequence(List.of(empty));
    assertBothWays(
        new Rlp.Sequence(List.of(empty, one, new Rlp.Sequence(List.of(empty, one)))),
        "c7c0c1c0c3c0c1c0");
  }

  @Test
  void the_longest_short_and_shortest_long_strings_differ_in_form() {
    assertThat(text("a".repeat(55)).encode().hex()).startsWith("b7");
    assertThat(text("a".repeat(56)).encode().hex()).startsWith("b838");
    assertThat(text("a".repeat(1024)).encode().hex()).startsWith("b90400");
    assertBothWays(text("a".repeat(1024)), "b90400" + "61".repeat(1024));
  }

  @ParameterizedTest
  @CsvSource({
    "8100, a single byte is encoded with a length",
    "817f, a single byte is encoded with a length",
    "b800, leading zeros",
    "b837" + "00, longer than needed",
    "b90038, leading zeros",
    "83646f, longer than its surroundings",
    "c883636174, longer than its surroundings",
    "c28180ff, follow the end",
    "c28361, longer than its surroundings",
    "bfffffffffffffffff, longer than its surroundings",
    "ffffffffffffffffff, longer than its surroundings",
    "80ff, follow the end",
    "'', longer than its surroundings",
    "d7d6d5d4d3d2d1d0cfcecdcccbcac9c8c7c6c5c4c3c2c1c0, nested too deeply"
  })
  void only_the_canonical_form_is_read(String hex, String complaint) {
    assertThatThrownBy(() -> Rlp.decode(Bytes.fromHex(hex)))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void a_number_has_no_leading_zeros() {
    var text = (Rlp.Text) Rlp.decode(Bytes.fromHex("820001"));
    assertThatThrownBy(() -> text.integer("the nonce")).hasMessage("the nonce has leading zeros");
    assertThatThrownBy(() -> Rlp.integer(BigInteger.TWO.negate()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Rlp text(String text) {
    return Rlp.text(Bytes.of(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void assertBothWays(Rlp item, String hex) {
    assertThat(item.encode().hex()).isEqualTo(hex);
    assertThat(Rlp.decode(Bytes.fromHex(hex))).isEqualTo(item);
  }
}
