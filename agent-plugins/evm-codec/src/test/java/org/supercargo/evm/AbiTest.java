package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.supercargo.api.Bytes;

class AbiTest {
  @ParameterizedTest
  @CsvSource({
    "TRANSFER, a9059cbb",
    "APPROVE, 095ea7b3",
    "INCREASE_ALLOWANCE, 39509351",
    "TRANSFER_FROM, 23b872dd",
    "PERMIT, d505accf",
    "SET_APPROVAL_FOR_ALL, a22cb465",
    "TRANSFER_OWNERSHIP, f2fde38b",
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

  private static void assertMalformed(String types, String hex, String complaint) {
    assertThatThrownBy(() -> AbiParameters.of(types).decode(Bytes.fromHex(hex)))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining(complaint);
  }

  private static String word(String hex) {
    return "0".repeat(64 - hex.length()) + hex;
  }
}
