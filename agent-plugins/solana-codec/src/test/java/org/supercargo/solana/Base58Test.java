package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;

class Base58Test {
  @Test
  void the_published_vectors_hold() {
    assertThat(
            Base58.encode(
                Bytes.of("Hello World!".getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
        .isEqualTo("2NEpo7TZRRrLZSi2U");
    assertThat(Base58.encode(Bytes.fromHex("0000287fb4cd"))).isEqualTo("11233QC4");
    assertThat(Base58.decode("11233QC4").hex()).isEqualTo("0000287fb4cd");
    assertThat(Base58.encode(Bytes.EMPTY)).isEmpty();
    assertThat(Base58.decode("")).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void every_length_up_to_100_bytes_comes_back_as_it_went() {
    long seed = 58;
    var random = new Random(seed);
    for (int length = 0; length <= 100; length++) {
      var content = new byte[length];
      random.nextBytes(content);
      for (int zeros = 0; zeros < Math.min(length, 3); zeros++) {
        content[zeros] = 0;
        assertThat(Base58.decode(Base58.encode(Bytes.of(content))))
            .as("seed %d, length %d, %d leading zeros", seed, length, zeros + 1)
            .isEqualTo(Bytes.of(content));
      }
    }
  }

  @Test
  void a_wrong_character_is_named_with_its_place() {
    assertThatThrownBy(() -> Base58.decode("abc0"))
        .isInstanceOf(MalformedTransactionException.class)
        .hasMessage("character 4 is '0', which base58 does not have");
    assertThatThrownBy(() -> Base58.decode("é")).hasMessageContaining("character 1 is U+00E9");
  }

  @Test
  void text_of_a_megabyte_is_refused_at_once() {
    assertThatThrownBy(() -> Base58.decode("z".repeat(1 << 20)))
        .hasMessageContaining("more than 2048");
  }
}
