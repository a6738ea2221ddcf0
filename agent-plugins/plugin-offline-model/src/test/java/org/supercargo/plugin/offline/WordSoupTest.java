package org.supercargo.plugin.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.action.ActionCall;
import org.supercargo.api.model.ChatReply;

/// Random words: whatever comes of them, money is never invented.
class WordSoupTest {
  private static final int GOALS = 5_000;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> EFFECTS = Set.of("transfer", "swap");

  private static final List<String> WORDS =
      List.of(
          "send",
          "pay",
          "swap",
          "transfer",
          "balance",
          "to",
          "for",
          "on",
          "with",
          "memo",
          "and",
          "then",
          "5",
          "2.5",
          "1e9",
          "-3",
          "0.5SOL",
          "7DOGE",
          "2,5",
          "$5",
          "USDC",
          "SOL",
          "eth",
          "alice",
          "bob",
          "Zed",
          "coffee shop",
          "solana",
          "base",
          "please",
          "the",
          "my",
          "not",
          "half",
          "all",
          "each",
          "\"a note\"",
          "now",
          ",",
          ".",
          ";",
          "?",
          "what is",
          "how much",
          "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin",
          "0x52908400098527886E0F7030069857D2E4169EE7");

  private static final List<String> OPENINGS =
      List.of(
          "send 5 USDC",
          "send 2.5SOL",
          "pay alice",
          "swap 3 USDC",
          "swap 1e9 SOL",
          "-3 USDC",
          "alice",
          "transfer 0.123456789 eth",
          "my balance");

  private static final List<String> ENDINGS =
      List.of("to bob", "to Zed", "to coffee shop", "7 DOGE", "for ETH", "3 USDC to bob", "");

  private static final List<String> ADDITIONS =
      List.of("", "", "", "on base", "on solana", "memo \"a note\"", "please");

  private static final List<String> JOINTS = List.of(" and ", ", ", " then ", ". ", " ");

  private static final List<String> WHOLE =
      List.of(
          "send 2.5 USDC to alice on base",
          "pay bob 1 SOL",
          "pay zed 1 SOL and alice 2 SOL on solana",
          "swap 5 USDC for ETH on base",
          "transfer 3 USDC to coffee shop , then send 1 SOL to bob",
          "send 5 DOGE to zed");

  private static final List<String> CHANGING =
      List.of("not", "don't", "never", "if", "unless", "maybe", "twice", "half", "except", "about");

  /// One to three requests put together at random, most of them with a random word in between.
  private static String soup(Random random) {
    var goal = new StringBuilder();
    for (int request = random.nextInt(3); request >= 0; request--) {
      goal.append(pick(OPENINGS, random)).append(' ');
      goal.append(random.nextInt(5) == 0 ? pick(WORDS, random) + " " : "");
      goal.append(pick(ENDINGS, random)).append(' ');
      goal.append(random.nextInt(5) == 0 ? pick(WORDS, random) + " " : "");
      goal.append(pick(ADDITIONS, random)).append(pick(JOINTS, random));
    }
    return goal.toString();
  }

  private static String pick(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20_261_123, 8_453})
  void no_effect_has_an_amount_or_a_payee_that_is_not_in_the_goal(long seed) {
    var random = new Random(seed);
    int effects = 0;
    for (int i = 0; i < GOALS; i++) {
      String goal = soup(random);
      if (Conversation.ask(goal, Catalogue.ALL) instanceof ChatReply.Calls calls) {
        for (ActionCall call : calls.calls()) {
          effects += EFFECTS.contains(call.action()) ? 1 : 0;
          assertOwnersWords(call, goal, "seed " + seed + ", goal " + i + ": " + goal);
        }
      }
    }
    assertThat(effects).as("effects read from soup, seed " + seed).isGreaterThan(100);
  }

  private static void assertOwnersWords(ActionCall call, String goal, String story) {
    JsonNode arguments = json(call.arguments());
    for (String name : List.of("amount", "sell")) {
      if (arguments.has(name)) {
        String[] parts = arguments.path(name).asText().split(" ", -1);
        assertThat(goal)
            .as(story + " -> " + call)
            .containsPattern(
                Pattern.compile(
                    "(?i)(?<!\\S)" + Pattern.quote(parts[0]) + " ?" + Pattern.quote(parts[1])));
      }
    }
    for (String name : List.of("payee", "buy", "chain")) {
      if (arguments.has(name)) {
        assertThat(goal.toLowerCase(Locale.ROOT))
            .as(story + " -> " + call)
            .contains(arguments.path(name).asText().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not", "don't", "never", "if", "unless", "maybe", "twice", "half"})
  void a_word_that_changes_the_meaning_stops_everything_wherever_it_stands(String word) {
    assertThat(CHANGING).contains(word);
    for (String whole : WHOLE) {
      assertThat(Conversation.ask(whole, Catalogue.ALL))
          .as(whole)
          .isInstanceOf(ChatReply.Calls.class);
      List<String> words = List.of(whole.split(" ", -1));
      for (int place = 0; place <= words.size(); place++) {
        var changed = new ArrayList<>(words);
        changed.add(place, word);
        String goal = String.join(" ", changed);

        assertThat(Conversation.ask(goal, Catalogue.ALL))
            .as(goal)
            .isInstanceOf(ChatReply.Answer.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 99})
  void the_same_goal_always_gets_the_same_reply(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String goal = soup(random);
      assertThat(Conversation.ask(goal, Catalogue.ALL))
          .as("seed " + seed + ": " + goal)
          .isEqualTo(Conversation.ask(goal, Catalogue.ALL));
    }
  }
}
