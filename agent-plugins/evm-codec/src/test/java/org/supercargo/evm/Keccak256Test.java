package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;

class Keccak256Test {
  @ParameterizedTest
  @CsvSource({
    "'', 1, c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    "abc, 1, 4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
    "a, 135, 34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446",
    "a, 136, a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e",
    "a, 137, d869f639c7046b4929fc92a4d988a8b22c55fbadb802c0c66ebcd484f1915f39"
  })
  void known_texts_have_their_known_digests(String text, int times, String digest) {
    Bytes content = Bytes.of(text.repeat(times).getBytes(StandardCharsets.US_ASCII));
    assertThat(Keccak256.hash(content).hex()).isEqualTo(digest);
  }
}
