package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;

class AbiTest {
  @ParameterizedTest
  @CsvSource({
    "TRANSFER, a9059cbb",
    "APPROVE, 095ea7b3",
    "INCREASE_ALLOWANCE, 39509351",
    "EXACT_INPUT_SINGLE, 04e45aaf",
    "MULTICALL, ac9650d8",
    "MULTICALL_UNTIL, 5ae401dc",
    "UNWRAP_WETH9, 49404b7c"
  })
  void functions_have_their_published_selectors(KnownFunction function, String selector) {
    assertThat(KnownFunction.find(Bytes.fromHex(selector))).contains(function);
  }

  /// The example `sam(bytes,bool,uint256[])` of the specification, with byte strings for numbers.
  @Test
  void dynamic_arguments_follow_the_heads_in_order() {
    AbiParameters parameters = AbiParameters.of("(bytes,bool,bytes[])");
    Bytes encoded =
        parameters.encode(
            AbiValue.of(Bytes.fromHex("64617665")),
            new AbiValue.Flag(true),
            AbiValue.of(List.of(Bytes.fromHex("01"), Bytes.EMPTY)));
    assertThat(encoded.hex())
        .isEqualTo(
            word("60")
                + word("01")
                + word("a0")
                + word("04")
                + "64617665"
                + "00".repeat(28)
                + word("02")
                + word("40")
                + word("80")
                + word("01")
                + "01"
                + "00".repeat(31)
                + word("00"));
    AbiArguments decoded = parameters.decode(encoded);
    assertThat(decoded.byteString(0).hex()).isEqualTo("64617665");
    assertThat(decoded.byteStrings(2)).containsExactly(Bytes.fromHex("01"), Bytes.EMPTY);
  }

  @Test
  void a_text_is_read_as_utf_8_and_nothing_else() {
    AbiParameters parameters = AbiParameters.of("(string)");
    assertThat(parameters.decode(parameters.encode(new AbiValue.Text("naïve"))).text(0))
        .isEqualTo("naïve");
    String broken = word("20") + word("01") + "ff" + "00".repeat(31);
    assertMalformed("(string)", broken, "not UTF-8");
  }

  /// The example of the specification for a function with two dynamic arrays.
  @Test
  void the_specifications_example_with_numbers_in_arrays_is_encoded_alike() {
    AbiFunction function = AbiFunction.of("f(uint256,uint32[],bytes10,bytes)");
    Bytes encoded =
        function.encode(
            AbiValue.of(0x123),
            new AbiValue.Sequence(List.of(AbiValue.of(0x456), AbiValue.of(0x789))),
            new AbiValue.FixedBytes(Bytes.fromHex("31323334353637383930")),
            AbiValue.of(Bytes.fromHex("48656c6c6f2c20776f726c6421")));
    assertThat(encoded.hex())
        .isEqualTo(
            "8be65246"
                + word("123")
                + word("80")
                + "3132333435363738393000000000000000000000000000000000000000000000"
                + word("e0")
                + word("2")
                + word("456")
                + word("789")
                + word("d")
                + "48656c6c6f2c20776f726c642100000000000000000000000000000000000000");
    assertThat(function.decode(encoded).fixedBytes(2).hex()).isEqualTo("31323334353637383930");
  }

  /// The specification's `g(uint256[][],string[])`, whose arrays have arrays within.
  @Test
  void nested_arrays_point_from_their_own_beginning() {
    AbiFunction function = AbiFunction.of("g(uint256[][],string[])");
    Bytes encoded =
        function.encode(
            sequence(sequence(AbiValue.of(1), AbiValue.of(2)), sequence(AbiValue.of(3))),
            sequence(
                new AbiValue.Text("one"), new AbiValue.Text("two"), new AbiValue.Text("three")));
    assertThat(encoded.hex())
        .isEqualTo(
            "2289b18c"
                + word("40")
                + word("140")
                + word("2")
                + word("40")
                + word("a0")
                + word("2")
                + word("1")
                + word("2")
                + word("1")
                + word("3")
                + word("3")
                + word("60")
                + word("a0")
                + word("e0")
                + word("3")
                + "6f6e65"
                + "00".repeat(29)
                + word("3")
                + "74776f"
                + "00".repeat(29)
                + word("5")
                + "7468726565"
                + "00".repeat(27));
    assertThat(function.decode(encoded).values()).hasSize(2);
  }

  @Test
  void negative_numbers_are_in_twos_complement_and_only_as_wide_as_their_type() {
    AbiParameters parameters = AbiParameters.of("(int8,int256)");
    Bytes encoded = parameters.encode(AbiValue.of(-128), AbiValue.of(-1));
    assertThat(encoded.hex()).isEqualTo("ff".repeat(31) + "80" + "ff".repeat(32));
    assertThat(parameters.decode(encoded).number(0)).isEqualTo(-128);
    assertThatThrownBy(() -> parameters.encode(AbiValue.of(128), AbiValue.of(0)))
        .hasMessageContaining("128 is no int8");
    assertMalformed("(int8)", word("80"), "does not fit");
    assertMalformed("(int8)", "ff".repeat(31) + "7f", "does not fit");
    assertMalformed("(int8)", "00".repeat(16) + "ff".repeat(16), "does not fit");
  }

  @Test
  void only_the_canonical_encoding_is_read() {
    assertMalformed("(uint256)", word("01") + "00", "follow the end");
    assertMalformed("(uint256)", "00", "cut off");
    assertMalformed("(bool)", word("02"), "does not fit");
    assertMalformed("(uint24)", word("01000000"), "does not fit");
    assertMalformed("(address)", "01" + "00".repeat(31), "does not fit");
    assertMalformed("(bytes)", word("40") + word("00") + word("00"), "canonical");
    assertMalformed("(bytes)", word("20") + word("01") + "01" + "00".repeat(30), "cut off");
    assertMalformed("(bytes)", word("20") + word("01") + "0101" + "00".repeat(30), "padding");
    assertMalformed("(bytes)", word("20") + "ff".repeat(32), "cut off");
    assertMalformed("(bytes)", word("20"), "cut off");
    assertMalformed("(bytes[])", word("20") + "ff".repeat(32), "cut off");
    assertMalformed("(bytes4)", "0102030400" + "00".repeat(26) + "01", "padding");
    assertMalformed("(uint256[2])", word("01"), "cut off");
    assertMalformed("(uint256[])", word("20") + word("02") + word("01"), "cut off");
    assertMalformed("((bytes))", word("40") + word("00") + word("20") + word("00"), "canonical");
    assertMalformed("((bytes)[])", word("20") + "7f" + "ff".repeat(31), "cut off");
    assertMalformed(
        "(bytes[])", word("20") + word("02") + word("40") + word("40") + word("00"), "canonical");
  }

  @Test
  void values_of_other_types_are_not_written() {
    AbiFunction transfer = AbiFunction.of("transfer(address,uint256)");
    assertThatThrownBy(() -> transfer.encode(AbiValue.of(1), AbiValue.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> transfer.encode(AbiValue.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
    AbiParameters narrow = AbiParameters.of("(uint24)");
    assertThatThrownBy(() -> narrow.encode(AbiValue.of(BigInteger.TWO.pow(24))))
        .hasMessageContaining("uint24");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transfer",
        "(address)",
        "transfer(address",
        "transfer(address)uint256",
        "transfer(address,)",
        "transfer(,address)",
        "transfer(address, uint256)",
        "transfer(address to)",
        "transfer(uint)",
        "transfer(int)",
        "transfer(byte)",
        "transfer(uint7)",
        "transfer(uint08)",
        "transfer(uint264)",
        "transfer(bytes0)",
        "transfer(bytes33)",
        "transfer(fixed128x18)",
        "transfer(function)",
        "transfer(())",
        "transfer(()[])",
        "transfer(uint256[0])",
        "transfer(uint256[01])",
        "transfer(uint256[-1])",
        "transfer(uint256[99999])",
        "transfer(uint256[1000][1000][1000])",
        "transfer(uint256[][][][][][][][][][])",
        "transfer((((((((((((uint256))))))))))))",
        "1transfer(address)",
        "trans fer(address)",
        "Überweisung(address)"
      })
  void signatures_that_are_not_canonical_are_not_read(String signature) {
    assertThatThrownBy(() -> AbiFunction.of(signature))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AbiValue sequence(AbiValue... values) {
    return new AbiValue.Sequence(List.of(values));
  }

  private static void assertMalformed(String types, String hex, String complaint) {
    assertThatThrownBy(() -> AbiParameters.of(types).decode(Bytes.fromHex(hex)))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining(complaint);
  }

  private static String word(String hex) {
    return "0".repeat(64 - hex.length()) + hex;
  }
}
