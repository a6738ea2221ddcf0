package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.supercargo.evm.Samples.ALICE;
import static org.supercargo.evm.Samples.ROUTER;
import static org.supercargo.evm.Samples.SOLD;
import static org.supercargo.evm.Samples.USDC;
import static org.supercargo.evm.Samples.WALLET_ON_BASE;
import static org.supercargo.evm.Samples.to;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;

/// Calls that are read because an intent names their function, and those that never are.
class EvmCodecCallTest {
  private static final BigInteger NONE = BigInteger.ZERO;
  private static final EvmAddress VAULT =
      EvmAddress.parse("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB");
  private static final String CLAIM = "claim(address,uint256)";
  private static final List<String> ARGUMENTS =
      List.of("0x3535353535353535353535353535353535353535", "1234567");
  private static final Bytes DATA = CallEncoder.encode(CLAIM, ARGUMENTS);

  private final EvmCodec codec = new EvmCodec();

  @Test
  void a_function_the_intent_names_is_read_with_everything_it_is_given() {
    assertThat(action(VAULT, BigInteger.TEN, DATA, CLAIM))
        .isEqualTo(
            new Effect.Call(
                WALLET_ON_BASE, VAULT.on(ChainId.BASE), CLAIM, ARGUMENTS, BigInteger.TEN));
    assertThat(action(VAULT, NONE, DATA, CLAIM, "other(bool)")).isInstanceOf(Effect.Call.class);
  }

  @Test
  void a_function_no_intent_names_is_not_read() {
    assertUndecodable(action(VAULT, NONE, DATA), "unknown function 0xaad3ec96");
    assertUndecodable(action(VAULT, NONE, DATA, "claim(address,uint128)"), "unknown function");
    assertUndecodable(action(VAULT, NONE, Bytes.fromHex("aad3ec"), CLAIM), "too short");
  }

  @Test
  void arguments_in_another_encoding_are_not_read() {
    assertMalformed(DATA.hex() + "00", "follow the end");
    assertMalformed(DATA.hex() + "00".repeat(32), "follow the end");
    assertMalformed(DATA.hex().substring(0, 8 + 64), "cut off");
    assertMalformed("aad3ec96" + "01" + DATA.hex().substring(10), "does not fit");
  }

  @Test
  void text_that_is_not_utf_8_is_not_read() {
    String function = "say(string)";
    String good = CallEncoder.encode(function, List.of("ab")).hex();
    String bad = good.replace("6162", "c0af");
    assertThat(codec.decode(ChainId.BASE, envelope(VAULT, bad), WALLET_ON_BASE, hints(function)))
        .singleElement()
        .isEqualTo(new Effect.Undecodable("a text is not UTF-8"));
  }

  @Test
  void two_functions_with_one_selector_are_not_told_apart() {
    String one = "claim3624(uint256)";
    String other = "claim7832(uint256)";
    Bytes data = CallEncoder.encode(one, List.of("5"));
    assertThat(data).isEqualTo(CallEncoder.encode(other, List.of("5")));
    assertThat(action(VAULT, NONE, data, one)).isInstanceOf(Effect.Call.class);
    assertUndecodable(action(VAULT, NONE, data, one, other), "the selector of two functions");
  }

  @Test
  void a_name_with_the_selector_of_a_known_function_does_not_hide_it() {
    Bytes transfer = KnownFunction.TRANSFER.encode(AbiValue.of(ALICE), AbiValue.of(SOLD));
    Effect move =
        new Effect.Move(
            AssetId.token(USDC.on(ChainId.BASE)), WALLET_ON_BASE, ALICE.on(ChainId.BASE), SOLD);
    assertThat(action(USDC, NONE, transfer, "transfer(address,uint256)")).isEqualTo(move);
    String same = "many_msg_babbage(bytes1)";
    assertThat(AbiFunction.of(same).selector().hex()).isEqualTo("a9059cbb");
    assertUndecodable(action(USDC, NONE, transfer, same), "the selector of two functions");
    String burns = "collate_propagate_storage(bytes16)";
    Bytes burn = AbiFunction.of("burn(uint256)").encode(AbiValue.of(SOLD));
    assertUndecodable(action(USDC, NONE, burn, burns), "the selector of two functions");
    assertUndecodable(action(USDC, NONE, burn, "burn(uint256)"), "tokens are destroyed");
  }

  @Test
  void functions_that_cannot_be_read_are_named() {
    for (String function : List.of("f(uint)", "f(uint256[99999])", "f", "f(", "fünf()")) {
      Bytes data = AbiFunction.call(AbiFunction.selectorOf(function), Bytes.EMPTY);
      assertUndecodable(
          action(VAULT, NONE, data, function), "a call of a function that cannot be read");
    }
  }

  @Test
  void calls_of_a_router_are_exchanges_or_nothing() {
    assertUndecodable(action(ROUTER, NONE, DATA, CLAIM), "that is no swap");
  }

  @Test
  void a_contracts_creation_and_plain_value_are_no_calls() {
    assertThat(action(VAULT, SOLD, Bytes.EMPTY, CLAIM)).isInstanceOf(Effect.Move.class);
  }

  /// Selectors as the standards and explorers list them.
  @ParameterizedTest
  @CsvSource({
    "8fcbaf0c, PERMIT",
    "2b67b570, PERMIT",
    "30f28b7a, PERMIT",
    "d505accf, PERMIT",
    "87517c45, PERMIT2_ALLOWANCE",
    "cc53287f, PERMIT2_ALLOWANCE",
    "36c78516, TRANSFER_ON_ALLOWANCE",
    "23b872dd, TRANSFER_ON_ALLOWANCE",
    "e3ee160e, AUTHORIZATION",
    "ef55bec6, AUTHORIZATION",
    "5a049a70, AUTHORIZATION",
    "42842e0e, COLLECTIBLE_TRANSFER",
    "b88d4fde, COLLECTIBLE_TRANSFER",
    "f242432a, COLLECTIBLE_TRANSFER",
    "2eb2c2d6, COLLECTIBLE_TRANSFER",
    "a22cb465, OPERATOR",
    "959b8c3f, OPERATOR",
    "9bd9bbc6, TRANSFER_WITH_CALL",
    "4000aea0, TRANSFER_WITH_CALL",
    "42966c68, DESTRUCTION",
    "79cc6790, DESTRUCTION",
    "2f2ff15d, ROLE",
    "d547741f, ROLE",
    "36568abe, ROLE",
    "f2fde38b, OWNERSHIP",
    "715018a6, OWNERSHIP",
    "3659cfe6, UPGRADE",
    "4f1ef286, UPGRADE",
    "1f931c1c, UPGRADE",
    "610b5925, ACCOUNT_CONTROL",
    "e19a9dd9, ACCOUNT_CONTROL",
    "0d582f13, ACCOUNT_CONTROL",
    "e318b52b, ACCOUNT_CONTROL",
    "cae9ca51, APPROVAL_WITH_CALL",
    "5c19a95c, DELEGATION",
    "252dba42, SEVERAL_CALLS",
    "bce38bd7, SEVERAL_CALLS",
    "c3077fa9, SEVERAL_CALLS",
    "399542e9, SEVERAL_CALLS",
    "82ad56cb, SEVERAL_CALLS",
    "174dea71, SEVERAL_CALLS",
    "8d80ff0a, SEVERAL_CALLS",
    "3593564c, SEVERAL_CALLS",
    "24856bc3, SEVERAL_CALLS",
    "6a761202, CALL_BY_ANOTHER_ACCOUNT",
    "b61d27f6, CALL_BY_ANOTHER_ACCOUNT",
    "1cff79cd, CALL_BY_ANOTHER_ACCOUNT",
    "e9ae5c53, CALL_BY_ANOTHER_ACCOUNT",
    "1fad948c, CALL_BY_ANOTHER_ACCOUNT",
    "765e827f, CALL_BY_ANOTHER_ACCOUNT"
  })
  void denied_functions_have_their_published_selectors(String selector, DeniedPower power) {
    assertThat(DeniedPower.find(Bytes.fromHex(selector))).contains(power);
    String consequence = power.consequence();
    assertThat(action(USDC, NONE, Bytes.fromHex(selector + "00".repeat(64))))
        .satisfiesAnyOf(
            effect ->
                assertThat(effect)
                    .isEqualTo(new Effect.AuthorityChange(USDC.on(ChainId.BASE), consequence)),
            effect -> assertUndecodable(effect, consequence + ", through " + USDC));
  }

  static Stream<String> denied() {
    return Arrays.stream(DeniedPower.values()).flatMap(DeniedPower::signatures);
  }

  @ParameterizedTest
  @MethodSource("denied")
  void what_is_denied_stays_denied_when_an_intent_names_it(String signature) {
    Bytes data = AbiFunction.call(AbiFunction.selectorOf(signature), Bytes.EMPTY);
    assertThat(action(VAULT, NONE, data, signature))
        .isInstanceOfAny(Effect.AuthorityChange.class, Effect.Undecodable.class)
        .isEqualTo(action(VAULT, NONE, data));
  }

  private static DecodingHints hints(String... functions) {
    return new DecodingHints(Set.of(), Set.of(functions));
  }

  private static Bytes envelope(EvmAddress contract, String data) {
    return to(contract, NONE, Bytes.fromHex(data)).bytes();
  }

  private Effect action(EvmAddress contract, BigInteger value, Bytes data, String... functions) {
    List<Effect> effects =
        codec.decode(
            ChainId.BASE, to(contract, value, data).bytes(), WALLET_ON_BASE, hints(functions));
    assertThat(effects).hasSize(2);
    return effects.get(1);
  }

  private void assertMalformed(String data, String complaint) {
    assertThat(codec.decode(ChainId.BASE, envelope(VAULT, data), WALLET_ON_BASE, hints(CLAIM)))
        .singleElement()
        .satisfies(effect -> assertUndecodable(effect, complaint));
  }

  private static void assertUndecodable(Effect effect, String reason) {
    assertThat(effect)
        .isInstanceOfSatisfying(
            Effect.Undecodable.class, unknown -> assertThat(unknown.what()).contains(reason));
  }
}
