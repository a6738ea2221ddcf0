package org.supercargo.engine.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordsTest {
  private static void assertWords(String text, String... words) {
    assertThat(Words.of(text)).as(text).containsExactly(words);
  }

  @Test
  void everything_but_letters_and_digits_stands_between_words() {
    assertWords("");
    assertWords(" -- \t\n \u0000 \u2014 !? ");
    assertWords("(Send) it: NOW/later, \"ok\"?", "send", "it", "now", "later", "ok");
  }

  @Test
  void the_parts_of_names_in_code_are_words() {
    assertWords("wallet_to_pay", "wallet", "to", "pay");
    assertWords("walletToPay", "wallet", "to", "pay");
    assertWords("HTTPClient", "http", "client");
    assertWords("SWAP_COIN", "swap", "coin");
    assertWords("uniswapV3Pool", "uniswap", "v3", "pool");
    assertWords("__a__", "a");
  }

  @Test
  void several_of_something_with_a_short_name_are_one_word() {
    assertWords("NFTs", "nft");
    assertWords("two URLs of APIs", "two", "url", "of", "api");
  }

  @Test
  void a_number_and_the_unit_behind_it_are_two_words() {
    assertWords("5USDC", "5", "usdc");
    assertWords("2.5eth", "2", "5", "eth");
    assertWords("erc20 v3", "erc20", "v3");
  }

  @Test
  void letters_of_any_script_make_words() {
    assertWords("\u00D6ffnung", "\u00F6ffnung");
    assertWords("\u041A\u0423\u041F\u0418\u0422\u042C", "\u043A\u0443\u043F\u0438\u0442\u044C");
    assertWords(
        "\u05E9\u05DC\u05D5\u05DD \u05E2\u05DC", "\u05E9\u05DC\u05D5\u05DD", "\u05E2\u05DC");
    assertWords("\u0939\u093F\u0928\u094D\u0926\u0940", "\u0939\u093F\u0928\u094D\u0926\u0940");
    assertWords("\u0663 \u0664", "\u0663", "\u0664");
    assertWords("\uD835\uDC9C\uD83D\uDEA2b", "a", "b");
  }

  @Test
  void every_ideograph_is_a_word() {
    assertWords("\u4EA4\u63DBUSDC", "\u4EA4", "\u63DB", "usdc");
    assertWords("\u4EA4usdc", "\u4EA4", "usdc");
    assertWords("USDC\u4EA4", "usdc", "\u4EA4");
    assertWords("\uD840\uDC00\u4EA4", "\uD840\uDC00", "\u4EA4");
  }

  @Test
  void the_same_letters_in_another_encoding_are_the_same_word() {
    assertWords("caf\u00E9", Words.of("cafe\u0301").getFirst());
    assertWords("\uFF35\uFF33\uFF24\uFF23", "usdc");
  }

  @Test
  void half_a_surrogate_pair_stands_between_words() {
    assertWords("a\uD83Db\uDEA2c", "a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "swap swaps swapped swapping",
        "trade trades traded trading",
        "balance balances balanced balancing",
        "stake stakes staked staking",
        "bridge bridges bridged bridging",
        "transfer transfers transferred transferring",
        "cancel cancels cancelled cancelling canceled",
        "exchange exchanges exchanged exchanging",
        "address addresses addressed addressing",
        "currency currencies",
        "copy copies copied copying",
        "box boxes boxed",
        "batch batches batching",
        "push pushes pushed",
        "pass passes passed passing",
        "call calls called calling",
        "add adds added adding",
        "pay pays paying",
        "buy buys buying",
        "fee fees",
        "feed feeds feeding",
        "exceed exceeds exceeded exceeding",
        "payee payees",
        "string strings"
      })
  void forms_of_an_english_word_are_the_same_word(String forms) {
    List<String> words = Words.of(forms);
    assertThat(words).as(forms).hasSizeGreaterThan(1).containsOnly(words.getFirst());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status state",
        "gas ga",
        "string str",
        "need ne",
        "bring br",
        "this thing",
        "base basis",
        "price prize",
        "pool poll",
        "sell seal",
        "l\u00E4nder l\u00E4nders"
      })
  void words_that_only_look_alike_are_different_words(String words) {
    assertThat(Words.of(words)).hasSize(2).doesNotHaveDuplicates();
  }
}
