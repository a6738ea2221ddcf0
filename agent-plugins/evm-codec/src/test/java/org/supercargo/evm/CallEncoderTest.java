package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

class CallEncoderTest {
  private static final String ALICE = "0x3535353535353535353535353535353535353535";

  static List<PublishedCase> published() {
    return PublishedCase.all("arguments.txt");
  }

  @ParameterizedTest
  @MethodSource("published")
  void texts_become_the_data_a_compiler_makes_and_are_read_from_it_again(PublishedCase published) {
    String function = "test" + published.one("types");
    List<String> texts = published.values("value");
    Bytes data = CallEncoder.encode(function, texts);
    assertThat(data.hex().substring(8)).isEqualTo(published.one("data"));
    List<AbiType> types = AbiFunction.parameterTypes(function);
    List<AbiValue> values = AbiReader.decode(types, AbiFunction.argumentsOf(data));
    var again = new ArrayList<String>();
    for (int i = 0; i < types.size(); i++) {
      again.add(ArgumentText.of(types.get(i), values.get(i)));
    }
    assertThat(again).isEqualTo(texts);
  }

  @Test
  void a_function_without_parameters_is_its_selector() {
    assertThat(CallEncoder.encode("deposit()", List.of()).hex()).isEqualTo("d0e30db0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uint8 | 256 | 256 is no uint8",
        "uint256 | -1 | -1 is no uint256",
        "int8 | -129 | -129 is no int8",
        "uint256 | 1.5 | its end",
        "uint256 | 0x10 | its end",
        "uint256 | 007 | its end",
        "uint256 | +7 | a whole number in decimal",
        "uint256 | -0 | a whole number in decimal",
        "uint256 | 1e6 | its end",
        "uint256 | 1 000 | its end",
        "uint256 | '' | a whole number in decimal",
        "uint256 | ٣ | a whole number in decimal",
        "address | 0x35353535353535353535353535353535353535 | 40 hexadecimal digits",
        "address | 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed | lower case",
        "address | 3535353535353535353535353535353535353535 | 0x and 40",
        "address | alice.eth | 0x and 40",
        "bool | TRUE | true or false",
        "bool | 1 | true or false",
        "bool | truefalse | its end",
        "bytes4 | 0x010203 | 3 bytes are no bytes4",
        "bytes4 | 0x0102030405 | 5 bytes are no bytes4",
        "bytes | 0x123 | pairs of hexadecimal digits",
        "bytes | 0xAB | its end",
        "bytes | abcd | 0x and pairs",
        "uint8[] | 1,2 | [",
        "uint8[] | [1, 2] | a whole number",
        "uint8[] | [1,2,] | a whole number",
        "uint8[] | [,1] | a whole number",
        "uint8[] | [1,2 | ,",
        "uint8[2] | [1] | 2 values are needed, not 1",
        "uint8[2] | [1,2,3] | 2 values are needed, not 3",
        "(uint8,bool) | (1) | ,",
        "(uint8,bool) | [1,true] | (",
        "(uint8,bool) | (1,true,2) | )",
        "(string) | (yes) | \"",
        "(string) | (\"yes) | a quotation mark at the end",
        "(string) | (\"yes\\) | a quotation mark at the end",
        "(string) | (\"\\n\") | a form of its own",
      })
  void text_that_is_not_the_one_text_of_its_type_is_refused(
      String type, String text, String complaint) {
    assertThatThrownBy(() -> CallEncoder.encode("f(" + type + ")", List.of(text)))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.what())
                  .startsWith("Argument 1 of f(" + type + ") is no " + type)
                  .contains(complaint);
            });
  }

  @Test
  void half_a_surrogate_pair_is_refused_and_not_replaced() {
    assertThatThrownBy(() -> CallEncoder.encode("f(string)", List.of("a\ud800b")))
        .hasMessageContaining("cannot be written in UTF-8");
  }

  @Test
  void long_text_is_shown_by_its_beginning_only() {
    assertThatThrownBy(() -> CallEncoder.encode("f(bool)", List.of("x".repeat(100_000))))
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(300));
    String nested = "(\"" + "\\\"".repeat(50_000) + "\")";
    assertThat(CallEncoder.encode("f((string))", List.of(nested)).size()).isGreaterThan(50_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claim(uint) | the type uint is not supported",
        "claim(address to) | cannot be read as types",
        "claim | is not a function's signature",
        "claim(function) | the type function is not supported",
        "transfer(address,uint256) | are read as transfer(address,uint256), not as plain calls",
        "many_msg_babbage(bytes1) | are read as transfer(address,uint256), not as plain calls",
        "setApprovalForAll(address,bool) | an operator of everything is set or removed",
        "collate_propagate_storage(bytes16) | tokens are destroyed",
      })
  void functions_that_cannot_be_called_are_refused(String function, String complaint) {
    assertThatThrownBy(() -> CallEncoder.encode(function, List.of("1")))
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.what()).contains(complaint);
            });
  }

  @Test
  void every_parameter_needs_its_argument() {
    assertThatThrownBy(() -> CallEncoder.encode("claim(address,uint256)", List.of(ALICE)))
        .hasMessage("claim(address,uint256) takes 2 arguments, not 1");
  }
}
